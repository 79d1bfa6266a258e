package com.ibstream.clocksync.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.ibstream.clocksync.ntp.NtpSample;
import com.ibstream.clocksync.time.RateBounds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateProofTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long MICRO = 1_000L;
  private static final RateBounds ASSUMED = RateBounds.ofClockError(15);
  private static final double CHANGE_PPM = 2;
  private static final double ROUNDING = 1e-9; // of a double around 32

  private final RateProof proof = new RateProof();

  /** A sample that lets UTC be that far ahead of the steady clock, within a half width. */
  private void take(long seconds, long aheadNanos, long halfWidthNanos) {
    long rawNanos = seconds * SECOND;
    proof.take(
        new NtpSample(rawNanos, rawNanos + aheadNanos, 0, 0, halfWidthNanos, 0, 0, 1, 0, 0, false),
        ASSUMED,
        CHANGE_PPM);
  }

  private boolean isProvedAt(long seconds) {
    return proof.errorPpm(seconds * SECOND).isPresent();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, -1})
  void shouldProveARateInTwoSpans(long sign) {
    take(5, 0, 100 * MICRO);
    take(105, sign * 3_000 * MICRO, 100 * MICRO);
    assertThat(isProvedAt(105)).as("one may be a step").isFalse();
    take(205, sign * 6_000 * MICRO, 100 * MICRO);

    double widest = 30 + 2; // 3 ms in 100 s, and two half widths of 100 us
    assertThat(proof.errorPpm(205 * SECOND).orElseThrow()).isCloseTo(widest, within(ROUNDING));
    assertThat(proof.sinceRawNanos()).isEqualTo(5 * SECOND);
  }

  @Test
  void shouldProveNothingWhenTheRateIsTheOtherWayNextTime() {
    take(0, 0, 100 * MICRO);
    take(100, 3_000 * MICRO, 100 * MICRO);
    take(200, 0, 100 * MICRO);

    assertThat(isProvedAt(200)).isFalse();
  }

  @Test
  void shouldTakeAStepForNoRateWhenItRanAsAssumedMeanwhile() {
    take(0, 0, 100 * MICRO);
    take(100, 3_000 * MICRO, 100 * MICRO);
    take(200, 3_000 * MICRO, 100 * MICRO); // within 2 ppm
    take(300, 9_000 * MICRO, 100 * MICRO); // beyond again, since 100 s

    assertThat(isProvedAt(300)).isFalse();
  }

  @Test
  void shouldProveNoMoreThanAnOscillatorMayBeOff() {
    long wide = 3_500_000 * MICRO;
    long jump = 7_002_000 * MICRO; // from 31 to 218,781 ppm in 64 s
    take(0, 0, wide);
    take(64, jump, wide);
    take(128, 2 * jump, wide);

    assertThat(proof.errorPpm(128 * SECOND)).contains(1_000.0);
  }

  @Test
  void shouldTakeWhatIsFasterThanAnyOscillatorForSteps() {
    take(0, 0, 100 * MICRO);
    take(64, SECOND, 100 * MICRO);
    take(128, 2 * SECOND, 100 * MICRO);

    assertThat(isProvedAt(128)).isFalse();
  }

  @Test
  void shouldForgetAProofOfLongAgo() {
    take(0, 0, 100 * MICRO);
    take(100, 3_000 * MICRO, 100 * MICRO);
    take(200, 6_000 * MICRO, 100 * MICRO);

    assertThat(isProvedAt(28_799)).isTrue();
    assertThat(isProvedAt(28_800)).as("eight hours").isTrue();
    assertThat(isProvedAt(28_801)).isFalse();
  }
}
