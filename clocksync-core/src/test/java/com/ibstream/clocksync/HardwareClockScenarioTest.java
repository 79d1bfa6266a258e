package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.BatteryFacts;
import com.ibstream.clocksync.facts.RtcFacts;
import com.ibstream.clocksync.market.MarketPhase;
import com.ibstream.clocksync.testing.SimulatedHost;
import com.ibstream.clocksync.testing.SimulatedRtc;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.RtcEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole monitor on a host whose hardware clock is wrong in every way. */
class HardwareClockScenarioTest extends SimulatedMonitor {

  private static final long SECOND = 1_000_000_000L;
  private static final long HOUR = 3_600 * SECOND;
  private static final String WRITE = "/usr/sbin/hwclock --systohc --utc";
  private static final String KEEP_UTC = "/usr/bin/timedatectl set-local-rtc 0";

  private final SimulatedHost host = new SimulatedHost(world);
  @TempDir private Path directory;

  @BeforeEach
  void startServers() {
    host.zone("America/Chicago"); // 6 h behind UTC in November
    for (int i = 1; i <= 4; i++) {
      world.server("192.0.2." + i);
    }
  }

  private ClockMonitor start(String mode) {
    ClockMonitor monitor =
        ClockMonitor.start(
            ClockMonitorConfig.builder()
                .servers("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4")
                .slewAllowancePpm(500)
                .setting("repair.mode", mode)
                .setting("repair.directory", directory.resolve("state").toString())
                .build(),
            host.seams());
    monitor.marketHours(
        (earliest, latest) ->
            new MarketPhase(MarketPhase.State.TRADING, "it trades", OptionalLong.empty()));
    monitor.addListener(events::add);
    world.runFor(Duration.ofSeconds(50));
    return monitor;
  }

  private static RtcFacts rtc(ClockMonitor monitor) {
    return monitor.status().host().rtc().orElseThrow();
  }

  private List<String> changes() {
    return host.changes().stream().map(command -> String.join(" ", command)).toList();
  }

  @Test
  void shouldFindARightClockRightToTheMillisecondWithoutEverSettingIt() {
    ClockMonitor monitor = start("act");
    world.runFor(Duration.ofHours(8));
    RtcFacts facts = rtc(monitor);

    assertThat(facts.state()).isEqualTo(RtcFacts.State.GOOD);
    assertThat(facts.device().orElseThrow().driver()).isEqualTo("rtc_cmos 00:03");
    RtcFacts.Difference offset = facts.comparison().orElseThrow().offset().orElseThrow();
    assertThat(Math.abs(offset.nanos() - host.rtcOffsetNanos()))
        .isLessThanOrEqualTo(offset.boundNanos());
    assertThat(offset.boundNanos()).isLessThan(25_000_000L);
    RtcFacts.Rate rate = facts.rate().orElseThrow();
    double truth =
        host.rtc()
            .meanDriftRatePpm(world.trueEpochNanos() - rate.spanNanos(), world.trueEpochNanos());
    assertThat(Math.abs(rate.driftRatePpm() - truth)).isLessThanOrEqualTo(rate.errorPpm());
    assertThat(rate.errorPpm()).isLessThan(8);
    assertThat(facts.reboot().orElseThrow().text()).startsWith("if this host reboots now it comes");
    assertThat(facts.battery().verdict()).isEqualTo(BatteryFacts.Verdict.UNKNOWN);
    assertThat(changes()).isEmpty();
  }

  @Test
  void shouldNotForgetAClockThatHasVanished() {
    ClockMonitor monitor = start("observe");
    assertThat(rtc(monitor).state()).isEqualTo(RtcFacts.State.GOOD);
    host.removeRtc();
    world.runFor(Duration.ofMinutes(2));

    assertThat(rtc(monitor).state()).isEqualTo(RtcFacts.State.UNKNOWN);
    assertThat(events)
        .filteredOn(RtcEvent.StateChanged.class::isInstance)
        .last()
        .matches(ClockEvent::isWarning);
    world.runFor(Duration.ofMinutes(10));
    assertThat(rtc(monitor).reason()).isEqualTo("the hardware clock that was there is gone");
  }

  @Test
  void shouldNameLocalTimeAndMendItInTradingHoursToo() {
    host.rtcOffset(6 * HOUR);
    ClockMonitor watching = start("observe");
    RtcFacts facts = rtc(watching);

    assertThat(facts.state()).isEqualTo(RtcFacts.State.LOCAL_TIME);
    assertThat(facts.reason()).contains("local time (UTC-06:00)");
    assertThat(facts.remedy())
        .containsExactly("sudo timedatectl set-local-rtc 0", "sudo hwclock --systohc --utc");
    assertThat(facts.reboot().orElseThrow().offsetNanos())
        .isBetween(6 * HOUR - SECOND, 6 * HOUR + SECOND);
    assertThat(changes()).isEmpty();
    watching.close();

    ClockMonitor mending = start("act");
    assertThat(changes()).containsExactly(KEEP_UTC, WRITE);
    assertThat(rtc(mending).state()).isEqualTo(RtcFacts.State.GOOD);
  }

  @Test
  void shouldNameLocalTimeWithASlipOfTwelveHoursAsAfterTheBatterySwap() {
    host.rtcOffset(18 * HOUR); // 6 h and 12
    RtcFacts facts = rtc(start("observe"));

    assertThat(facts.state()).isEqualTo(RtcFacts.State.LOCAL_TIME);
    assertThat(facts.reason()).contains("AM/PM slip");
  }

  @Test
  void shouldNotTakeTheOppositeOfLocalTimeForLocalTime() {
    host.zone("America/New_York");
    host.rtcOffset(-5 * HOUR);

    assertThat(rtc(start("observe")).state()).isEqualTo(RtcFacts.State.WRONG);
  }

