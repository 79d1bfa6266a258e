package com.ibstream.clocksync.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reads that are put to sleep at random must not cry wolf, and must not hide a step. The same on
 * this machine's own clocks: {@link FalseAlarmIT}.
 */
class FalseAlarmTest {

  private static final int LOOKS = 1_000_000;
  private static final int STEPS_OF_EACH_SIZE = 2_000;
  private static final long LOOK_INTERVAL_NANOS = 200 * PreemptedClocks.MILLI;

  /** What a detector may put down to the granularity of the wall clock. */
  private static final long GRANULARITY_NANOS = 1_000;

  private static final long[] STEPS_NANOS = {
    37 * PreemptedClocks.SECOND,
    -3_600 * PreemptedClocks.SECOND,
    300 * PreemptedClocks.MILLI,
    -300 * PreemptedClocks.MILLI,
    5 * PreemptedClocks.MILLI,
    -5 * PreemptedClocks.MILLI
  };

  /** One machine with a detector that looks at its clocks. */
  private static final class Machine {

    final SplittableRandom random;
    final PreemptedClocks clocks;
    final StepDetector detector;

    Machine(long seed, long wallGranularityNanos) {
      this.random = new SplittableRandom(seed);
      this.clocks = new PreemptedClocks(random, wallGranularityNanos);
      this.detector = new StepDetector(clocks.ruler(), clocks.wallClock());
    }

    /** Waits for the next look, which is late now and then, and looks. */
    Optional<StepDetector.Jump> look() {
      clocks.pass(LOOK_INTERVAL_NANOS + random.nextLong(PreemptedClocks.MILLI));
      if (random.nextInt(1_000) == 0) {
        clocks.slew(random.nextInt(10) == 0 ? 83_333 : random.nextDouble(-500, 500));
      }
      return detector.look();
    }

    Bracket reference() {
      return detector.reference().orElseThrow();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1_000})
  void shouldDeclareNoJumpInAMillionLooksWhenAnyReadMayBeInterrupted(long wallGranularityNanos) {
    Machine machine = new Machine(1, wallGranularityNanos);
    Optional<String> firstJump = Optional.empty();
    int jumpCount = 0;
    long widestNanos = 0;

    for (int i = 0; i < LOOKS; i++) {
      Optional<StepDetector.Jump> jump = machine.look();
      Bracket latest = machine.detector.latest().orElseThrow();
      if (jump.isPresent()) {
        jumpCount++;
        firstJump = firstJump.or(() -> Optional.of(jump + " to " + latest));
      }
      widestNanos = Math.max(widestNanos, latest.widthNanos());
    }
    System.out.printf(
        "false alarms, wall clock to %,d ns: %,d looks, %,d reads interrupted for long, the widest"
            + " bracket %,d ns, the narrowest %,d ns; %d jumps%n",
        wallGranularityNanos,
        LOOKS,
        machine.clocks.longInterruptionCount(),
        widestNanos,
        machine.reference().widthNanos(),
        jumpCount);

    assertThat(jumpCount).as("declared though nobody stepped: %s", firstJump).isZero();
    assertThat(machine.clocks.longInterruptionCount())
        .as("reads interrupted for a millisecond or more")
        .isGreaterThan(LOOKS / 10);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1_000})
  void shouldDeclareEveryStepAtTheNextLookWhenAnyReadMayBeInterrupted(long wallGranularityNanos) {
    Machine machine = new Machine(2, wallGranularityNanos);
    machine.look();
    for (int i = 0; i < STEPS_OF_EACH_SIZE; i++) {
      for (long stepNanos : STEPS_NANOS) {
        int quietCount = machine.random.nextInt(1, 20);
        for (int k = 0; k < quietCount; k++) {
          assertThat(machine.look()).as("before step %d of %d ns", i, stepNanos).isEmpty();
        }
        Bracket before = machine.reference();

        machine.clocks.step(stepNanos);
        Optional<StepDetector.Jump> jump = machine.look();

        long allowedNanos =
            GRANULARITY_NANOS + before.halfWidthNanos() + machine.reference().halfWidthNanos();
        assertThat(jump).as("step %d of %d ns: %s", i, stepNanos, machine.reference()).isPresent();
        assertThat(jump.orElseThrow().nanos())
            .as("size by %s and %s", before, machine.reference())
            .isBetween(stepNanos - allowedNanos, stepNanos + allowedNanos);
        assertThat(allowedNanos)
            .as("what a size may be wrong")
            .isLessThan(2 * PreemptedClocks.MILLI);
      }
    }
  }
}
