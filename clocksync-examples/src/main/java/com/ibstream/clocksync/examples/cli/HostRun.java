package com.ibstream.clocksync.examples.cli;

import com.ibstream.clocksync.facts.RepairFacts;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits until a monitor has measured, looked at its host and done what it decided to do. */
final class HostRun {

  private static final long STEP_NANOS = 50_000_000L;

  /** What is refused now may be allowed when the last server has answered. */
  private static final long REFUSED_NANOS = 10_000_000_000L;

  private final Supplier<ClockStatus> status;
  private final Ruler ruler;
  private final Waiter waiter;
  private final Predicate<ClockStatus> isKnown;
  private OptionalLong refusedSinceMonoNanos = OptionalLong.empty();

  /** Lets time pass. */
  @FunctionalInterface
  interface Waiter {

    /**
     * Waits.
     *
     * @param nanos how long
     * @return whether to stop waiting for good
     */
    boolean await(long nanos) throws InterruptedException;
  }

  /**
   * A run that has not begun.
   *
   * @param isKnown whether what is to be known is known, beside what was decided and done
   */
  HostRun(
      Supplier<ClockStatus> status, Ruler ruler, Waiter waiter, Predicate<ClockStatus> isKnown) {
    this.status = status;
    this.ruler = ruler;
    this.waiter = waiter;
    this.isKnown = isKnown;
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
    boolean isStopped = false;
    while (!isStopped && !status.get().isSafeToStamp() && isWithin(startMonoNanos, measuring)) {
      isStopped = waiter.await(STEP_NANOS);
    }
    long measuredMonoNanos = ruler.monoNanos();
    while (!isStopped && !isSettled(measuredMonoNanos) && isWithin(measuredMonoNanos, settling)) {
      isStopped = waiter.await(STEP_NANOS);
    }
    return status.get();
  }

  private boolean isWithin(long sinceMonoNanos, Duration limit) {
    return ruler.monoNanos() - sinceMonoNanos < limit.toNanos();
  }

  /**
   * The host was looked at after time was known, and nothing is left to do or to verify. Something
   * that is called for and refused has to be refused for a while.
   */
  private boolean isSettled(long sinceMonoNanos) {
    ClockStatus present = status.get();
    boolean isDecided =
        present
                .host()
                .service()
                .filter(service -> service.measuredMonoNanos() - sinceMonoNanos >= 0)
                .isPresent()
            && isKnown.test(present)
            && present.host().repair().map(RepairFacts::isSettled).orElse(false);
    if (!isDecided || present.host().repair().flatMap(RepairFacts::wanted).isEmpty()) {
      refusedSinceMonoNanos = OptionalLong.empty();
      return isDecided;
    }
    if (refusedSinceMonoNanos.isEmpty()) {
      refusedSinceMonoNanos = OptionalLong.of(ruler.monoNanos());
    }
    return ruler.monoNanos() - refusedSinceMonoNanos.getAsLong() >= REFUSED_NANOS;
  }

  /**
   * How a command that was to repair ends.
   *
   * @param present at the end
   * @param health the exit status by the health of the clock
   * @return that, or critical if something was called for and not carried out, or was not settled
   */
  static int exitStatus(ClockStatus present, int health) {
    Optional<RepairFacts> repair = present.host().repair();
    boolean isOpen =
        repair.isEmpty() || repair.get().wanted().isPresent() || !repair.get().isSettled();
    return isOpen ? Math.max(health, ExitStatus.CRITICAL) : health;
  }
}
