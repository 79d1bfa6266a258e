package com.ibstream.clocksync.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.ibstream.clocksync.seam.UdpTransport.UdpFailure;
import java.net.Inet6Address;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedServerTest {

  private static final long MILLI = 1_000_000L;

  private final SimulatedWorld world = new SimulatedWorld(1, Instant.parse("2026-11-23T09:30:00Z"));
  private final SimulatedServer server = world.server("192.0.2.1");

  private Asker ask() {
    Asker asker = new Asker(world, server);
    world.runFor(Duration.ofMillis(20));
    return asker;
  }

  /** Served minus true time, as of an exchange that begins now. */
  private long servedErrorNanos() {
    long sentEpochNanos = world.trueEpochNanos();
    return ask().only().receiveEpochNanos() - (sentEpochNanos + 5 * MILLI);
  }

  @Test
  void shouldServeTheTruthWhenHonest() {
    long sentEpochNanos = world.trueEpochNanos();
    long sentMonoNanos = world.monoNanos();

    Asker asker = ask();

    Asker.Answer answer = asker.only();
    assertThat(asker.flight.sentMonoNanos()).isEqualTo(sentMonoNanos);
    assertThat(answer.cookie()).isEqualTo(asker.cookie);
    assertThat(answer.from()).isEqualTo(server.address());
    assertThat(answer.mono() - sentMonoNanos).isEqualTo(10 * MILLI);
    assertThat(answer.receiveEpochNanos()).isEqualTo(sentEpochNanos + 5 * MILLI);
    assertThat(answer.transmitEpochNanos()).isEqualTo(sentEpochNanos + 5 * MILLI);
  }

  @Test
  void shouldDriftAwayAndStayWhereItIsWhenTheDriftEnds() {
    server.error(1_000).clock().driftPpm(50);
    world.runFor(Duration.ofSeconds(1_000));

    assertThat(servedErrorNanos()).isCloseTo(1_000 + 50 * MILLI, within(500L));

    server.clock().driftPpm(0);
    world.runFor(Duration.ofSeconds(1_000));

    assertThat(servedErrorNanos()).isCloseTo(1_000 + 50 * MILLI, within(2_000L));
  }

  @Test
  void shouldSwingAroundTheTruthWhenSteered() {
    server.clock().swing(MILLI, Duration.ofMinutes(4));

    world.runFor(Duration.ofMinutes(1));

    assertThat(servedErrorNanos()).isCloseTo(MILLI, within(10L));
    world.runFor(Duration.ofMinutes(2));
    assertThat(servedErrorNanos()).isCloseTo(-MILLI, within(1_000L));
  }

  @ParameterizedTest
  @CsvSource({
    "2016-12-31T11:59:50Z,0",
    "2016-12-31T18:00:00Z,-250000000",
    "2016-12-31T23:59:57Z,-500000000",
    "2017-01-01T00:00:01Z,500000000",
    "2017-01-01T06:00:00Z,250000000",
    "2017-01-01T12:00:01Z,0"
  })
  void shouldSmearALeapSecondFromNoonToNoon(Instant when, long expectedErrorNanos) {
    Instant start = Instant.parse("2016-12-31T10:00:00Z");
    Instant midnight = Instant.parse("2017-01-01T00:00:00Z");
    SimulatedWorld leaping = new SimulatedWorld(1, start);
    SimulatedServer smearing = leaping.server("192.0.2.1").leap(1);
    SimulatedServer stepping = leaping.server("192.0.2.2");
    smearing.clock().smear(midnight);
    leaping.leapSecond(midnight);

    leaping.runFor(Duration.between(start, when).plusSeconds(when.isBefore(midnight) ? 0 : 1));

    assertThat(leaping.trueEpochNanos()).isEqualTo(SimulatedWorld.epochNanos(when));
    Asker asker = new Asker(leaping, smearing);
    Asker honest = new Asker(leaping, stepping);
    leaping.runFor(Duration.ofMillis(20));
    long trueEpochNanos = SimulatedWorld.epochNanos(when) + 5 * MILLI;
    assertThat(honest.only().receiveEpochNanos()).isEqualTo(trueEpochNanos);
    // 1 s in 86,401 s: 12 µs for each second beside the exact instant
    assertThat(asker.only().receiveEpochNanos() - trueEpochNanos)
        .isCloseTo(expectedErrorNanos, within(50_000L));
    assertThat(asker.only().packet().get(0) >>> 6 & 3).isEqualTo(1);
  }

  @Test
  void shouldRefuseALeapSecondInThePast() {
    assertThatThrownBy(() -> world.leapSecond(Instant.parse("2017-01-01T00:00:00Z")))
        .hasMessageContaining("2017");
  }

  @Test
  void shouldGrowItsDispersionWhenItLostItsSource() {
    server.root(0, 10 * MILLI).sourceLost(true);
    world.runFor(Duration.ofHours(1));

    Asker.Answer lost = ask().only();
    server.sourceLost(false);
    Asker.Answer found = ask().only();

    // 15 ppm of an hour
    assertThat(lost.rootDispersionNanos()).isCloseTo(10e6 + 54e6, within(20_000.0));
    assertThat(lost.transmitEpochNanos() - lost.referenceEpochNanos())
        .isGreaterThan(Duration.ofHours(1).toNanos());
    assertThat(found.rootDispersionNanos()).isCloseTo(10e6, within(20_000.0));
  }

  @Test
  void shouldClaimALargeRootDelayWithoutOverflow() {
    server.root(Duration.ofMinutes(1_000).toNanos(), 0);

    assertThat(ask().only().packet().getInt(4) & 0xFFFF_FFFFL)
        .isBetween(60_000L << 16, (60_000L << 16) + 1);
  }

  @Test
  void shouldHoldARequestWithHonestStamps() {
    server.hold(3 * MILLI);

    Asker asker = ask();

    assertThat(asker.only().transmitEpochNanos() - asker.only().receiveEpochNanos())
        .isEqualTo(3 * MILLI);
    assertThat(asker.only().mono() - asker.flight.sentMonoNanos()).isEqualTo(13 * MILLI);
  }

  @Test
  void shouldStampWronglyWhenTold() {
    server.stamps(-20 * MILLI, 20 * MILLI);

    Asker.Answer answer = ask().only();

    assertThat(answer.transmitEpochNanos() - answer.receiveEpochNanos()).isEqualTo(40 * MILLI);
  }

  @Test
  void shouldTamperWithAnswers() {
    assertThat(answerWith(Tampering.truncated(47)).packet().capacity()).isEqualTo(47);
    assertThat(answerWith(Tampering.cookie(5)).cookie()).isEqualTo(5);
    assertThat(answerWith(Tampering.octet(1, 255)).packet().get(1)).isEqualTo((byte) 255);
    Asker.Answer extended = answerWith(Tampering.extended((byte) 1, (byte) 2));
    assertThat(extended.packet().capacity()).isEqualTo(50);
    assertThat(extended.packet().get(49)).isEqualTo((byte) 2);
  }

  private Asker.Answer answerWith(UnaryOperator<byte[]> tampering) {
    server.tamper(tampering);
    return ask().only();
  }

  @Test
  void shouldAnswerFromAnotherAddressWhenTold() {
    server.answersFrom("198.51.100.9");

    assertThat(ask().only().from().getAddress().getHostAddress()).isEqualTo("198.51.100.9");
  }

  @Test
  void shouldBeForgedWithGuessedCookiesBeforeAndAfterTheAnswer() {
    server.forge(50, 3_600_000 * MILLI, Duration.ofMillis(20));

    Asker asker = ask();

    assertThat(asker.answers).hasSize(51);
    int real = 0;
    while (asker.answers.get(real).cookie() != asker.cookie) {
      real++;
    }
    assertThat(real).as("some before, some after").isBetween(10, 40);
    assertThat(asker.answers).filteredOn(a -> a.cookie() == asker.cookie).hasSize(1);
    assertThat(asker.answers).allMatch(a -> a.from().equals(server.address()));
  }

  @Test
  void shouldSayThatThePortIsClosedOrTheNetworkDown() {
    server.portClosed(true);
    Asker closed = ask();
    world.networkDown(true);
    Asker down = ask();
    world.networkDown(false);
    server.portClosed(false).silent(true);
    Asker dead = ask();

    assertThat(closed.failures).containsExactly(UdpFailure.Kind.PORT_UNREACHABLE);
    assertThat(down.failures).containsExactly(UdpFailure.Kind.NETWORK_UNREACHABLE);
    assertThat(dead.failures).isEmpty();
    assertThat(dead.answers).isEmpty();
  }

  @Test
  void shouldAnswerTwiceWhenPacketsAreDoubled() {
    server.path().duplication(1);

    assertThat(ask().answers).hasSize(4);
  }

  @Test
  void shouldHandNothingOverWhenTheFlightIsClosed() {
    Asker asker = new Asker(world, server);

    asker.flight.close();
    world.runFor(Duration.ofSeconds(1));

    assertThat(asker.answers).isEmpty();
  }

  @Test
  void shouldTakeAnotherRouteWhenThePathIsReplaced() {
    server.path(new SimulatedPath().delay(MILLI, 2 * MILLI));

    Asker asker = ask();

    assertThat(asker.only().mono() - asker.flight.sentMonoNanos()).isEqualTo(3 * MILLI);
  }

  @Test
  void shouldAnswerOverVersion6AndAtOtherPorts() {
    SimulatedServer other = world.server("2001:db8::1", 1123);

    Asker asker = new Asker(world, other);
    world.runFor(Duration.ofMillis(20));

    assertThat(asker.only().from().getPort()).isEqualTo(1123);
    assertThat(asker.only().local().getAddress()).isInstanceOf(Inet6Address.class);
  }
}
