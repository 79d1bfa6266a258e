package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.RepairFacts;
import com.ibstream.clocksync.repair.RepairPolicy;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostConfigTest {

  private static HostConfig of(String... settings) {
    ClockMonitorConfig.Builder builder = ClockMonitorConfig.builder();
    for (int i = 0; i < settings.length; i += 2) {
      builder.setting(settings[i], settings[i + 1]);
    }
    return builder.build().host();
  }

  private static long nanos(Duration duration) {
    return duration.toNanos();
  }

  @Test
  void shouldWatchAndOnlyObserveByDefault() {
    HostConfig host = of();

    assertThat(host.isWatched()).isTrue();
    assertThat(host.intervalNanos()).isEqualTo(nanos(Duration.ofSeconds(20)));
    assertThat(host.repairPolicy().mode()).isEqualTo(RepairFacts.Mode.OBSERVE);
    assertThat(host.repairPolicy().emergencyThresholdNanos()).isEmpty();
    assertThat(host.isSudo()).isTrue();
    assertThat(host.tradingSessions()).isEmpty();
    assertThat(host.ibContract()).isEmpty();
  }

  @Test
  void shouldHandEveryKeyToThePolicy() {
    HostConfig host =
        of(
            "repair.mode", "dry-run",
            "repair.actions", "restart_service, write_rtc",
            "repair.offset.threshold", "250ms",
            "repair.emergency.threshold", "10m",
            "repair.restart.grace", "1m",
            "repair.restart.cooldown", "7m",
            "repair.restart.daily.max", "3",
            "repair.step.cooldown", "1h",
            "repair.step.daily.max", "2",
            "repair.restart.in.trading.hours", "true",
            "repair.min.voters", "5",
            "repair.privilege", "direct",
            "repair.directory", "/srv/clocksync");
    RepairPolicy policy = host.repairPolicy();

    assertThat(policy.mode()).isEqualTo(RepairFacts.Mode.DRY_RUN);
    assertThat(policy.allows(RepairAction.RESTART_SERVICE)).isTrue();
    assertThat(policy.allows(RepairAction.WRITE_RTC)).isTrue();
    assertThat(policy.allows(RepairAction.STEP_CLOCK)).isFalse();
    assertThat(policy.allows(RepairAction.SET_RTC_UTC)).isFalse();
    assertThat(policy.offsetThresholdNanos()).isEqualTo(nanos(Duration.ofMillis(250)));
    assertThat(policy.emergencyThresholdNanos()).hasValue(nanos(Duration.ofMinutes(10)));
    assertThat(policy.restartGraceNanos()).isEqualTo(nanos(Duration.ofMinutes(1)));
    assertThat(policy.cooldownNanos(RepairAction.RESTART_SERVICE))
        .isEqualTo(nanos(Duration.ofMinutes(7)));
    assertThat(policy.cooldownNanos(RepairAction.STEP_CLOCK)).isEqualTo(nanos(Duration.ofHours(1)));
    assertThat(policy.dailyLimit(RepairAction.RESTART_SERVICE)).isEqualTo(3);
    assertThat(policy.dailyLimit(RepairAction.STEP_CLOCK)).isEqualTo(2);
    assertThat(policy.isRestartInTradingHours()).isTrue();
    assertThat(policy.minVoteSources()).isEqualTo(5);
    assertThat(host.isSudo()).isFalse();
    assertThat(host.directory()).isEqualTo(Path.of("/srv/clocksync"));
  }

  /** Each key may be set to either end of its range. */
  @Test
  void shouldAcceptTheEndsOfEveryRange() {
    of("repair.actions", "");
    for (String[] ends :
        new String[][] {
          {"repair.offset.threshold", "10ms", "1h"},
          {"repair.emergency.threshold", "0s", "8760h"},
          {"repair.restart.grace", "30s", "1h"},
          {"repair.restart.cooldown", "1m", "6h"},
          {"repair.restart.daily.max", "1", "24"},
          {"repair.step.cooldown", "1m", "24h"},
          {"repair.step.daily.max", "1", "24"},
          {"repair.min.voters", "1", "16"},
          {"host.interval", "2s", "5m"}
        }) {
      of(ends[0], ends[1]);
      of(ends[0], ends[2]);
    }
  }

  @Test
  void shouldNameTheSessionsThatCannotBeRead() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of("trading.sessions", "MON-FRI 25:00-26:00 Mars/Olympus"))
        .withMessageContaining("trading.sessions");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                of(
                    "trading.sessions", "MON-FRI 09:30-16:00 America/New_York",
                    "trading.holidays", "Christmas"))
        .withMessageContaining("Christmas");
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8861/trading-hours/265598, 127.0.0.1",
    "http://[::1]:8861/trading-hours/265598, ::1",
    "http://ib-contract.example:8861/trading-hours/265598, ib-contract.example"
  })
  void shouldReadWhomToAsk(String url, String host) {
    assertThat(of("trading.url", url).ibContract())
        .contains(new HostConfig.IbContract(host, 8861, 265_598));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://ib_contract:8861/trading-hours/1",
        "http://127.0.0.1:99999/trading-hours/1",
        "http://user@127.0.0.1:8861/trading-hours/1",
        "http://127.0.0.1/trading-hours/1",
        "http://127.0.0.1:8861/trading-hours/AAPL",
        "https://127.0.0.1:8861/trading-hours/1"
      })
  void shouldNameTheAddressThatCannotBeAsked(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of("trading.url", url))
        .withMessageContaining("trading.url")
        .withMessageContaining(url);
  }

  @Test
  void shouldNameTheKeysThatContradictEachOther() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> of("repair.offset.threshold", "1s", "repair.emergency.threshold", "500ms"))
        .withMessageContaining("repair.offset.threshold = 1s")
        .withMessageContaining("repair.emergency.threshold = 500ms");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of("host.watch", "false", "repair.mode", "act"))
        .withMessageContaining("host.watch = false")
        .withMessageContaining("repair.mode = act");
    assertThat(of("host.watch", "false").isWatched()).isFalse();
  }

  @Test
  void shouldRefuseHolidaysWithoutSessions() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of("trading.holidays", "2026-12-25"))
        .withMessageContaining("trading.sessions");
  }
}
