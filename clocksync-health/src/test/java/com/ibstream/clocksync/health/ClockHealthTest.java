package com.ibstream.clocksync.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ClockHealthTest {

  @Test
  void shouldRejectAnOffsetWhenTheStatusIsError() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClockHealth(HealthStatus.ERROR, OptionalLong.of(1), List.of("why")))
        .withMessageContaining("ERROR");
  }

  @Test
  void shouldRejectAMissingOffsetWhenTheStatusIsNotError() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ClockHealth(HealthStatus.CRITICAL, OptionalLong.empty(), List.of("why")))
        .withMessageContaining("CRITICAL");
  }

  @Test
  void shouldRejectAnErrorWhenItHasNoReason() {
    assertThatIllegalArgumentException().isThrownBy(() -> ClockHealth.error(List.of()));
  }

  @Test
  void shouldRejectAGoodAnswerWhenThereIsNoStatus() {
    ClockHealth healthy = new ClockHealth(HealthStatus.HEALTHY, OptionalLong.of(0), List.of());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HealthSnapshot(healthy, Optional.empty()));
  }

  @Test
  void shouldKeepTheWorseWhenTwoStatusesMeet() {
    assertThat(OverallStatus.HEALTHY.worseOf(OverallStatus.WARNING))
        .isEqualTo(OverallStatus.WARNING);
    assertThat(OverallStatus.DEGRADED.worseOf(OverallStatus.WARNING))
        .isEqualTo(OverallStatus.DEGRADED);
    assertThat(OverallStatus.HEALTHY.worseOf(OverallStatus.HEALTHY))
        .isEqualTo(OverallStatus.HEALTHY);
  }
}
