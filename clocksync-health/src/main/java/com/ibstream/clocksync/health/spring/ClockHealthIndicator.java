package com.ibstream.clocksync.health.spring;

import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.health.ClockHealth;
import com.ibstream.clocksync.health.ClockHealthContributor;
import com.ibstream.clocksync.health.HealthSnapshot;
import com.ibstream.clocksync.time.TrustReason;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.util.Locale;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The health component {@code clock}: out of service until time is proved for the first time, down
 * while it is not to be trusted or the system clock is critically wrong, else up. Safe for threads.
 */
final class ClockHealthIndicator implements HealthIndicator {

  private static final double NANOS_PER_MILLI = 1e6;

  private final ClockHealthContributor contributor;

  ClockHealthIndicator(ClockHealthContributor contributor) {
    this.contributor = contributor;
  }

  @Override
  public Health health() {
    HealthSnapshot snapshot = contributor.snapshot();
    ClockHealth clock = snapshot.health();
    Health.Builder health =
        switch (clock.status()) {
          case HEALTHY, WARNING -> Health.up();
          case CRITICAL -> Health.down();
          case ERROR -> isBeforeTheFirstProof(snapshot) ? Health.outOfService() : Health.down();
        };
    health.withDetail("status", clock.status().word());
    health.withDetail("safe_to_stamp", snapshot.isSafeToStamp());
    if (clock.offsetNanos().isPresent()) {
      health.withDetail("drift_ms", -clock.offsetNanos().getAsLong() / NANOS_PER_MILLI);
      snapshot
          .status()
          .flatMap(ClockStatus::systemClock)
          .map(SystemClockFacts::errorBoundNanos)
          .ifPresent(bound -> health.withDetail("error_bound_ms", bound / NANOS_PER_MILLI));
    }
    snapshot
        .status()
        .ifPresent(
            status -> health.withDetail("trust", status.trust().name().toLowerCase(Locale.ROOT)));
    if (!clock.reasons().isEmpty()) {
      health.withDetail("reasons", clock.reasons());
    }
    return health.build();
  }

  private static boolean isBeforeTheFirstProof(HealthSnapshot snapshot) {
    return snapshot
        .status()
        .filter(status -> status.reason() == TrustReason.NEVER_PROVED && !status.isClosed())
        .isPresent();
  }
}
