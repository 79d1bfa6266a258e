package com.ibstream.clocksync.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.WallClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * This machine's own clocks under a load of twice as many busy threads as it has processors: no
 * jump may be declared, but the one that the test makes up at the end. A jump that is declared
 * because somebody really sets the clock meanwhile fails it too.
 */
class FalseAlarmIT {

  private static final int MINUTES = Integer.getInteger("false.alarm.minutes", 0);
  private static final long DURATION_NANOS =
      (MINUTES > 0 ? Duration.ofMinutes(MINUTES) : Duration.ofSeconds(20)).toNanos();

  private static final long LOOK_INTERVAL_NANOS = 200_000_000L;
  private static final int BUSY_THREADS_PER_PROCESSOR = 2;

  private static final long STEP_NANOS = 300_000_000L;

  private final Ruler ruler = Ruler.system();
  private final WallClock system = WallClock.system();
  private long stepNanos;

  private boolean isBefore(long endMonoNanos) {
    return ruler.monoNanos() - endMonoNanos < 0;
  }

  /** Threads that do nothing as fast as they can, and end by themselves. */
  private List<Thread> load(long endMonoNanos) {
    List<Thread> threads = new ArrayList<>();
    int count = BUSY_THREADS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
    for (int i = 0; i < count; i++) {
      Thread thread =
          new Thread(
              () -> {
                while (isBefore(endMonoNanos)) {
                  Thread.onSpinWait();
                }
              },
              "busy-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    return threads;
  }

  private void waitUntil(long monoNanos) {
    for (long leftNanos = monoNanos - ruler.monoNanos();
        leftNanos > 0;
        leftNanos = monoNanos - ruler.monoNanos()) {
      LockSupport.parkNanos(leftNanos);
    }
  }

  @Test
  void shouldDeclareNoJumpWhenTheMachineIsBusy() throws InterruptedException {
    StepDetector detector = new StepDetector(ruler, () -> system.epochNanos() + stepNanos);
    List<String> jumps = new ArrayList<>();
    long lookCount = 0;
    long widestNanos = 0;
    long latestNanos = 0;
    long nextMonoNanos = ruler.monoNanos();
    long endMonoNanos = nextMonoNanos + DURATION_NANOS;
    List<Thread> busy = load(endMonoNanos);

    while (isBefore(endMonoNanos)) {
      latestNanos = Math.max(latestNanos, ruler.monoNanos() - nextMonoNanos);
      Optional<StepDetector.Jump> jump = detector.look();
      Bracket bracket = detector.latest().orElseThrow();
      if (jump.isPresent()) {
        jumps.add("%d ns at look %d: %s".formatted(jump.orElseThrow().nanos(), lookCount, bracket));
      }
      lookCount++;
      widestNanos = Math.max(widestNanos, bracket.widthNanos());
      nextMonoNanos = ruler.monoNanos() + LOOK_INTERVAL_NANOS;
      waitUntil(nextMonoNanos);
    }
    long narrowestNanos = detector.reference().orElseThrow().widthNanos();
    stepNanos = STEP_NANOS;
    Optional<StepDetector.Jump> madeUp = detector.look();
    for (Thread thread : busy) {
      thread.join();
    }
    System.out.printf(
        "false alarms, real clocks, %d busy threads, %d s: %,d looks, the widest bracket %,d ns, the narrowest"
            + " %,d ns, the latest look %,d us late; %d jumps%n",
        busy.size(),
        Duration.ofNanos(DURATION_NANOS).toSeconds(),
        lookCount,
        widestNanos,
        narrowestNanos,
        latestNanos / 1_000,
        jumps.size());

    assertThat(jumps).as("declared though nobody stepped the clock").isEmpty();
    assertThat(madeUp).as("a step of %d ns", STEP_NANOS).isPresent();
  }
}
