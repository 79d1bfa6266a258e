package com.ibstream.clocksync.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.net.InetAddresses;
import com.ibstream.clocksync.facts.Consensus;
import com.ibstream.clocksync.ntp.NtpSample;
import com.ibstream.clocksync.time.RateBounds;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClockEstimatorTest {

  private static final long EPOCH = 1_795_000_000_000_000_000L;
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000 * MILLI;
  private static final long NOW = Long.MIN_VALUE + 100 * SECOND;
  private static final double RULER_ERROR_PPM = 515;

  private final ClockEstimator estimator =
      new ClockEstimator(RateBounds.ofClockError(RULER_ERROR_PPM), 1_002);

  /** A sample of so long ago with such an error, from a server that names no parent. */
  private static NtpSample sample(long ageNanos, long errorNanos, long delayNanos) {
    return sample(ageNanos, errorNanos, delayNanos, 1, 0x47505300);
  }

  private static NtpSample sample(
      long ageNanos, long errorNanos, long delayNanos, int stratum, int referenceId) {
    return new NtpSample(
        NOW - ageNanos,
        EPOCH - ageNanos + errorNanos,
        delayNanos,
        MILLI,
        100_000,
        2_000,
        5_000,
        stratum,
        referenceId,
        0,
        false);
  }

  private static Candidate candidate(String address, NtpSample... samples) {
    return new Candidate(InetAddresses.forString(address), List.of(samples));
  }

  @Test
  void shouldPutThePointInsideTheVotesInterval() {
    List<Candidate> candidates =
        List.of(
            candidate("192.0.2.1", sample(0, 100_000, 4 * MILLI)),
            candidate("192.0.2.2", sample(0, -100_000, 6 * MILLI)),
            candidate("192.0.2.3", sample(0, 0, 8 * MILLI)));

    ClockEstimate estimate = estimator.estimate(candidates, 3, false, NOW);

    ClockEstimate.Line line = estimate.line().orElseThrow();
    assertThat(estimate.consensus()).isEqualTo(Consensus.MAJORITY);
    assertThat(line.earliestEpochNanos()).isLessThanOrEqualTo(EPOCH);
    assertThat(line.latestEpochNanos()).isGreaterThanOrEqualTo(EPOCH);
    assertThat(line.pointEpochNanos())
        .isBetween(line.earliestEpochNanos(), line.latestEpochNanos());
    assertThat(estimate.verdicts()).allMatch(ClockEstimate.SourceVerdict::isTruechimer);
    assertThat(estimate.verdicts().get(0).isSelected()).isTrue();
    assertThat(estimate.verdicts().get(1).isSelected()).isFalse();
  }

  @Test
  void shouldExplainTheBoundTermByTermSoThatTheSumIsTheBound() {
    List<Candidate> candidates =
        List.of(
            candidate("192.0.2.1", sample(10 * SECOND, 300_000, 4 * MILLI)),
            candidate("192.0.2.2", sample(12 * SECOND, -100_000, 6 * MILLI)));

    ClockEstimate.Line line = estimator.estimate(candidates, 2, false, NOW).line().orElseThrow();

    long bound =
        Math.max(
            line.latestEpochNanos() - line.pointEpochNanos(),
            line.pointEpochNanos() - line.earliestEpochNanos());
    assertThat(line.budget().totalNanos()).isEqualTo(bound);
    assertThat(line.budget().rootDelayHalfNanos()).isEqualTo(MILLI / 2);
    assertThat(line.budget().rootDispersionNanos()).isEqualTo(100_000);
    assertThat(line.budget().precisionNanos()).isEqualTo(2_000);
    assertThat(line.budget().delayHalfNanos()).isIn(2 * MILLI, 3 * MILLI);
    assertThat(line.budget().ageingNanos()).isBetween(5_150_000L + 5_000, 6_184_000L + 5_000);
  }

  @Test
  void shouldInventNothingWhenThereIsNoMajority() {
    List<Candidate> candidates =
        List.of(
            candidate("192.0.2.1", sample(0, 0, 4 * MILLI)),
            candidate("192.0.2.2", sample(0, SECOND, 4 * MILLI)));

    ClockEstimate estimate = estimator.estimate(candidates, 2, false, NOW);

    assertThat(estimate.consensus()).isEqualTo(Consensus.NONE);
    assertThat(estimate.line()).isEmpty();
    assertThat(estimate.verdicts()).hasSize(2).noneMatch(ClockEstimate.SourceVerdict::isTruechimer);
    assertThat(estimator.estimate(List.of(), 0, true, NOW).line()).isEmpty();
    assertThat(estimator.estimate(List.of(), 5, false, NOW).line()).isEmpty();
  }

  @Test
  void shouldTakeASingleSourceOnlyWhenThatIsWanted() {
    List<Candidate> one = List.of(candidate("192.0.2.1", sample(0, 0, 4 * MILLI)));

    assertThat(estimator.estimate(one, 1, false, NOW).consensus()).isEqualTo(Consensus.NONE);
    assertThat(estimator.estimate(one, 1, true, NOW).consensus())
        .isEqualTo(Consensus.SINGLE_SOURCE);
  }

  @Test
  void shouldCountServersWithTheSameAddressOrParentAsOneVoice() {
    List<Candidate> sameParent =
        List.of(
            candidate("192.0.2.1", sample(0, 0, MILLI, 2, 0xC6336407)),
            candidate("192.0.2.2", sample(0, 0, MILLI, 2, 0xC6336407)));
    List<Candidate> sameAddress =
        List.of(
            candidate("192.0.2.1", sample(0, 0, MILLI)),
            candidate("192.0.2.1", sample(0, 0, MILLI)));
    List<Candidate> sameKindOfClock =
        List.of(
            candidate("192.0.2.1", sample(0, 0, MILLI)),
            candidate("192.0.2.2", sample(0, 0, MILLI)));
    List<Candidate> loopback =
        List.of(
            candidate("127.0.0.1", sample(0, 0, MILLI)),
            candidate("127.0.0.1", sample(0, 0, MILLI)));
    List<Candidate> chain =
        List.of(
            candidate("192.0.2.1", sample(0, 0, MILLI, 2, 7)),
            candidate("192.0.2.2", sample(0, 0, MILLI, 2, 8)),
            candidate("192.0.2.2", sample(0, 0, MILLI, 2, 7)));

    assertThat(estimator.estimate(sameParent, 2, false, NOW).consensus()).isEqualTo(Consensus.NONE);
    assertThat(estimator.estimate(sameAddress, 2, false, NOW).consensus())
        .isEqualTo(Consensus.NONE);
    assertThat(estimator.estimate(chain, 3, false, NOW).consensus()).isEqualTo(Consensus.NONE);
    assertThat(estimator.estimate(sameKindOfClock, 2, false, NOW).consensus())
        .isEqualTo(Consensus.MAJORITY);
    assertThat(estimator.estimate(loopback, 2, false, NOW).consensus())
        .isEqualTo(Consensus.MAJORITY);
  }

  /** The parent of the third is the first, whose reference ID is made of its IPv6 address. */
  @Test
  void shouldSayWhichSourcesAreOneVoice() {
    List<Candidate> candidates =
        List.of(
            candidate("2001:db8::1", sample(0, 0, MILLI)),
            candidate("192.0.2.2", sample(0, 0, MILLI)),
            candidate("192.0.2.3", sample(0, 0, MILLI, 2, md5Head("2001:db8::1"))),
            candidate("192.0.2.4", sample(0, 0, MILLI, 2, 0xC6336407)),
            candidate("192.0.2.5", sample(0, 0, MILLI, 2, 0xC6336407)));

    List<Integer> voices =
        estimator.estimate(candidates, 5, false, NOW).verdicts().stream()
            .map(ClockEstimate.SourceVerdict::voice)
            .toList();

    assertThat(voices.get(2)).isEqualTo(voices.get(0));
    assertThat(voices.get(4)).isEqualTo(voices.get(3));
    assertThat(voices.stream().distinct()).hasSize(3);
  }

  /** As RFC 5905 has it, section 7.3. */
  private static int md5Head(String address) {
    byte[] bytes = InetAddresses.forString(address).getAddress();
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("MD5").digest(bytes)).getInt();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldLetTheTightestAgedSampleSpeakForItsServer() {
    Candidate first =
        candidate("192.0.2.1", sample(60 * SECOND, 0, 2 * MILLI), sample(SECOND, 0, 9 * MILLI));
    Candidate second =
        candidate("192.0.2.2", sample(SECOND, 0, 2 * MILLI), sample(0, 0, 90 * MILLI));

    List<ClockEstimate.SourceVerdict> verdicts =
        estimator.estimate(List.of(first, second), 2, false, NOW).verdicts();

    assertThat(verdicts.get(0).best())
        .isEqualTo(first.samples().get(1)); // 60 s at 515 ppm are 31 ms
    assertThat(verdicts.get(1).best()).isEqualTo(second.samples().get(0));
  }

  @Test
  void shouldTellSinceWhenAMajorityHasSpoken() {
    List<Candidate> candidates =
        List.of(
            candidate("192.0.2.1", sample(0, 0, 2 * MILLI)),
            candidate("192.0.2.2", sample(10 * SECOND, 0, 2 * MILLI)),
            candidate("192.0.2.3", sample(20 * SECOND, 0, 2 * MILLI)));

    ClockEstimate.Line line = estimator.estimate(candidates, 3, false, NOW).line().orElseThrow();

    assertThat(NOW - line.majorityRawNanos()).isEqualTo(10 * SECOND);
  }

  @Test
  void shouldHoldTheTruthForAnySplitOfTheDelayAndFindTheSignOfTheError() {
    SplittableRandom random = new SplittableRandom(21);
    for (int i = 0; i < 5_000; i++) {
      List<Candidate> candidates = new ArrayList<>();
      int count = random.nextInt(2, 6);
      for (int k = 0; k < count; k++) {
        long delay = random.nextLong(100_000, 100 * MILLI);
        long asymmetry =
            Math.round(delay * (random.nextDouble() - 0.5)); // all on one way at the extremes
        long age = random.nextLong(0, 100 * SECOND);
        long rulerError = Math.round(age * RULER_ERROR_PPM * 1e-6 * random.nextDouble(-1, 1));
        candidates.add(candidate("192.0.2." + (k + 1), sample(age, asymmetry + rulerError, delay)));
      }

      ClockEstimate estimate = estimator.estimate(candidates, count, false, NOW);

      ClockEstimate.Line line = estimate.line().orElseThrow();
      assertThat(EPOCH).isBetween(line.earliestEpochNanos(), line.latestEpochNanos());
      assertThat(Math.abs(line.ratePpm())).isLessThanOrEqualTo(RULER_ERROR_PPM * 1.001);
    }
  }

  @Test
  void shouldRejectACandidateWithoutSamples() {
    assertThatThrownBy(() -> candidate("192.0.2.1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("192.0.2.1");
  }
}
