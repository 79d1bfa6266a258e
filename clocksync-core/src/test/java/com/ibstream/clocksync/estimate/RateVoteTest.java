package com.ibstream.clocksync.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.ibstream.clocksync.ntp.NtpSample;
import com.ibstream.clocksync.time.RateBounds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateVoteTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long NOW = Long.MIN_VALUE + 5_000 * SECOND;
  private static final RateBounds FAR = new RateBounds(-15, 15);

  /** Eight samples a minute apart, with 100 us of half width, of a server with such a rate. */
  private static List<NtpSample> samples(double ratePpm, long ageNanos) {
    List<NtpSample> samples = new ArrayList<>();
    for (int i = 7; i >= 0; i--) {
      long age = ageNanos + i * 60L * SECOND;
      long error = Math.round(age * ratePpm * 1e-6);
      samples.add(
          new NtpSample(
              NOW - age,
              1_795_000_000L * SECOND - age - error,
              200_000,
              0,
              0,
              0,
              0,
              1,
              7,
              0,
              false));
    }
    return samples;
  }

  private static RateBounds hold(double changePpm, List<List<NtpSample>> sources) {
    int[] voices = new int[sources.size()];
    for (int i = 0; i < voices.length; i++) {
      voices[i] = i;
    }
    List<SampleColumns> columns = sources.stream().map(SampleColumns::new).toList();
    int[] fromTheFirst = new int[voices.length];
    return RateVote.hold(columns, fromTheFirst, voices, voices.length, 2, FAR, changePpm, NOW);
  }

  @Test
  void shouldProveTheMeanRateWithinTheIntervalsAndAllowForTheChange() {
    RateBounds bounds = hold(2, List.of(samples(9, 0), samples(9, 0), samples(9, 0)));

    double proved = 200_000 / (420 * 1e3); // two half widths in seven minutes, ppm
    assertThat(bounds.minPpm()).isCloseTo(9 - proved - 2, within(0.01));
    assertThat(bounds.maxPpm()).isCloseTo(9 + proved + 2, within(0.01));
  }

  @Test
  void shouldHoldWhatAMajoritySaysWhateverALiarClaims() {
    RateBounds bounds = hold(1, List.of(samples(-8, 0), samples(-8, 0), samples(14, 0)));

    assertThat(bounds.minPpm()).isLessThan(-8);
    assertThat(bounds.maxPpm()).isGreaterThan(-8).isLessThan(0);
  }

  @Test
  void shouldProveNothingWithoutAMajority() {
    assertThat(hold(1, List.of(samples(-8, 0), samples(14, 0)))).isEqualTo(FAR);
  }

  @Test
  void shouldProveNothingByOldSamplesOrByOne() {
    List<List<NtpSample>> old = List.of(samples(9, 3_000 * SECOND), samples(9, 3_000 * SECOND));
    List<List<NtpSample>> single =
        List.of(samples(9, 0).subList(7, 8), samples(9, 0).subList(7, 8));

    assertThat(hold(2, old)).isEqualTo(FAR);
    assertThat(hold(2, single)).isEqualTo(FAR);
  }

  @Test
  void shouldProveNothingWhenTheRateJumpedByMoreThanWasAssumed() {
    List<NtpSample> jumped = new ArrayList<>(samples(-12, 500 * SECOND).subList(0, 4));
    jumped.addAll(samples(12, 0).subList(4, 8));

    assertThat(hold(0.1, List.of(jumped, jumped))).isEqualTo(FAR);
  }

  @Test
  void shouldNotBeAskedWhenEveryChangeIsAllowed() {
    assertThat(hold(Double.POSITIVE_INFINITY, List.of(samples(9, 0), samples(9, 0))))
        .isEqualTo(FAR);
  }
}
