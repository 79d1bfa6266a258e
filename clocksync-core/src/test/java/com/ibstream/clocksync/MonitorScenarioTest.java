package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.Consensus;
import com.ibstream.clocksync.facts.NtpRejection;
import com.ibstream.clocksync.facts.SourceFacts;
import com.ibstream.clocksync.facts.SourceState;
import com.ibstream.clocksync.testing.SimulatedServer;
import com.ibstream.clocksync.testing.SimulatedWorld;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.time.TrustReason;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole monitor in simulated time, against a known truth. */
class MonitorScenarioTest {

  private static final Instant START = Instant.parse("2026-11-23T09:30:00Z");
  private static final String[] ADDRESSES = {
    "192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4", "192.0.2.5"
  };

  private final SimulatedWorld world = new SimulatedWorld(1, START);
  private final List<SimulatedServer> servers = new ArrayList<>();
  private final List<ClockEvent> events = new ArrayList<>();

  private ClockMonitor start(int serverCount) {
    for (int i = 0; i < serverCount; i++) {
      servers.add(world.server(ADDRESSES[i]).path(5_000_000, 5_000_000, 300_000));
    }
    ClockMonitor monitor =
        ClockMonitor.start(
            ClockMonitorConfig.builder()
                .servers(List.of(ADDRESSES).subList(0, serverCount))
                .build(),
            world.seams());
    monitor.addListener(events::add);
    return monitor;
  }

  private void assertHoldsTruth(ClockMonitor monitor) {
    Reading reading = monitor.clock().read(new Reading());
    assertThat(world.trueEpochNanos())
        .as("truth within %s", reading)
        .isBetween(reading.earliestEpochNanos(), reading.latestEpochNanos());
  }

  private void assertHoldsTruthFor(ClockMonitor monitor, Duration duration, Duration step) {
    for (Duration done = Duration.ZERO; done.compareTo(duration) < 0; done = done.plus(step)) {
      world.runFor(step);
      assertHoldsTruth(monitor);
    }
  }

  private static SourceState stateOf(ClockStatus status, String server) {
    return status.sources().stream()
        .filter(s -> s.server().equals(server))
        .findFirst()
        .orElseThrow()
        .state();
  }

  @Test
  void shouldTrustAfterOneRoundTripWhenServersAgree() throws Exception {
    ClockMonitor monitor = start(5);

    world.runFor(Duration.ofMillis(100));

    assertThat(monitor.clock().isTrusted()).isTrue();
    assertThat(monitor.status().consensus()).isEqualTo(Consensus.MAJORITY);
    assertHoldsTruth(monitor);
    monitor.awaitTrusted(Duration.ZERO);
  }

  @Test
  void shouldKeepTrustWithoutFlappingAllDayWhenAllIsWell() {
    long wallStart = System.nanoTime();
    world.rulerErrorPpm(12);
    ClockMonitor monitor = start(5);
    world.runFor(Duration.ofSeconds(1));
    events.clear();

    assertHoldsTruthFor(monitor, Duration.ofDays(1), Duration.ofSeconds(10));

    System.out.printf(
        "simulated day of the monitor: %.2f s%n", (System.nanoTime() - wallStart) / 1e9);
    // The system clock of this world runs with the ruler, so it alone goes wrong, by a second a
    // day.
    assertThat(events).allMatch(ClockEvent.SystemClockChanged.class::isInstance);
    assertThat(monitor.status().trust()).isEqualTo(TrustLevel.TRUSTED);
    assertThat(monitor.status().utc().orElseThrow().ratePpm()).isBetween(-14.0, -10.0);
    assertThat(monitor.status().sources()).allMatch(source -> source.sentCount() < 86_400 / 16);
  }

