package com.ibstream.clocksync.examples.cli;

import com.ibstream.clocksync.ClockMonitor;
import com.ibstream.clocksync.facts.RepairFacts;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.time.Duration;
import java.util.Optional;

/** Waits until a monitor has measured, looked at its host and done what it decided to do. */
final class HostRun {

  private static final long STEP_NANOS = 50_000_000L;

  private final ClockMonitor monitor;
  private final OrderlyStop stop;
  private final Ruler ruler = Ruler.system();

  HostRun(ClockMonitor monitor, OrderlyStop stop) {
    this.monitor = monitor;
    this.stop = stop;
  }

  /**
   * Waits.
   *
   * @param measuring the longest to wait for trusted time
   * @param settling the longest to wait for the host after that
   * @return what is known then, whether it was settled or not
   */
  ClockStatus settled(Duration measuring, Duration settling) throws InterruptedException {
    long startMonoNanos = ruler.monoNanos();
    while (!monitor.status().isSafeToStamp() && isWithin(startMonoNanos, measuring)) {
      if (stop.await(STEP_NANOS)) {
        return monitor.status();
      }
    }
    long measuredMonoNanos = ruler.monoNanos();
    while (!isSettled(measuredMonoNanos) && isWithin(measuredMonoNanos, settling)) {
      if (stop.await(STEP_NANOS)) {
        break;
      }
    }
    return monitor.status();
  }

  private boolean isWithin(long sinceMonoNanos, Duration limit) {
    return ruler.monoNanos() - sinceMonoNanos < limit.toNanos();
  }

  /** The host was looked at after time was known, and nothing is left to do or to verify. */
  private boolean isSettled(long sinceMonoNanos) {
    ClockStatus status = monitor.status();
    return status
            .host()
            .service()
            .filter(service -> service.measuredMonoNanos() - sinceMonoNanos >= 0)
            .isPresent()
        && status.host().repair().map(RepairFacts::isSettled).orElse(false);
  }

  /**
   * How a command that was to repair ends.
   *
   * @param status at the end
   * @param health the exit status by the health of the clock
   * @return that, or critical if an action was called for and did not help or was not carried out
   */
  static int exitStatus(ClockStatus status, int health) {
    Optional<RepairFacts> repair = status.host().repair();
    boolean isOpen = repair.flatMap(RepairFacts::wanted).isPresent();
    return repair.isEmpty() || isOpen ? Math.max(health, ExitStatus.CRITICAL) : health;
  }
}
