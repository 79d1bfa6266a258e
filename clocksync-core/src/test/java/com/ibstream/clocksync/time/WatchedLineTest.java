package com.ibstream.clocksync.time;

import static com.ibstream.clocksync.time.LineProposals.EPOCH;
import static com.ibstream.clocksync.time.LineProposals.MILLI;
import static com.ibstream.clocksync.time.LineProposals.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.testing.FakeRuler;
import com.ibstream.clocksync.testing.FakeWallClock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What a line allows for between two looks, when the near rates end, and what reads see themselves.
 */
class WatchedLineTest {

  private static final long START = Math.subtractExact(Long.MAX_VALUE, SECOND);

  private final FakeRuler ruler = new FakeRuler(START);
  private final FakeWallClock wall = new FakeWallClock(ruler, EPOCH);
  private final LinePublisher publisher = new LinePublisher(ruler, Optional.of(wall));
  private final TrustedClock clock = publisher.clock();
  private final Reading reading = new Reading();

  private long bound() {
    return clock.read(reading).errorBoundNanos();
  }

  private Watch watch(double uncheckedPpm) {
    return new Watch(ruler.monoNanos(), uncheckedPpm, wall.epochNanos() - ruler.monoNanos(), 2_000);
  }

  @Test
  void shouldAllowForASlewSinceTheLastLookOnly() {
    publisher.publish(LineProposals.at(START, EPOCH, MILLI));
    publisher.watched(watch(100_000));

    ruler.advance(100 * MILLI);
    long late = bound();
    publisher.watched(watch(100_000));
    long fresh = bound();

    assertThat(late - fresh).isBetween(11_111_000L, 11_112_000L); // 0.1 / 0.9 of 100 ms
    assertThat(fresh).isLessThan(MILLI + 10_000);
  }

  @Test
  void shouldEndTrustByArithmeticWhenNobodyLooksAnyMore() {
    publisher.publish(LineProposals.at(START, EPOCH, MILLI));
    publisher.watched(watch(100_000));

    ruler.advance(SECOND);

    assertThat(clock.read(reading).trust()).isEqualTo(TrustLevel.UNTRUSTED);
    assertThat(clock.isTrusted()).isFalse();
    assertThat(clock.errorBoundNanos()).isEqualTo(reading.errorBoundNanos());
  }

  @Test
  void shouldGrowFasterWhenTheNearRatesEnd() {
    Growth growth = new Growth(new RateBounds(-2, 3), START + 10 * SECOND, new RateBounds(-15, 15));
    publisher.publish(
        new LineProposal(
            START,
            EPOCH,
            EPOCH - MILLI,
            EPOCH + MILLI,
            0,
            growth,
            50 * MILLI,
            START + SECOND,
            TrustReason.MAJORITY));

    ruler.advance(10 * SECOND);
    assertThat(bound() - MILLI).isBetween(30_000L, 30_010L); // 3 ppm of 10 s
    ruler.advance(10 * SECOND);
    assertThat(bound() - MILLI).isBetween(180_000L, 180_010L); // and 15 ppm of 10 s
    assertThat(reading.epochNanos() - reading.earliestEpochNanos() - MILLI)
        .isBetween(170_000L, 170_010L); // 2 and 15 ppm
  }

  @Test
  void shouldSeeAJumpInTheReadItself() {
    publisher.publish(LineProposals.at(START, EPOCH, MILLI));
    publisher.watched(watch(0));
    assertThat(clock.isTrusted()).isTrue();

    wall.step(30 * SECOND);
    boolean isTrustedAhead = clock.isTrusted();
    TrustReason reason = clock.read(reading).reason();
    wall.step(-60 * SECOND);

    assertThat(isTrustedAhead).isFalse();
    assertThat(reason).isEqualTo(TrustReason.CLOCK_STEPPED);
    assertThat(clock.read(reading).isTrusted()).isFalse();
    publisher.watched(watch(0));
    assertThat(clock.read(reading).isTrusted()).isTrue();
  }

  @Test
  void shouldNotTakeAPauseInsideAReadForAJump() {
    long[] pause = {0};
    WallClock slow =
        () -> {
          ruler.advance(pause[0]);
          return wall.epochNanos();
        };
    LinePublisher paused = new LinePublisher(ruler, Optional.of(slow));
    paused.publish(LineProposals.at(START, EPOCH, MILLI));
    paused.watched(watch(0));
    pause[0] = 20 * MILLI;

    assertThat(paused.clock().read(reading).isTrusted()).isTrue();
  }

  @Test
  void shouldTrustNothingUntilALineThatWasPutRightIsInForce() {
    publisher.publish(LineProposals.at(START, EPOCH, MILLI));
    ruler.advance(SECOND);

    publisher.follow(LineProposals.at(START + SECOND, EPOCH + SECOND, MILLI), true, watch(0));
    TrustReason before = clock.read(reading).reason();
    ruler.advance(LinePublisher.SETTLING_NANOS);

    assertThat(before).isEqualTo(TrustReason.RULER_SLEWED);
    assertThat(clock.read(reading).isTrusted()).isTrue();
  }

  @Test
  void shouldGoOnAllowingForASlewUntilALineThatWasPutRightIsInForce() {
    publisher.publish(LineProposals.at(START, EPOCH, MILLI));
    publisher.watched(watch(500));
    ruler.advance(200 * MILLI);
    long before = bound();

    publisher.follow(
        LineProposals.at(START + 200 * MILLI, EPOCH + 200 * MILLI, MILLI), false, watch(100_000));
    publisher.watched(watch(500));
    long during = bound();
    boolean isTrustedDuring = reading.isTrusted();
    ruler.advance(LinePublisher.SETTLING_NANOS);
    publisher.watched(watch(500));

    assertThat(before - MILLI).isBetween(100_000L, 110_000L); // 500 ppm of 200 ms
    assertThat(during - MILLI).isGreaterThan(20_000_000L); // and 100,000 ppm of the same
    assertThat(isTrustedDuring).isTrue();
    assertThat(bound()).isLessThan(MILLI + 10_000);
  }

  @Test
  void shouldNotGiveTrustBackByFollowing() {
    LinePublisher unproved = new LinePublisher(ruler);
    unproved.follow(LineProposals.at(START, EPOCH, MILLI), false, watch(0));
    publisher.publish(LineProposals.at(START, EPOCH, MILLI));
    publisher.withdraw(TrustReason.CONTRADICTION);

    publisher.follow(LineProposals.at(START, EPOCH, MILLI), true, watch(0));
    ruler.advance(LinePublisher.SETTLING_NANOS);

    assertThat(unproved.clock().read(reading).trust()).isEqualTo(TrustLevel.UNKNOWN);
    assertThat(clock.read(reading).reason()).isEqualTo(TrustReason.CONTRADICTION);
  }

  @Test
  void shouldPublishWithoutTrustWhenToldSo() {
    publisher.publishUntrusted(LineProposals.at(START, EPOCH, MILLI), TrustReason.CLOCK_STEPPED);

    assertThat(clock.read(reading).trust()).isEqualTo(TrustLevel.UNTRUSTED);
    assertThat(reading.epochNanos()).isEqualTo(EPOCH);
  }
}
