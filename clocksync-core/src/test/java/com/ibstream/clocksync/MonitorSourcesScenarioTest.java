package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.Consensus;
import com.ibstream.clocksync.facts.NtpRejection;
import com.ibstream.clocksync.facts.SourceFacts;
import com.ibstream.clocksync.facts.SourceState;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.time.TrustReason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Servers that lie, disagree, copy each other or do not want us, against a known truth. */
class MonitorSourcesScenarioTest extends SimulatedMonitor {

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
                .slewAllowancePpm(500)
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
                .slewAllowancePpm(500)
                .build(),
            world.seams());

    world.runFor(Duration.ofSeconds(1));

    List<SourceFacts> sources = monitor.status().sources();
    assertThat(sources)
        .extracting(SourceFacts::address)
        .filteredOn(address -> !address.isEmpty())
        .doesNotHaveDuplicates()
        .hasSize(5);
    assertThat(sources)
        .filteredOn(source -> source.address().isEmpty())
        .as("a name that brings nothing of its own is not passed over in silence")
        .singleElement()
        .satisfies(source -> assertThat(source.server()).isEqualTo("us.pool.ntp.org"))
        .satisfies(
            source -> assertThat(source.rejection()).contains(NtpRejection.DUPLICATE_ADDRESS));
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
}
