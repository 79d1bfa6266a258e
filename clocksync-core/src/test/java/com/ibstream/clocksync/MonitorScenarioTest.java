package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.Consensus;
import com.ibstream.clocksync.facts.NtpRejection;
import com.ibstream.clocksync.facts.SourceState;
import com.ibstream.clocksync.testing.SimulatedWorld;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.time.TrustReason;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.ClockStatus;
import com.ibstream.clocksync.verdict.HostClockEvent;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trust through a day, through outages and steps, against a known truth. */
class MonitorScenarioTest extends SimulatedMonitor {

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
    assertThat(events).allMatch(HostClockEvent.SystemClockChanged.class::isInstance);
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
  void shouldLiveThroughTheEraOf2036AsAnOrdinaryDay() {
    SimulatedWorld later = new SimulatedWorld(7, Instant.parse("2036-02-07T06:27:00Z"));
    for (String address : ADDRESSES) {
      later.server(address);
    }
    ClockMonitor monitor =
        ClockMonitor.start(
            ClockMonitorConfig.builder().servers(ADDRESSES).slewAllowancePpm(500).build(),
            later.seams());

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
