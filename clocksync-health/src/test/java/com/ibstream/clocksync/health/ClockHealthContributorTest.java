package com.ibstream.clocksync.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.time.TrustReason;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ClockHealthContributorTest {

  @Test
  void shouldSayErrorWhenNothingWasProvedYet() {
    ClockHealthContributor contributor =
        new ClockHealthContributor(() -> Statuses.neverProved().build());

    assertThat(contributor.health().status()).isEqualTo(HealthStatus.ERROR);
    assertThat(contributor.snapshot().isSafeToStamp()).isFalse();
    assertThat(contributor.snapshot().isSynchronised()).isFalse();
  }

  @Test
  void shouldSayErrorWhenTheSupplierThrows() {
    ClockHealthContributor contributor =
        new ClockHealthContributor(
            () -> {
              throw new IllegalStateException("boom");
            });

    HealthSnapshot snapshot = contributor.snapshot();

    assertThat(snapshot.health().status()).isEqualTo(HealthStatus.ERROR);
    assertThat(snapshot.health().message())
        .isEqualTo("the status of the clock cannot be read: IllegalStateException");
    assertThat(snapshot.status()).isEmpty();
    assertThat(snapshot.isSafeToStamp()).isFalse();
    assertThat(snapshot.isSynchronised()).isFalse();
  }

  @Test
  void shouldSayErrorWhenTheSupplierFailsWithAnError() {
    ClockHealthContributor contributor =
        new ClockHealthContributor(
            () -> {
              throw new NoClassDefFoundError("gone");
            });

    assertThat(contributor.health().status()).isEqualTo(HealthStatus.ERROR);
  }

  @Test
  void shouldSayErrorWhenTheSupplierGivesNull() {
    ClockHealthContributor contributor = new ClockHealthContributor(() -> null);

    assertThat(contributor.health().message())
        .isEqualTo("the status of the clock cannot be read: there is none");
  }

  @Test
  void shouldBeSynchronisedAndSafeWhenHealthy() {
    HealthSnapshot snapshot = Statuses.healthy().snapshot();

    assertThat(snapshot.isSynchronised()).isTrue();
    assertThat(snapshot.isSafeToStamp()).isTrue();
  }

  @Test
  void shouldBeSafeButNotSynchronisedWhenTheSystemClockIsWrong() {
    HealthSnapshot snapshot = Statuses.healthy().offset(37_000_000_000L).snapshot();

    assertThat(snapshot.health().status()).isEqualTo(HealthStatus.CRITICAL);
    assertThat(snapshot.isSafeToStamp()).isTrue();
    assertThat(snapshot.isSynchronised()).isFalse();
  }

  @Test
  void shouldBeSafeButNotSynchronisedWhenHoldingOver() {
    HealthSnapshot snapshot =
        Statuses.healthy().trust(TrustLevel.HOLDOVER, TrustReason.NO_RECENT_VOTE).snapshot();

    assertThat(snapshot.isSafeToStamp()).isTrue();
    assertThat(snapshot.isSynchronised()).isFalse();
  }

  @Test
  void shouldHoldWhatWasWorseButNotWhetherStampsMayBeTaken() {
    AtomicReference<Statuses> now = new AtomicReference<>(Statuses.healthy());
    ClockHealthContributor contributor = new ClockHealthContributor(() -> now.get().build());
    contributor.health();
    now.set(Statuses.healthy().trust(TrustLevel.UNKNOWN, TrustReason.NO_CONSENSUS));
    assertThat(contributor.snapshot().isSafeToStamp()).isFalse();

    now.set(Statuses.healthy());

    assertThat(contributor.health().status()).isEqualTo(HealthStatus.ERROR);
    assertThat(contributor.snapshot().isSynchronised()).isFalse();
    assertThat(contributor.snapshot().isSafeToStamp()).isTrue();
  }
}
