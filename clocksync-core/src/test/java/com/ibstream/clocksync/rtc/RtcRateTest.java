package com.ibstream.clocksync.rtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.ibstream.clocksync.facts.RtcFacts.Difference;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The rate from single observations. */
class RtcRateTest {

  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
  private static final long MILLI = 1_000_000;

  private final RtcRate rate = new RtcRate();

  private void add(long minute, long offsetNanos) {
    rate.add(minute * MINUTE, new Difference(offsetNanos, MILLI));
  }

  @Test
  void shouldKnowNothingAtFirst() {
    assertThat(rate.rate()).isEmpty();
    add(0, 0);
    add(2, MILLI);
    assertThat(rate.rate()).isEmpty();
  }

  @Test
  void shouldTakeAClockThatLosesTimeForPositive() {
    for (int i = 0; i <= 60; i += 2) {
      add(i, i * 6L * MILLI); // 6 ms a minute
    }

    assertThat(rate.rate().orElseThrow().driftRatePpm()).isCloseTo(100, offset(1e-6));
    assertThat(rate.rate().orElseThrow().writeCount()).isZero();
  }

  @Test
  void shouldBreakWhereTheClockWasSetByHours() {
    for (int i = 0; i <= 60; i += 2) {
      add(i, i * 3L * MILLI + (i > 30 ? 7 * 3_600_000L * MILLI : 0));
    }

    assertThat(rate.rate().orElseThrow().driftRatePpm()).isCloseTo(50, offset(1e-6));
    assertThat(rate.rate().orElseThrow().writeCount()).isEqualTo(1);
  }

  @Test
  void shouldNotBelieveThatASlowClockWhoseWritesAreTooSmallToSeeKeepsTime() {
    for (int i = 0; i <= 600; i += 2) {
      add(i, (i % 11) * 180_000L); // 3 ppm, set every eleven minutes
    }

    var known = rate.rate().orElseThrow();
    assertThat(Math.abs(known.driftRatePpm() - 3)).isLessThanOrEqualTo(known.errorPpm());
  }

  @Test
  void shouldIgnoreWhatSaysNothing() {
    for (int i = 0; i <= 60; i += 2) {
      rate.add(i * MINUTE, new Difference(i * 6L * MILLI, 500 * MILLI));
    }
    assertThat(rate.rate()).isEmpty();
    for (int i = 0; i <= 60; i += 10) {
      add(i, i * 6L * MILLI); // too far apart to be compared
    }
    assertThat(rate.rate()).isEmpty();
  }

  @Test
  void shouldDropAnObservationThatIsNotLater() {
    for (int i = 0; i <= 60; i += 2) {
      add(i, i * 6L * MILLI);
      add(i, 0);
      add(i - 1, 0);
    }

    assertThat(rate.rate().orElseThrow().driftRatePpm()).isCloseTo(100, offset(1e-6));
    assertThat(rate.rate().orElseThrow().observationCount()).isEqualTo(31);
  }

  @Test
  void shouldForgetWhatIsOld() {
    for (int i = 0; i < 6_000; i += 2) {
      add(i, i < 3_000 ? 0 : (i - 3_000) * 6L * MILLI);
    }

    assertThat(rate.rate().orElseThrow().driftRatePpm()).isCloseTo(100, offset(1e-6));
  }
}
