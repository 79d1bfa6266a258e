package com.ibstream.clocksync.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.RepairFacts;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Defaults, and ranges on both sides of each limit. */
class RepairPolicyTest {

  @Test
  void shouldOnlyObserveByDefault() {
    RepairPolicy policy = RepairPolicy.builder().build();

    assertThat(policy.mode()).isEqualTo(RepairFacts.Mode.OBSERVE);
    assertThat(policy.emergencyThresholdNanos()).isEmpty();
    assertThat(policy.isRestartInTradingHours()).isFalse();
    assertThat(policy.minVoteSources()).isEqualTo(3);
    assertThat(policy.dailyLimit(RepairAction.RESTART_SERVICE)).isEqualTo(6);
    assertThat(policy.dailyLimit(RepairAction.STEP_CLOCK)).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource(RepairAction.class)
  void shouldNeverAllowTwoActionsWithinAMinute(RepairAction action) {
    assertThat(
            RepairPolicy.builder()
                .cooldown(action, Duration.ofMinutes(1))
                .build()
                .cooldownNanos(action))
        .isEqualTo(Duration.ofMinutes(1).toNanos());
    assertThatThrownBy(() -> RepairPolicy.builder().cooldown(action, Duration.ofMillis(59_999)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT59.999S");
  }

  private record Setting(
      BiFunction<RepairPolicy.Builder, Duration, RepairPolicy.Builder> setter,
      long leastMillis,
      long mostMillis) {

    RepairPolicy set(long millis) {
      return setter.apply(RepairPolicy.builder(), Duration.ofMillis(millis)).build();
    }
  }

  static Stream<Setting> settings() {
    return Stream.of(
        new Setting(RepairPolicy.Builder::offsetThreshold, 10, 3_600_000),
        new Setting(RepairPolicy.Builder::confirmation, 0, 30_000),
        new Setting(RepairPolicy.Builder::restartGrace, 30_000, 3_600_000),
        new Setting(RepairPolicy.Builder::longestRestartCooldown, 60_000, 86_400_000),
        new Setting(RepairPolicy.Builder::runningLimit, 15_000, 600_000),
        new Setting(RepairPolicy.Builder::synchronisedLimit, 30_000, 3_600_000),
        new Setting(RepairPolicy.Builder::steppedLimit, 15_000, 600_000));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void shouldRefuseWhatIsOutOfRange(Setting setting) {
    assertThat(setting.set(setting.leastMillis)).isNotNull();
    assertThat(setting.set(setting.mostMillis)).isNotNull();
    assertThatThrownBy(() -> setting.set(setting.leastMillis - 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> setting.set(setting.mostMillis + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldRefuseCountsOutOfRangeAndAnEmergencyBelowTheThreshold() {
    RepairPolicy.Builder policy = RepairPolicy.builder();
    assertThatThrownBy(() -> policy.minVoteSources(0)).hasMessageContaining("1 to 16");
    assertThatThrownBy(() -> policy.minVoteSources(17)).hasMessageContaining("1 to 16");
    assertThatThrownBy(() -> policy.dailyLimit(RepairAction.WRITE_RTC, 0))
        .hasMessageContaining("1 to 48");
    assertThatThrownBy(() -> policy.emergencyThreshold(Duration.ofMillis(99)).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(policy.emergencyThreshold(Duration.ofMillis(100)).build().emergencyThresholdNanos())
        .hasValue(100_000_000);
  }
}
