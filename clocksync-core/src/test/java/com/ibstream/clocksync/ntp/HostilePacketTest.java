package com.ibstream.clocksync.ntp;

import static com.ibstream.clocksync.ntp.ExchangeBench.MILLI;
import static com.ibstream.clocksync.ntp.ExchangeBench.good;
import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.NtpRejection;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Values at the edges of every field, with our cookie: no arithmetic may overflow or wrap. */
class HostilePacketTest {

  /** The last second of NTP's era 0, 2036-02-07T06:28:15Z, and where era 1 begins. */
  private static final long LAST_SECOND = 0xFFFF_FFFFL << 32;

  private static final long QUARTER_SECOND = 1L << 30;
  private static final long ERA_1_EPOCH_NANOS = 2_085_978_496_000_000_000L;

  private static NtpOutcome outcome(PacketBuilder packet, long roundTripNanos) {
    ExchangeBench bench = new ExchangeBench();
    bench.receive(packet, roundTripNanos);
    assertThat(bench.outcomes).hasSize(1);
    return bench.outcomes.get(0);
  }

  static Stream<Arguments> shouldRefuseWhatIsImpossible() {
    long receive = NtpTimestamp.ofEpochNanos(PacketBuilder.EPOCH);
    return Stream.of(
        Arguments.of(good().precision(127), NtpRejection.ROOT_DISTANCE_TOO_LARGE),
        Arguments.of(good().precision(2), NtpRejection.ROOT_DISTANCE_TOO_LARGE),
        Arguments.of(good().precision(127).root(-1, -1), NtpRejection.ROOT_DISTANCE_TOO_LARGE),
        Arguments.of(good().root(Integer.MIN_VALUE, 0), NtpRejection.ROOT_DISTANCE_TOO_LARGE),
        Arguments.of(good().root(0, Integer.MIN_VALUE), NtpRejection.ROOT_DISTANCE_TOO_LARGE),
        Arguments.of(
            good().transmit(receive + Long.MAX_VALUE).reference(0), NtpRejection.NEGATIVE_DELAY),
        Arguments.of(
            good().transmit(receive + Long.MIN_VALUE).reference(0),
            NtpRejection.TRANSMIT_BEFORE_RECEIVE),
        Arguments.of(good().transmit(receive - 1), NtpRejection.TRANSMIT_BEFORE_RECEIVE),
        Arguments.of(
            good().reference(receive + Long.MIN_VALUE + (1L << 32)), NtpRejection.STALE_REFERENCE),
        Arguments.of(good().stratum(128), NtpRejection.STRATUM_TOO_HIGH));
  }

  @ParameterizedTest
  @MethodSource
  void shouldRefuseWhatIsImpossible(PacketBuilder packet, NtpRejection expected) {
    NtpOutcome outcome = outcome(packet, 10 * MILLI);

    assertThat(((NtpOutcome.Refused) outcome).reason()).isEqualTo(expected);
  }

  @Test
  void shouldTakeTheFinestPrecisionForOneNanosecond() {
    NtpOutcome outcome = outcome(good().precision(-128), 10 * MILLI);

    assertThat(((NtpOutcome.Accepted) outcome).sample().precisionNanos()).isEqualTo(1_001);
  }

  @Test
  void shouldReckonAcrossTheEndOfTheEraWhenItEndsBetweenReceiveAndTransmit() {
    PacketBuilder packet =
        good()
            .receive(LAST_SECOND + 3 * QUARTER_SECOND)
            .transmit(QUARTER_SECOND)
            .reference(LAST_SECOND - (8L << 32));

    NtpOutcome outcome = outcome(packet, 520 * MILLI);

    NtpSample sample = ((NtpOutcome.Accepted) outcome).sample();
    assertThat(sample.epochNanos()).isEqualTo(ERA_1_EPOCH_NANOS);
    assertThat(sample.delayNanos()).isEqualTo(20 * MILLI);
  }

  @ParameterizedTest
  @CsvSource({"0,false", "3599,false", "3601,true", "86399,true"})
  void shouldNoteAnOldReferenceTimeUpToADay(long ageSeconds, boolean isStale) {
    long transmitEpochNanos = PacketBuilder.EPOCH + 100_000;
    PacketBuilder packet =
        good().referenceEpochNanos(transmitEpochNanos - ageSeconds * 1_000 * MILLI);

    NtpOutcome outcome = outcome(packet, 10 * MILLI);

    assertThat(((NtpOutcome.Accepted) outcome).sample().isReferenceStale()).isEqualTo(isStale);
  }

  @Test
  void shouldNoteThatAServerWasNeverSet() {
    NtpOutcome outcome = outcome(good().reference(0), 10 * MILLI);

    assertThat(((NtpOutcome.Accepted) outcome).sample().isReferenceStale()).isTrue();
  }

  @Test
  void shouldNeverAcceptAnIntervalThatDoesNotAddUpWhenFieldsAreRandom() {
    SplittableRandom random = new SplittableRandom(5);
    int accepted = 0;
    for (int i = 0; i < 200_000; i++) {
      long receive = random.nextLong();
      PacketBuilder packet =
          good()
              .leap(random.nextInt(4))
              .stratum(random.nextInt(20))
              .precision(random.nextInt(-128, 128))
              .root(random.nextInt() >> random.nextInt(32), random.nextInt() >> random.nextInt(32))
              .receive(receive)
              .transmit(receive + (random.nextLong() >> random.nextInt(64)))
              .reference(random.nextBoolean() ? 0 : receive - (1L << 32));
      NtpOutcome outcome = outcome(packet, random.nextLong(0, 1_000 * MILLI));
      if (outcome instanceof NtpOutcome.Accepted good) {
        accepted++;
        assertThat(good.sample().halfWidthNanos()).isBetween(1L, 5_000 * MILLI);
        assertThat(good.sample().delayNanos()).isBetween(0L, 1_000 * MILLI);
      }
    }

    assertThat(accepted).isPositive();
  }
}
