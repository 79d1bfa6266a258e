package com.ibstream.clocksync.time;

import static com.ibstream.clocksync.time.LineProposals.EPOCH;
import static com.ibstream.clocksync.time.LineProposals.MILLI;
import static com.ibstream.clocksync.time.LineProposals.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibstream.clocksync.testing.FakeRuler;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedClockTest {

  private static final long START =
      Long.MAX_VALUE - 3 * SECOND; // the ruler overflows during the tests

  private final FakeRuler ruler = new FakeRuler(START);
  private final LinePublisher publisher = new LinePublisher(ruler);
  private final TrustedClock clock = publisher.clock();
  private final Reading reading = new Reading();

  /** Publishes and waits until no reader is before the switch any more. */
  private Correction publish(LineProposal proposal) {
    Correction correction = publisher.publish(proposal);
    ruler.advance(LinePublisher.SETTLING_NANOS);
    return correction;
  }

  @Test
  void shouldKnowNothingWhenNothingWasPublished() {
    ruler.advance(5 * SECOND);

    assertThat(clock.epochNanos()).isEqualTo(TrustedClock.NO_TIME);
    assertThat(clock.errorBoundNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(clock.isTrusted()).isFalse();
    assertThat(clock.instant()).isBefore(Instant.parse("1700-01-01T00:00:00Z"));
    assertThat(clock.read(reading).trust()).isEqualTo(TrustLevel.UNKNOWN);
    assertThat(reading.reason()).isEqualTo(TrustReason.NEVER_PROVED);
    assertThat(reading.epochNanos()).isEqualTo(TrustedClock.NO_TIME);
    assertThat(reading.earliestEpochNanos()).isEqualTo(Long.MIN_VALUE);
    assertThat(reading.latestEpochNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(reading.errorBoundNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(reading.toString()).contains("UNKNOWN");
  }

  @Test
  void shouldFollowTheRulerWithinAGrowingBoundWhenPublished() {
    publish(LineProposals.at(START, EPOCH, MILLI, 10));
    ruler.advance(10 * SECOND - LinePublisher.SETTLING_NANOS);

    clock.read(reading);

    assertThat(reading.epochNanos()).isEqualTo(EPOCH + 10 * SECOND + 100_000); // 10 ppm of 10 s
    assertThat(reading.earliestEpochNanos())
        .isBetween(EPOCH + 10 * SECOND - MILLI - 150_010, EPOCH + 10 * SECOND - MILLI - 150_000);
    assertThat(reading.latestEpochNanos())
        .isBetween(EPOCH + 10 * SECOND + MILLI + 150_000, EPOCH + 10 * SECOND + MILLI + 150_010);
    assertThat(reading.errorBoundNanos())
        .isEqualTo(reading.epochNanos() - reading.earliestEpochNanos());
    assertThat(reading.trust()).isEqualTo(TrustLevel.TRUSTED);
    assertThat(reading.reason()).isEqualTo(TrustReason.MAJORITY);
    assertThat(clock.epochNanos()).isEqualTo(reading.epochNanos());
    assertThat(clock.errorBoundNanos()).isEqualTo(reading.errorBoundNanos());
    assertThat(clock.isTrusted()).isTrue();
    assertThat(reading.toString()).contains("TRUSTED");
  }

  @Test
  void shouldShowItselfAsJavaTimeWhenAsked() {
    publish(LineProposals.at(START, EPOCH, MILLI));

    long now = clock.epochNanos();

    assertThat(clock.millis()).isEqualTo(now / MILLI);
    assertThat(clock.instant()).isEqualTo(Instant.ofEpochSecond(now / SECOND, now % SECOND));
    assertThat(clock.withZone(ZoneOffset.UTC).millis()).isEqualTo(now / MILLI);
  }

  @ParameterizedTest
  @CsvSource({"-1,TRUSTED", "0,HOLDOVER", "1,HOLDOVER"})
  void shouldBeInHoldoverExactlyWhenTheVoteIsOld(long aroundNanos, TrustLevel expected) {
    publish(LineProposals.at(START, EPOCH, MILLI));
    ruler.advance(100 * SECOND - LinePublisher.SETTLING_NANOS + aroundNanos);

    assertThat(clock.read(reading).trust()).isEqualTo(expected);
    assertThat(clock.isTrusted()).isTrue();
  }

  @Test
  void shouldLoseTrustByArithmeticWhenTheBoundPassesTheTolerance() {
    publish(LineProposals.at(START, EPOCH, 49 * MILLI));
    ruler.advance(66 * SECOND); // 15 ppm of 66 s are 0.99 ms
    boolean before = clock.isTrusted();
    ruler.advance(SECOND);

    assertThat(before).isTrue();
    assertThat(clock.isTrusted()).isFalse();
    assertThat(clock.read(reading).trust()).isEqualTo(TrustLevel.UNTRUSTED);
    assertThat(reading.reason()).isEqualTo(TrustReason.BOUND_TOO_WIDE);
    assertThat(reading.isTrusted()).isFalse();
  }

  @Test
  void shouldBeUntrustedAtOnceWhenTrustIsWithdrawn() {
    publish(LineProposals.at(START, EPOCH, MILLI));
    long before = clock.epochNanos();

    publisher.withdraw(TrustReason.CLOCK_STEPPED);

    assertThat(clock.isTrusted()).isFalse();
    assertThat(clock.read(reading).trust()).isEqualTo(TrustLevel.UNTRUSTED);
    assertThat(reading.reason()).isEqualTo(TrustReason.CLOCK_STEPPED);
    assertThat(clock.epochNanos()).isEqualTo(before);
  }

  @Test
  void shouldStayUnknownWhenTrustIsWithdrawnBeforeTheFirstVote() {
    publisher.withdraw(TrustReason.MONITOR_CLOSED);
    publisher.holdOver(TrustReason.NO_CONSENSUS);

    assertThat(clock.read(reading).trust()).isEqualTo(TrustLevel.UNKNOWN);
  }

  @Test
  void shouldNotTrustTheOldLineForAMomentWhenANewVoteFollowsAWithdrawal() {
    publish(LineProposals.at(START, EPOCH, MILLI));
    publisher.withdraw(TrustReason.CLOCK_STEPPED);

    publisher.publish(LineProposals.at(ruler.monoNanos(), EPOCH + 5 * SECOND, MILLI));
    boolean beforeSwitch = clock.isTrusted();
    ruler.advance(LinePublisher.SETTLING_NANOS);

    assertThat(beforeSwitch).isFalse();
    assertThat(clock.isTrusted()).isTrue();
  }

  @Test
  void shouldSayWhyItIsInHoldoverWhenTold() {
    publish(LineProposals.at(START, EPOCH, MILLI));
    publisher.holdOver(TrustReason.NO_CONSENSUS);
    ruler.advance(200 * SECOND);

    assertThat(clock.read(reading).reason()).isEqualTo(TrustReason.NO_CONSENSUS);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 100_000, 9_999_999, 10_000_000, -1, -100_000, -10_000_000})
  void shouldSlewSmallCorrectionsWithoutAJump(long correctionNanos) {
    publish(LineProposals.at(START, EPOCH, MILLI));
    long asOf = ruler.monoNanos();

    Correction correction =
        publisher.publish(LineProposals.at(asOf, clock.epochNanos() + correctionNanos, MILLI));

    assertThat(correction).isEqualTo(new Correction(Correction.Kind.SLEWED, correctionNanos));
    long before = clock.epochNanos();
    long slewNanos = Math.abs(correctionNanos) * 2_000; // 500 ppm
    for (long done = 0; done < slewNanos + 10 * MILLI; done += slewNanos / 20 + MILLI) {
      long stepNanos = slewNanos / 20 + MILLI;
      ruler.advance(stepNanos);
      long now = clock.epochNanos();
      assertThat((double) (now - before) / stepNanos - 1).isBetween(-501e-6, 501e-6);
      assertTruthWithin(asOf, EPOCH + LinePublisher.SETTLING_NANOS + correctionNanos, MILLI);
      before = now;
    }
    long expected =
        EPOCH + LinePublisher.SETTLING_NANOS + correctionNanos + (ruler.monoNanos() - asOf);
    assertThat(clock.epochNanos()).isBetween(expected - 3, expected + 3);
  }

  /**
   * Every instant that the proposal allows must lie within the reading, also while the line slews
   * or holds.
   */
  private void assertTruthWithin(long asOfMonoNanos, long asOfEpochNanos, long halfWidthNanos) {
    long point = asOfEpochNanos + (ruler.monoNanos() - asOfMonoNanos);
    clock.read(reading);
    assertThat(reading.earliestEpochNanos()).isLessThanOrEqualTo(point - halfWidthNanos);
    assertThat(reading.latestEpochNanos()).isGreaterThanOrEqualTo(point + halfWidthNanos);
    assertThat(reading.epochNanos())
        .isBetween(reading.earliestEpochNanos(), reading.latestEpochNanos());
    assertThat(
            Math.max(
                point + halfWidthNanos - reading.epochNanos(),
                reading.epochNanos() - point + halfWidthNanos))
        .isLessThanOrEqualTo(reading.errorBoundNanos());
  }

  @Test
  void shouldStepForwardWhenTheCorrectionIsLarge() {
    publish(LineProposals.at(START, EPOCH, MILLI));
    long before = clock.epochNanos();

    Correction correction =
        publish(LineProposals.at(ruler.monoNanos(), before + 37 * SECOND, MILLI));

    assertThat(correction).isEqualTo(new Correction(Correction.Kind.STEPPED, 37 * SECOND));
    assertThat(clock.epochNanos()).isEqualTo(before + 37 * SECOND + LinePublisher.SETTLING_NANOS);
  }

  @Test
  void shouldStandStillUntilItIsRightWhenTheCorrectionIsLargeAndBackward() {
    publish(LineProposals.at(START, EPOCH, MILLI));
    long before = clock.epochNanos();
    long asOf = ruler.monoNanos();

    Correction correction = publish(LineProposals.at(asOf, before - SECOND, MILLI));

    assertThat(correction.kind()).isEqualTo(Correction.Kind.HELD);
    long held = clock.epochNanos();
    assertThat(held - before).isBetween(0L, LinePublisher.SETTLING_NANOS);
    for (int i = 0; i < 9; i++) {
      ruler.advance(100 * MILLI);
      assertThat(clock.epochNanos()).isEqualTo(held);
      assertTruthWithin(asOf, before - SECOND, MILLI);
      assertThat(clock.isTrusted()).isEqualTo(clock.errorBoundNanos() <= 50 * MILLI);
    }
    ruler.advance(200 * MILLI);
    assertThat(clock.epochNanos()).isEqualTo(before - SECOND + (ruler.monoNanos() - asOf));
    assertThat(clock.isTrusted()).isTrue();
  }

  @Test
  void shouldTellBackgroundWorkTheTimeOfAnEarlierInstantWhenItIsRemembered() {
    publish(LineProposals.at(START, EPOCH, MILLI));
    long remembered = ruler.monoNanos();
    publish(LineProposals.at(remembered, clock.epochNanos() + 20 * MILLI, MILLI));

    UtcLine line = clock.line();

    assertThat(line.readAt(remembered, reading).epochNanos())
        .isEqualTo(EPOCH + LinePublisher.SETTLING_NANOS);
    assertThat(line.readAt(START - 10 * SECOND, reading).trust()).isEqualTo(TrustLevel.UNKNOWN);
    assertThat(line.ratePpm()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "0,-1,1,0,15,50,point outside",
    "0,1,2,0,15,50,point outside",
    "0,-1,1,0,0,50,the rate is never known exactly",
    "0,-1,1,0,300000,50,rates must be",
    "0,-1,1,16,15,50,ratePpm must be",
    "0,-1,1,NaN,15,50,ratePpm must be",
    "0,-1,1,0,15,0,toleranceNanos must be"
  })
  void shouldRejectAProposalThatContradictsItself(
      long point,
      long earliest,
      long latest,
      double rate,
      double growth,
      long tolerance,
      String message) {
    // "point outside" rows place an end on the wrong side of the point
    long realLatest = message.equals("point outside") && earliest < 0 ? point - 1 : latest;

    assertThatThrownBy(
            () ->
                new LineProposal(
                    0,
                    point,
                    earliest,
                    realLatest,
                    rate,
                    Growth.steady(new RateBounds(-growth, growth)),
                    tolerance,
                    0,
                    TrustReason.MAJORITY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldRankUnknownAsTheMostSevereLevel() {
    assertThat(TrustLevel.UNKNOWN.severity()).isGreaterThan(TrustLevel.UNTRUSTED.severity());
    assertThat(TrustLevel.UNTRUSTED.severity()).isGreaterThan(TrustLevel.HOLDOVER.severity());
    assertThat(TrustLevel.HOLDOVER.severity()).isGreaterThan(TrustLevel.TRUSTED.severity());
    assertThat(TrustReason.values()).allMatch(reason -> !reason.text().isEmpty());
  }

  @Test
  void shouldReadTheMachinesClocksWhenReal() {
    long mono = Ruler.system().monoNanos();
    long epoch = WallClock.system().epochNanos();

    assertThat(Ruler.system().monoNanos() - mono).isNotNegative();
    assertThat(epoch).isGreaterThan(1_600_000_000L * SECOND);
  }
}