  @Test
  void shouldKnowNothingAndSaySoPerServerWhenThereIsNoNetwork() {
    ClockMonitor monitor = start(3);
    servers.forEach(server -> server.silent(true));

    world.runFor(Duration.ofMinutes(5));

    assertThat(monitor.clock().isTrusted()).isFalse();
    assertThat(monitor.status().trust()).isEqualTo(TrustLevel.UNKNOWN);
    assertThat(monitor.status().systemClock()).isEmpty();
    assertThat(monitor.status().utc()).isEmpty();
    assertThat(monitor.status().sources())
        .allMatch(source -> source.rejection().orElseThrow() == NtpRejection.TIMEOUT)
        .allMatch(source -> source.state() == SourceState.UNREACHABLE);
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> monitor.awaitTrusted(Duration.ZERO)))
        .hasMessageContaining("192.0.2.1: TIMEOUT")
        .hasMessageContaining("192.0.2.3: TIMEOUT");
  }

  @Test
  void shouldNameTheLiarsAndHoldTheTruthWhenMinorityLies() {
    ClockMonitor monitor = start(5);
    servers.get(1).error(250_000_000);
    servers.get(4).error(250_000_000);

    assertHoldsTruthFor(monitor, Duration.ofHours(1), Duration.ofSeconds(1));

    assertThat(monitor.clock().isTrusted()).isTrue();
    assertThat(stateOf(monitor.status(), ADDRESSES[1])).isEqualTo(SourceState.FALSETICKER);
    assertThat(stateOf(monitor.status(), ADDRESSES[4])).isEqualTo(SourceState.FALSETICKER);
    assertThat(monitor.status().truechimerCount()).isEqualTo(3);
  }

  @Test
  void shouldShowAllIntervalsAndNeverTrustWhenTwoServersDisagree() {
    ClockMonitor monitor = start(2);
    servers.get(1).error(250_000_000);

    world.runFor(Duration.ofMinutes(10));

    assertThat(monitor.status().trust()).isEqualTo(TrustLevel.UNKNOWN);
    assertThat(monitor.status().consensus()).isEqualTo(Consensus.NONE);
    assertThat(monitor.status().sources())
        .allMatch(source -> source.state() == SourceState.UNDECIDED)
        .allMatch(source -> source.measurement().isPresent());
  }

  @Test
  void shouldHoldOverAndLoseTrustByArithmeticWhenNetworkIsLost() {
    ClockMonitor monitor = start(5);
    world.runFor(Duration.ofMinutes(1));
    servers.forEach(server -> server.silent(true));
    long leftNanos = monitor.status().trustLeftNanos().orElseThrow();

    world.runFor(Duration.ofNanos(leftNanos - 1_000_000_000L));
    ClockStatus before = monitor.status();
    world.runFor(Duration.ofSeconds(2));
    ClockStatus after = monitor.status();

    assertThat(before.isSafeToStamp()).isTrue();
    assertThat(after.trust()).isEqualTo(TrustLevel.UNTRUSTED);
    assertThat(after.reason()).isEqualTo(TrustReason.BOUND_TOO_WIDE);
    assertHoldsTruth(monitor);
  }

  @Test
  void shouldBeInHoldoverBeforeTrustEndsWhenNetworkIsLost() {
    start(5);
    world.runFor(Duration.ofMinutes(1));
    servers.forEach(server -> server.silent(true));

    world.runFor(Duration.ofMinutes(30));

    assertThat(events)
        .filteredOn(ClockEvent.TrustChanged.class::isInstance)
        .extracting(event -> ((ClockEvent.TrustChanged) event).to())
        .containsExactly(TrustLevel.TRUSTED, TrustLevel.HOLDOVER, TrustLevel.UNTRUSTED);
  }

  @Test
  void shouldRegainTrustWhenNetworkReturns() {
    ClockMonitor monitor = start(5);
    world.runFor(Duration.ofMinutes(1));
    servers.forEach(server -> server.silent(true));
    world.runFor(Duration.ofHours(2));
    servers.forEach(server -> server.silent(false));

    world.runFor(Duration.ofMinutes(2));

    assertThat(monitor.status().trust()).isEqualTo(TrustLevel.TRUSTED);
    assertHoldsTruth(monitor);
  }

  @ParameterizedTest
  @ValueSource(longs = {37_000_000_000L, -37_000_000_000L, -61_200_000_000_000L, 300_000_000L})
  void shouldMeasureTheSystemClockAndKeepStampsRightWhenItIsStepped(long stepNanos) {
    ClockMonitor monitor = start(5);
    world.runFor(Duration.ofMinutes(1));

    world.wallClock().step(stepNanos);
    assertHoldsTruthFor(monitor, Duration.ofSeconds(3), Duration.ofMillis(50));

    ClockStatus status = monitor.status();
    long offset = status.systemClock().orElseThrow().offsetNanos();
    assertThat(offset).isBetween(-stepNanos - 5_000_000, -stepNanos + 5_000_000);
    assertThat(status.systemClock().orElseThrow().earliestOffsetNanos())
        .isLessThanOrEqualTo(-stepNanos);
    assertThat(status.systemClock().orElseThrow().latestOffsetNanos())
        .isGreaterThanOrEqualTo(-stepNanos);
    assertThat(monitor.clock().isTrusted()).isTrue();
  }

  @Test
  void shouldTakeOneServerAsWantedSingleSourceWhenOneIsConfigured() {
    ClockMonitor monitor = start(1);

    world.runFor(Duration.ofMinutes(1));

    assertThat(monitor.status().consensus()).isEqualTo(Consensus.SINGLE_SOURCE);
    assertThat(monitor.status().reason()).isEqualTo(TrustReason.SINGLE_SOURCE);
    assertHoldsTruth(monitor);
  }

  @Test
  void shouldNotTrustOneSurvivorWhenTwoAreConfigured() {
    ClockMonitor monitor = start(2);
    servers.get(0).silent(true);

    world.runFor(Duration.ofMinutes(5));

    assertThat(monitor.status().trust()).isEqualTo(TrustLevel.UNKNOWN);
  }

  @Test
  void shouldGoOnWithTheOthersAndNameTheCulpritWhenHostIsUnknown() {
    for (String address : ADDRESSES) {
      world.server(address);
    }
    ClockMonitor monitor =
        ClockMonitor.start(
            ClockMonitorConfig.builder()
                .servers("no.such.host", ADDRESSES[0], ADDRESSES[1])
                .build(),
            world.seams());

    world.runFor(Duration.ofSeconds(1));

    assertThat(monitor.clock().isTrusted()).isTrue();
    SourceFacts unknown =
        monitor.status().sources().stream()
            .filter(s -> s.server().equals("no.such.host"))
            .findFirst()
            .orElseThrow();
    assertThat(unknown.rejection()).contains(NtpRejection.UNKNOWN_HOST);
    assertThat(unknown.detail()).contains("no.such.host");
  }

  @Test
  void shouldUseFourAddressesOfAPoolWithoutDuplicatesAcrossEntries() {
    world
        .names()
        .name("pool.ntp.org", ADDRESSES)
        .name("us.pool.ntp.org", ADDRESSES)
        .name("a.example", ADDRESSES);
    for (String address : ADDRESSES) {
      world.server(address);
    }
    ClockMonitor monitor =
        ClockMonitor.start(
            ClockMonitorConfig.builder()
                .servers("a.example", "pool.ntp.org", "us.pool.ntp.org")
                .build(),
            world.seams());

    world.runFor(Duration.ofSeconds(1));

    assertThat(monitor.status().sources())
        .extracting(SourceFacts::address)
        .doesNotHaveDuplicates()
        .hasSize(5);
    assertThat(monitor.status().configuredServerCount()).isEqualTo(3);
  }

  @Test
  void shouldNotTrustCopiesOfOneOpinionWhenTheyShareAParent() {
    ClockMonitor monitor = start(3);
    servers.forEach(server -> server.identity(2, "198.51.100.7"));

    world.runFor(Duration.ofMinutes(5));

    assertThat(monitor.status().trust()).isEqualTo(TrustLevel.UNKNOWN);
  }

  @Test
  void shouldStopAskingWhenServerDeniesAccess() {
    ClockMonitor monitor = start(3);
    servers.get(2).identity(0, "DENY");

    world.runFor(Duration.ofHours(1));

    SourceFacts denied = monitor.status().sources().get(2);
    assertThat(denied.sentCount()).isEqualTo(1);
    assertThat(denied.rejection()).contains(NtpRejection.KISS_DENY);
    assertThat(monitor.clock().isTrusted()).isTrue();
  }

  @Test
  void shouldLiveThroughTheEraOf2036AsAnOrdinaryDay() {
    SimulatedWorld later = new SimulatedWorld(7, Instant.parse("2036-02-07T06:27:00Z"));
    for (String address : ADDRESSES) {
      later.server(address);
    }
    ClockMonitor monitor =
        ClockMonitor.start(ClockMonitorConfig.builder().servers(ADDRESSES).build(), later.seams());

    for (int i = 0; i < 180; i++) {
      later.runFor(Duration.ofSeconds(1));
      Reading reading = monitor.clock().read(new Reading());
      assertThat(reading.isTrusted()).isTrue();
      assertThat(later.trueEpochNanos())
          .isBetween(reading.earliestEpochNanos(), reading.latestEpochNanos());
    }
  }

  @Test
  void shouldNeverGoBackwardsWhenTheMajorityChangesItsMind() {
    ClockMonitor monitor = start(3);
    long before = Long.MIN_VALUE;
    for (int i = 0; i < 6_000; i++) {
      if (i == 1_000 || i == 3_000) {
        long error = i == 1_000 ? 200_000_000 : -200_000_000;
        servers.forEach(server -> server.error(error));
      }
      world.runFor(Duration.ofMillis(100));
      long now = monitor.clock().epochNanos();
      assertThat(now).isGreaterThanOrEqualTo(before);
      before = now;
    }
    assertThat(events).filteredOn(ClockEvent.TimeCorrected.class::isInstance).isNotEmpty();
  }

  @Test
  void shouldTakeTrustAwayWhenClosed() {
    ClockMonitor monitor = start(3);
    world.runFor(Duration.ofSeconds(1));

    monitor.close();

    assertThat(monitor.clock().isTrusted()).isFalse();
    assertThat(monitor.status().isClosed()).isTrue();
    assertThat(monitor.status().reason()).isEqualTo(TrustReason.MONITOR_CLOSED);
  }

  @Test
  void shouldSayThatItIsStalledWhenItsThreadHangs() {
    ClockMonitor monitor = start(3);
    world.runFor(Duration.ofSeconds(1));

    world.stall(Duration.ofSeconds(30));

    assertThat(monitor.status().isStalled()).isTrue();
    assertThat(monitor.status().isSafeToStamp()).isFalse();
  }
}