  @Test
  void shouldMendAClockThatIsSetUpForLocalTimeButShowsUtc() {
    host.rtcKeeping("LOCAL");
    ClockMonitor monitor = start("act");

    assertThat(changes()).containsExactly(KEEP_UTC, WRITE);
    assertThat(rtc(monitor).state()).isEqualTo(RtcFacts.State.GOOD);
    assertThat(events)
        .anyMatch(
            event ->
                event instanceof RtcEvent.StateChanged change
                    && change.to() == RtcFacts.State.LOCAL_TIME
                    && change.reason().contains("/etc/adjtime says LOCAL"));
  }

  @Test
  void shouldNameADateThatCannotBe() {
    host.rtc().set(world.trueEpochNanos(), SimulatedRtc.RESET_EPOCH_NANOS);
    ClockMonitor monitor = start("act");

    assertThat(events)
        .anyMatch(
            event ->
                event instanceof RtcEvent.StateChanged change
                    && change.to() == RtcFacts.State.IMPOSSIBLE_DATE
                    && change.reason().contains("2000-01-01"));
    assertThat(changes()).containsExactly(WRITE);
    assertThat(rtc(monitor).state()).isEqualTo(RtcFacts.State.GOOD);
  }

  @Test
  void shouldNotWriteAClockByASystemClockThatIsWrong() {
    host.stop();
    host.rtcOffset(HOUR);
    world.wallClock().step(-HOUR);
    start("observe");

    assertThat(changes()).isEmpty();
  }

  @Test
  void shouldTellThatAHostHasNoClockAndTakeThatForNoFault() {
    host.removeRtc();
    RtcFacts facts = rtc(start("act"));

    assertThat(facts.state()).isEqualTo(RtcFacts.State.NOT_APPLICABLE);
    assertThat(facts.state().isBad()).isFalse();
    assertThat(changes()).isEmpty();
  }

  @Test
  void shouldRememberTheClockForTheNextBoot() throws Exception {
    ClockMonitor monitor = start("act");
    world.runFor(Duration.ofMinutes(20));
    monitor.close();

    assertThat(Files.readString(directory.resolve("state/hardware-clock.json")))
        .contains("\"boot\":\"11111111-2222-3333-4444-555555555555\"")
        .contains("\"power_offs\":[]");
  }

  @Test
  void shouldKnowTheRateAlsoWhereTheHostIsSeldomLookedAt() {
    ClockMonitor monitor =
        ClockMonitor.start(
            ClockMonitorConfig.builder()
                .servers("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4")
                .slewAllowancePpm(500)
                .setting("host.interval", "5m")
                .setting("repair.directory", directory.resolve("state").toString())
                .build(),
            host.seams());
    world.runFor(Duration.ofHours(2));

    assertThat(rtc(monitor).rate()).isPresent();
    monitor.close();
  }

  @Test
  void shouldTellThatAClockStandsStill() {
    ClockMonitor monitor = start("act");
    long stood = host.rtc().epochNanosAt(world.trueEpochNanos());
    for (int i = 0; i < 400; i++) {
      host.rtc().set(world.trueEpochNanos(), stood);
      world.runFor(Duration.ofMillis(100));
    }

    assertThat(rtc(monitor).state()).isEqualTo(RtcFacts.State.STUCK);
    assertThat(changes()).isEmpty();
  }

  @Test
  void shouldJudgeTheBatteryByWhatTheBootHasShown() throws Exception {
    Files.createDirectories(directory.resolve("state"));
    long before = world.trueEpochNanos() - 30 * HOUR;
    Files.writeString(
        directory.resolve("state/hardware-clock.json"),
        "{\"format\":1,\"boot\":\"another\",\"utc_ns\":"
            + before
            + ",\"offset_ns\":0,\"offset_bound_ns\":10000000,\"power_offs\":[]}\n");
    host.rtcOffset(1_000 * SECOND); // lost a quarter of an hour and more of thirty hours
    host.bootNow();
    RtcFacts facts = rtc(start("observe"));

    assertThat(facts.battery().verdict()).isEqualTo(BatteryFacts.Verdict.FAILING);
    assertThat(facts.battery().powerOffs()).hasSize(1);
    assertThat(facts.battery().powerOffs().get(0).leastDriftNanos()).isGreaterThan(900 * SECOND);
  }

  /** The bound is that of the instant at which the two were compared. */
  @Test
  void shouldHoldTheTruthWhileTheKernelSetsTheClockAgainAndAgain() {
    host.rtc(new SimulatedRtc(5, 150, world.trueEpochNanos()));
    ClockMonitor monitor = start("act");
    Map<Long, Long> truths = new HashMap<>();
    int compared = 0;
    for (int i = 1; i < 20_000; i++) {
      world.runFor(Duration.ofMillis(500));
      if (i % 1_320 == 0) {
        host.rtc().set(world.trueEpochNanos(), world.trueEpochNanos() + 3_000_000L);
      }
      truths.put(world.monoNanos() / 500_000_000L, host.rtcOffsetNanos());
      RtcFacts.Comparison seen = rtc(monitor).comparison().orElseThrow();
      Long truth = truths.get(seen.monoNanos() / 500_000_000L);
      if (truth != null && seen.offset().orElseThrow().boundNanos() < 100_000_000L) {
        compared++;
        assertThat(Math.abs(seen.offset().get().nanos() - truth))
            .as("at %d", i)
            .isLessThanOrEqualTo(seen.offset().get().boundNanos() + 100_000L);
      }
    }
    assertThat(compared).isGreaterThan(10_000);
    assertThat(rtc(monitor).rate().orElseThrow().driftRatePpm()).isBetween(140.0, 160.0);
    assertThat(changes()).isEmpty();
  }
}
