package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.RepairFacts.Outcome;
import com.ibstream.clocksync.facts.RtcFacts;
import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.market.MarketHours;
import com.ibstream.clocksync.market.MarketPhase;
import com.ibstream.clocksync.testing.SimulatedHost;
import com.ibstream.clocksync.testing.SimulatedServer;
import com.ibstream.clocksync.verdict.ClockStatus;
import com.ibstream.clocksync.verdict.RepairEvent;
import com.ibstream.clocksync.verdict.ServiceEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole monitor on a host whose time service dies and whose clock is set wrong. */
class HostScenarioTest extends SimulatedMonitor {

  private static final long HOUR_NANOS = 3_600_000_000_000L;
  private static final MarketHours CLOSED =
      (earliest, latest) ->
          new MarketPhase(MarketPhase.State.CLOSED, "the market is closed", OptionalLong.empty());
  private static final MarketHours OPEN =
      (earliest, latest) ->
          new MarketPhase(MarketPhase.State.TRADING, "the market trades", OptionalLong.empty());

  private final SimulatedHost host = new SimulatedHost(world);
  @TempDir private Path directory;

  @BeforeEach
  void startServers() {
    for (int i = 1; i <= 4; i++) {
      world.server("192.0.2." + i);
    }
  }

  private ClockMonitor start(String mode, MarketHours hours) {
    ClockMonitor monitor =
        ClockMonitor.start(
            ClockMonitorConfig.builder()
                .servers("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4")
                .slewAllowancePpm(500)
                .setting("repair.mode", mode)
                .setting("repair.directory", directory.resolve("state").toString())
                .build(),
            host.seams());
    monitor.marketHours(hours);
    monitor.addListener(events::add);
    world.runFor(Duration.ofMinutes(3));
    return monitor;
  }

  private static ServiceFacts service(ClockStatus status) {
    return status.host().service().orElseThrow();
  }

  private List<RepairEvent.Acted> acted() {
    return events.stream()
        .filter(RepairEvent.Acted.class::isInstance)
        .map(RepairEvent.Acted.class::cast)
        .toList();
  }

  private long clockErrorNanos() {
    return Math.abs(world.trueEpochNanos() - world.wallClock().epochNanos());
  }

  private List<String> changes() {
    return host.changes().stream().map(command -> String.join(" ", command)).toList();
  }

  /** A tool that hangs before anything was seen is no healthy host. */
  @Test
  void shouldNotKnowAHostWhoseFirstLookNeverEnds() {
    ClockMonitor monitor =
        ClockMonitor.start(
            ClockMonitorConfig.builder().servers("192.0.2.1", "192.0.2.2", "192.0.2.3").build(),
            ChangedSeams.of(host.seams()).hostScheduler((atMonoNanos, task) -> {}).seams());
    world.runFor(Duration.ofMinutes(1));
    assertThat(monitor.status().host().service()).as("it may still look").isEmpty();

    world.runFor(Duration.ofMinutes(10));

    assertThat(service(monitor.status()).state()).isEqualTo(ServiceFacts.State.UNKNOWN);
    assertThat(service(monitor.status()).reason()).startsWith("nobody has looked for");
    assertThat(monitor.status().host().rtc().orElseThrow().state())
        .isEqualTo(RtcFacts.State.UNKNOWN);
  }

  @Test
  void shouldLeaveAHealthyHostAlone() {
    ClockMonitor monitor = start("act", CLOSED);
    world.runFor(Duration.ofHours(6));

    assertThat(service(monitor.status()).state()).isEqualTo(ServiceFacts.State.SYNCHRONISED);
    assertThat(service(monitor.status()).lastSynchronisedMonoNanos()).isPresent();
    assertThat(changes()).isEmpty();
    assertThat(monitor.status().host().repair().orElseThrow().wanted()).isEmpty();
  }

  @Test
  void shouldRestartAStoppedServiceWithARightClockAlsoInTradingHours() {
    ClockMonitor monitor = start("act", OPEN);
    host.stop();
    world.runFor(Duration.ofSeconds(60));

    assertThat(changes()).containsExactly("/usr/bin/systemctl restart chrony.service");
    assertThat(service(monitor.status()).state()).isEqualTo(ServiceFacts.State.SYNCHRONISED);
    assertThat(acted())
        .singleElement()
        .satisfies(event -> assertThat(event.attempt().outcome()).isEqualTo(Outcome.HELPED));
    assertThat(events)
        .anyMatch(
            event ->
                event instanceof ServiceEvent.StateChanged change
                    && change.to() == ServiceFacts.State.INACTIVE);
  }

  @Test
  void shouldResetAServiceThatSystemdRefusesToStart() {
    start("act", CLOSED);
    host.fail("start-limit-hit");
    world.runFor(Duration.ofSeconds(60));

    assertThat(changes())
        .containsExactly(
            "/usr/bin/systemctl reset-failed chrony.service",
            "/usr/bin/systemctl restart chrony.service");
    assertThat(host.isActive()).isTrue();
  }

