package com.ibstream.clocksync.ntp;

import static com.ibstream.clocksync.ntp.PacketBuilder.EPOCH;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import com.ibstream.clocksync.facts.NtpRejection;
import com.ibstream.clocksync.seam.SteadyClock;
import com.ibstream.clocksync.seam.UdpTransport.UdpFailure;
import com.ibstream.clocksync.seam.UdpTransport.UdpFlight;
import com.ibstream.clocksync.seam.UdpTransport.UdpReceiver;
import com.ibstream.clocksync.time.RateBounds;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NtpExchangeTest {

  private static final long COOKIE = 0x0123_4567_89AB_CDEFL;
  private static final long SENT =
      Long.MAX_VALUE - 5_000_000; // the ruler overflows during the exchange
  private static final long MILLI = 1_000_000;
  private static final InetSocketAddress SERVER =
      new InetSocketAddress(InetAddresses.forString("192.0.2.1"), 123);
  private static final InetSocketAddress LOCAL =
      new InetSocketAddress(InetAddresses.forString("198.51.100.20"), 40_000);
  private static final NtpPolicy POLICY = new NtpPolicy(1_000 * MILLI, 3_000 * MILLI, 515, 1_000);

  private final List<NtpOutcome> outcomes = new ArrayList<>();
  private final List<Runnable> timers = new ArrayList<>();
  private byte[] request = new byte[0];

  private NtpExchange start(boolean isUndisciplinedAllowed) {
    UdpFlight flight =
        new UdpFlight() {
          @Override
          public long sentMonoNanos() {
            return SENT;
          }

          @Override
          public void close() {}
        };
    return NtpExchange.start(
        (server, payload, receiver) -> {
          request = payload.clone();
          return flight;
        },
        (at, task) -> timers.add(task),
        SERVER,
        COOKIE,
        isUndisciplinedAllowed,
        POLICY,
        SteadyClock.RULER,
        outcomes::add);
  }

  private NtpOutcome answer(UdpReceiver exchange, byte[] packet, long roundTripNanos) {
    exchange.received(SERVER, LOCAL, packet, SENT + roundTripNanos);
    assertThat(outcomes).hasSize(1);
    return outcomes.get(0);
  }

  private static PacketBuilder good() {
    return new PacketBuilder().originate(COOKIE);
  }

  @Test
  void shouldTellTheServerNothingButTheCookieWhenItAsks() {
    start(false);

    assertThat(request).hasSize(48);
    assertThat(request[0]).isEqualTo((byte) 0x23); // leap 0, version 4, mode 3
    assertThat(Arrays.copyOfRange(request, 1, 40)).containsOnly(0);
    assertThat(NtpPacket.parse(request).orElseThrow().transmit()).isEqualTo(COOKIE);
  }

  @Test
  void shouldProveUtcAtTheMiddleOfTheExchangeWhenTheAnswerIsGood() {
    NtpOutcome outcome = answer(start(false), good().build(), 20 * MILLI);

    NtpSample sample = ((NtpOutcome.Accepted) outcome).sample();
    assertThat(sample.rawNanos() - SENT).isEqualTo(10 * MILLI);
    assertThat(sample.epochNanos()).isBetween(EPOCH + 50_000 - 1, EPOCH + 50_000 + 1);
    assertThat(sample.delayNanos()).isBetween(20 * MILLI - 100_001, 20 * MILLI - 99_999);
    assertThat(sample.rootDelayNanos()).isEqualTo(991_822); // 65 / 65536 s, rounded up
    assertThat(sample.rootDispersionNanos()).isEqualTo(1_998_902);
    assertThat(sample.precisionNanos()).isEqualTo(954 + 1_000);
    assertThat(sample.rulerErrorNanos()).isEqualTo(5_150); // 515 ppm of half the round trip
    assertThat(sample.halfWidthNanos())
        .isEqualTo(
            NtpSample.halfUp(sample.delayNanos())
                + NtpSample.halfUp(sample.rootDelayNanos())
                + sample.rootDispersionNanos()
                + sample.precisionNanos()
                + sample.rulerErrorNanos());
    assertThat(sample.latestAt(sample.rawNanos() + 1_000 * MILLI, new RateBounds(-515, 515)))
        .isEqualTo(
            sample.epochNanosAt(sample.rawNanos() + 1_000 * MILLI)
                + sample.halfWidthNanos()
                + 515_000);
    assertThat(sample.referenceText()).isEqualTo("GPS");
    assertThat(sample.hasParent()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {48, 52, 68, 1024})
  void shouldTolerateWhatFollowsTheHeader(int length) {
    byte[] packet = Arrays.copyOf(good().build(), length);

    assertThat(answer(start(false), packet, MILLI)).isInstanceOf(NtpOutcome.Accepted.class);
  }

  static Stream<Arguments> shouldRefuseWithItsReason() {
    return Stream.of(
        Arguments.of(good().stratum(0).referenceId("RATE"), NtpRejection.KISS_RATE),
        Arguments.of(good().stratum(0).referenceId("DENY"), NtpRejection.KISS_DENY),
        Arguments.of(good().stratum(0).referenceId("RSTR"), NtpRejection.KISS_RSTR),
        Arguments.of(good().stratum(0).referenceId("XYZ"), NtpRejection.KISS_OTHER),
        Arguments.of(good().stratum(0).leap(3).referenceId("RATE"), NtpRejection.KISS_RATE),
        Arguments.of(good().leap(3), NtpRejection.NOT_SYNCHRONISED),
        Arguments.of(good().stratum(16), NtpRejection.STRATUM_TOO_HIGH),
        Arguments.of(good().stratum(255), NtpRejection.STRATUM_TOO_HIGH),
        Arguments.of(good().receive(0), NtpRejection.ZERO_TIMESTAMP),
        Arguments.of(good().transmit(0), NtpRejection.ZERO_TIMESTAMP),
        Arguments.of(
            good().transmit(NtpTimestamp.ofEpochNanos(EPOCH - 2)),
            NtpRejection.TRANSMIT_BEFORE_RECEIVE),
        Arguments.of(
            good().transmit(NtpTimestamp.ofEpochNanos(EPOCH + 12 * MILLI)),
            NtpRejection.NEGATIVE_DELAY),
        Arguments.of(good().root(3 * 65536 * 2, 0), NtpRejection.ROOT_DISTANCE_TOO_LARGE),
        Arguments.of(good().root(0, 3 * 65536 + 1), NtpRejection.ROOT_DISTANCE_TOO_LARGE),
        Arguments.of(good().root(-1, 0), NtpRejection.ROOT_DISTANCE_TOO_LARGE),
        Arguments.of(good().precision(127), NtpRejection.ROOT_DISTANCE_TOO_LARGE),
        Arguments.of(
            good().referenceEpochNanos(EPOCH + 200_000),
            NtpRejection.REFERENCE_NEWER_THAN_TRANSMIT),
        Arguments.of(
            good().referenceEpochNanos(EPOCH - 86_401_000_000_000L), NtpRejection.STALE_REFERENCE),
        Arguments.of(good().referenceId("LOCL"), NtpRejection.SELF_REFERENCE),
        Arguments.of(good().stratum(10).referenceId(127, 127, 1, 0), NtpRejection.SELF_REFERENCE),
        Arguments.of(good().stratum(2).referenceId(127, 127, 1, 1), NtpRejection.SELF_REFERENCE),
        Arguments.of(good().stratum(2).referenceId(198, 51, 100, 20), NtpRejection.LOOP));
  }

  @ParameterizedTest
  @MethodSource
  void shouldRefuseWithItsReason(PacketBuilder packet, NtpRejection expected) {
    NtpOutcome outcome = answer(start(false), packet.build(), 10 * MILLI);

    assertThat(((NtpOutcome.Refused) outcome).reason()).isEqualTo(expected);
  }

  static Stream<Arguments> shouldAcceptWhatIsJustWithinTheLimits() {
    return Stream.of(
        Arguments.of(good().stratum(15)),
        Arguments.of(good().leap(1)),
        Arguments.of(good().leap(2)),
        Arguments.of(good().version(3)),
        Arguments.of(good().reference(0)),
        Arguments.of(good().referenceEpochNanos(EPOCH)),
        Arguments.of(good().referenceEpochNanos(EPOCH - 86_399_000_000_000L)),
        Arguments.of(good().root(0, 3 * 65536 - 1)),
        Arguments.of(good().transmit(NtpTimestamp.ofEpochNanos(EPOCH))),
        Arguments.of(good().transmit(NtpTimestamp.ofEpochNanos(EPOCH + 10 * MILLI + 1_000))),
        Arguments.of(good().stratum(1).referenceId(198, 51, 100, 20)),
        Arguments.of(good().stratum(2).referenceId(127, 0, 0, 1)));
  }

  @ParameterizedTest
  @MethodSource
  void shouldAcceptWhatIsJustWithinTheLimits(PacketBuilder packet) {
    NtpOutcome outcome = answer(start(false), packet.build(), 10 * MILLI);

    assertThat(outcome).isInstanceOf(NtpOutcome.Accepted.class);
    assertThat(((NtpOutcome.Accepted) outcome).sample().delayNanos()).isNotNegative();
  }

  @Test
  void shouldAcceptAnUndisciplinedServerWhereItIsAllowed() {
    PacketBuilder local = good().stratum(1).referenceId(127, 127, 1, 1);

    NtpOutcome outcome = answer(start(true), local.build(), 10 * MILLI);

    assertThat(outcome).isInstanceOf(NtpOutcome.Accepted.class);
    assertThat(((NtpOutcome.Accepted) outcome).sample().hasParent()).isFalse();
  }

  static Stream<Arguments> shouldIgnoreWhatIsNotOursAndStillTakeTheAnswer() {
    return Stream.of(
        Arguments.of(SERVER, good().originate(COOKIE + 1).build(), NtpRejection.COOKIE_MISMATCH),
        Arguments.of(
            SERVER,
            good().originate(0).stratum(0).referenceId("DENY").build(),
            NtpRejection.COOKIE_MISMATCH),
        Arguments.of(SERVER, good().mode(3).build(), NtpRejection.WRONG_MODE),
        Arguments.of(SERVER, good().mode(5).build(), NtpRejection.WRONG_MODE),
        Arguments.of(SERVER, good().version(2).build(), NtpRejection.UNSUPPORTED_VERSION),
        Arguments.of(SERVER, good().version(5).build(), NtpRejection.UNSUPPORTED_VERSION),
        Arguments.of(SERVER, new byte[47], NtpRejection.SHORT_PACKET),
        Arguments.of(SERVER, new byte[0], NtpRejection.SHORT_PACKET),
        Arguments.of(
            new InetSocketAddress(SERVER.getAddress(), 124),
            good().build(),
            NtpRejection.WRONG_ADDRESS),
        Arguments.of(
            new InetSocketAddress(LOCAL.getAddress(), 123),
            good().build(),
            NtpRejection.WRONG_ADDRESS));
  }

  @ParameterizedTest
  @MethodSource
  void shouldIgnoreWhatIsNotOursAndStillTakeTheAnswer(
      InetSocketAddress from, byte[] packet, NtpRejection expected) {
    NtpExchange exchange = start(false);
    exchange.received(from, LOCAL, packet, SENT + MILLI);
    assertThat(outcomes).isEmpty();

    NtpOutcome outcome = answer(exchange, good().build(), 2 * MILLI);

    assertThat(outcome).isInstanceOf(NtpOutcome.Accepted.class);
    assertThat(outcome.ignored()).containsExactly(expected);
  }

  @Test
  void shouldSayTimeoutWhenNobodyAnswers() {
    start(false);

    List.copyOf(timers).forEach(Runnable::run);

    assertThat(outcomes)
        .containsExactly(new NtpOutcome.Refused(NtpRejection.TIMEOUT, "", List.of()));
  }

  @Test
  void shouldNameTheRubbishWhenNothingElseCame() {
    NtpExchange exchange = start(false);
    exchange.received(SERVER, LOCAL, new byte[10], SENT + MILLI);
    exchange.received(SERVER, LOCAL, good().originate(7).build(), SENT + MILLI);

    List.copyOf(timers).forEach(Runnable::run);

    assertThat(outcomes)
        .containsExactly(
            new NtpOutcome.Refused(
                NtpRejection.COOKIE_MISMATCH, "", List.of(NtpRejection.SHORT_PACKET)));
  }

  @Test
  void shouldEndOnceWhenTheNetworkRefusesAndTheTimerFollows() {
    NtpExchange exchange = start(false);
    exchange.failed(new UdpFailure(UdpFailure.Kind.PORT_UNREACHABLE, "refused"));
    exchange.failed(new UdpFailure(UdpFailure.Kind.NETWORK_UNREACHABLE, "again"));
    exchange.received(SERVER, LOCAL, good().build(), SENT + MILLI);

    List.copyOf(timers).forEach(Runnable::run);

    assertThat(outcomes)
        .containsExactly(
            new NtpOutcome.Refused(NtpRejection.PORT_UNREACHABLE, "refused", List.of()));
  }

  @Test
  void shouldNeverThrowAndNeverAcceptWithoutTheCookieWhenBytesAreRandom() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 100_000; i++) {
      outcomes.clear();
      byte[] bytes = new byte[random.nextInt(0, 80)];
      random.nextBytes(bytes);
      boolean hasCookie = random.nextBoolean() && bytes.length >= 48;
      if (hasCookie) {
        System.arraycopy(good().build(), 24, bytes, 24, 8);
        bytes[0] = (byte) ((bytes[0] & 0xC0) | 0x24);
      }

      start(false).received(SERVER, LOCAL, bytes, SENT + random.nextLong(0, 1_000 * MILLI));

      assertThat(outcomes.stream().anyMatch(NtpOutcome.Accepted.class::isInstance) && !hasCookie)
          .isFalse();
    }
  }
}
