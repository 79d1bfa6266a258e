package com.ibstream.clocksync.health.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.health.ClockHealthContributor;
import com.ibstream.clocksync.health.Statuses;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.time.TrustReason;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** What Spring is told for what is known. */
class ClockHealthIndicatorTest {

  private static Health of(Statuses statuses) {
    return new ClockHealthIndicator(new ClockHealthContributor(statuses::build)).health();
  }

  @Test
  void shouldBeUpWhenHealthy() {
    Health health = of(Statuses.healthy());

    assertThat(health.getStatus()).isEqualTo(Status.UP);
    assertThat(health.getDetails())
        .containsEntry("status", "healthy")
        .containsEntry("safe_to_stamp", true)
        .containsEntry("drift_ms", 0.3) // the system clock is ahead
        .containsEntry("error_bound_ms", 1.2)
        .doesNotContainKey("reasons");
  }

  @Test
  void shouldBeUpWithTheReasonOfAWarning() {
    Health health = of(Statuses.healthy().trust(TrustLevel.HOLDOVER, TrustReason.NO_RECENT_VOTE));

    assertThat(health.getStatus()).isEqualTo(Status.UP);
    assertThat(health.getDetails()).containsEntry("status", "warning").containsKey("reasons");
  }

  @Test
  void shouldBeDownFromFiftyMillisecondsOn() {
    assertThat(of(Statuses.healthy().offset(49_999_999)).getStatus()).isEqualTo(Status.UP);
    assertThat(of(Statuses.healthy().offset(50_000_000)).getStatus()).isEqualTo(Status.DOWN);
    assertThat(of(Statuses.healthy().offset(-50_000_000)).getStatus()).isEqualTo(Status.DOWN);
  }

  @Test
  void shouldBeOutOfServiceOnlyBeforeTheFirstProof() {
    Health before = of(Statuses.neverProved());

    assertThat(before.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    assertThat(before.getDetails())
        .containsEntry("safe_to_stamp", false)
        .doesNotContainKeys("drift_ms", "error_bound_ms");
    assertThat(of(Statuses.neverProved().closed()).getStatus()).isEqualTo(Status.DOWN);
    assertThat(
            of(Statuses.healthy().trust(TrustLevel.UNTRUSTED, TrustReason.BOUND_TOO_WIDE))
                .getStatus())
        .isEqualTo(Status.DOWN);
    assertThat(of(Statuses.healthy().stalled()).getStatus()).isEqualTo(Status.DOWN);
  }

  @Test
  void shouldBeDownWhereTheStatusCannotBeRead() {
    Health health =
        new ClockHealthIndicator(
                new ClockHealthContributor(
                    () -> {
                      throw new IllegalStateException("broken");
                    }))
            .health();

    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.getDetails()).containsEntry("status", "error").containsKey("reasons");
  }
}
