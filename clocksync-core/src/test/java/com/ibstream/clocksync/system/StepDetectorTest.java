package com.ibstream.clocksync.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.testing.FakeRuler;
import com.ibstream.clocksync.testing.FakeWallClock;
import com.ibstream.clocksync.time.Ruler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepDetectorTest {

  private static final long EPOCH = 1_795_000_000_000_000_000L;
  private static final long MILLI = 1_000_000L;

  private final FakeRuler base = new FakeRuler(Long.MAX_VALUE - MILLI);
  private final FakeWallClock wall = new FakeWallClock(base, EPOCH);
  private long readNanos = 100;

  /** Each reading of the ruler takes its time. */
  private final Ruler ruler =
      () -> {
        base.advance(readNanos);
        return base.monoNanos();
      };

  private final StepDetector detector = new StepDetector(ruler, wall);

  @ParameterizedTest
  @ValueSource(longs = {2_000, -2_000, 37_000_000_000L, -61_200_000_000_000L})
  void shouldTellSizeAndDirectionOfAJumpOnce(long stepNanos) {
    detector.look();
    base.advance(200 * MILLI);
    wall.step(stepNanos);

    assertThat(detector.look().orElseThrow().nanos()).isBetween(stepNanos - 200, stepNanos + 200);
    assertThat(detector.look()).isEmpty();
  }

  @Test
  void shouldSeeNoJumpWhereThereIsNone() {
    for (int i = 0; i < 1_000; i++) {
      base.advance(200 * MILLI);
      assertThat(detector.look()).isEmpty();
    }
  }

  @Test
  void shouldNotForgetWhereTheClocksWereWhenALookWasInterrupted() {
    detector.look();
    readNanos = 40 * MILLI; // put to sleep between any two readings
    wall.step(15 * MILLI);
    boolean isHidden = detector.look().isEmpty(); // within what such a look can tell
    readNanos = 100;

    assertThat(isHidden).isTrue();
    assertThat(detector.look().orElseThrow().nanos()).isBetween(14 * MILLI, 16 * MILLI);
  }
}