  @Test
  void shouldSetAClockThatIsAnHourSlowAndThenTheHardwareClock() {
    ClockMonitor monitor = start("act", CLOSED);
    host.rtcOffset(HOUR_NANOS);
    world.wallClock().step(-HOUR_NANOS);
    world.runFor(Duration.ofSeconds(60));

    assertThat(changes())
        .containsExactly("/usr/bin/chronyc makestep", "/usr/sbin/hwclock --systohc --utc");
    assertThat(clockErrorNanos()).isLessThan(10_000_000L);
    assertThat(Math.abs(host.rtcOffsetNanos())).isLessThan(10_000_000L);
    assertThat(acted()).allMatch(event -> event.attempt().outcome() == Outcome.HELPED);
    RepairEvent.Acted step = acted().get(0);
    assertThat(step.attempt().action()).isEqualTo(RepairAction.STEP_CLOCK);
    assertThat(step.attempt().offsetBeforeNanos().orElseThrow())
        .isBetween(HOUR_NANOS - 10_000_000L, HOUR_NANOS + 10_000_000L);
    assertThat(Math.abs(step.attempt().offsetAfterNanos().orElseThrow())).isLessThan(10_000_000L);
    assertThat(monitor.status().host().repair().orElseThrow().wanted()).isEmpty();
  }

  @Test
  void shouldOnlyReportAWrongClockInTradingHours() {
    ClockMonitor monitor = start("act", OPEN);
    world.wallClock().step(-HOUR_NANOS);
    world.runFor(Duration.ofHours(1));

    assertThat(changes()).isEmpty();
    assertThat(monitor.status().isSafeToStamp()).isTrue();
    assertThat(events)
        .anyMatch(
            event ->
                event instanceof RepairEvent.Decided decided
                    && !decided.isAllowed()
                    && decided.text().contains("the market trades"));
  }

  @Test
  void shouldTakeUnknownTradingHoursForTrading() {
    start("act", MarketHours.NEVER_KNOWN);
    world.wallClock().step(HOUR_NANOS);
    world.runFor(Duration.ofMinutes(10));

    assertThat(changes()).isEmpty();
  }

  @Test
  void shouldNotStepWithoutANetwork() {
    ClockMonitor monitor = start("act", CLOSED);
    world.networkDown(true);
    host.loseServers();
    world.wallClock().step(-HOUR_NANOS);
    world.runFor(Duration.ofHours(2));

    assertThat(changes()).noneMatch(change -> change.contains("makestep"));
    assertThat(changes()).noneMatch(change -> change.contains("hwclock"));
    assertThat(monitor.status().isSafeToStamp()).isFalse();
  }

  /** Four addresses, three of them with one parent, all wrong by an hour. */
  @Test
  void shouldNotSetAClockOnTheWordOfTwoVoices() {
    for (int i = 1; i <= 4; i++) {
      SimulatedServer server = world.server("192.0.2." + i).error(HOUR_NANOS);
      if (i < 4) {
        server.identity(2, "192.0.2.99");
      }
    }
    ClockMonitor monitor = start("act", CLOSED);
    world.runFor(Duration.ofMinutes(10));

    assertThat(monitor.status().truechimerCount()).isEqualTo(4);
    assertThat(monitor.status().agreeingVoiceCount()).isEqualTo(2);
    assertThat(changes()).isEmpty();
    assertThat(monitor.status().host().repair().orElseThrow().decision())
        .contains("2 independent servers agree, of 3 needed");
  }

  @Test
  void shouldRestartAServiceThatHasLostItsServersAfterItsGrace() {
    start("act", CLOSED);
    host.loseServers();
    world.runFor(Duration.ofMinutes(4));
    assertThat(changes()).isEmpty();
    world.runFor(Duration.ofMinutes(3));

    assertThat(changes()).containsExactly("/usr/bin/systemctl restart chrony.service");
    assertThat(acted()).allMatch(event -> event.attempt().outcome() == Outcome.HELPED).hasSize(1);
  }

  @Test
  void shouldNotStormAServiceThatDiesWheneverItIsStarted() {
    ClockMonitor monitor = start("act", CLOSED);
    host.dyingAtOnce(true);
    world.runFor(Duration.ofHours(24));

    long restarts = changes().stream().filter(change -> change.contains("restart")).count();
    assertThat(restarts).isBetween(1L, 6L);
    assertThat(monitor.status().host().repair().orElseThrow().wanted())
        .contains(RepairAction.RESTART_SERVICE);
  }

  @Test
  void shouldReportAMissingPrivilegeAsSuchAndNotAsAWrongClock() {
    ClockMonitor monitor = start("act", CLOSED);
    host.denied(true);
    host.stop();
    world.runFor(Duration.ofMinutes(30));

    assertThat(acted())
        .allMatch(event -> event.attempt().outcome() == Outcome.NOT_PERMITTED)
        .hasSize(1);
    assertThat(monitor.status().isSafeToStamp()).isTrue();
  }

  @Test
  void shouldChangeNothingUnlessItIsToldTo() {
    for (String mode : List.of("observe", "dry-run")) {
      ClockMonitor monitor = start(mode, CLOSED);
      host.stop();
      world.wallClock().step(-HOUR_NANOS);
      world.runFor(Duration.ofMinutes(30));

      assertThat(changes()).isEmpty();
      assertThat(service(monitor.status()).state()).isEqualTo(ServiceFacts.State.INACTIVE);
      assertThat(monitor.status().host().repair().orElseThrow().wanted()).isPresent();
      assertThat(Files.exists(directory.resolve("state"))).isEqualTo(mode.equals("dry-run"));
      monitor.close();
    }
  }
}
