package com.ibstream.clocksync.health;

import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.util.Optional;

/**
 * A health answer with the status that it was made of, so that both speak of the same instant.
 * Immutable.
 *
 * @param health the answer
 * @param status what it was made of; empty if the status could not be read
 */
public record HealthSnapshot(ClockHealth health, Optional<ClockStatus> status) {

  /** Rejects an answer made of nothing. */
  public HealthSnapshot {
    if (status.isEmpty() && health.status() != HealthStatus.ERROR) {
      throw new IllegalArgumentException(
          "without a status the health can only be ERROR: " + health);
    }
  }

  /**
   * The answer that a status means.
   *
   * @param status of the clock
   * @return both
   */
  public static HealthSnapshot of(ClockStatus status) {
    return new HealthSnapshot(HealthMapping.of(status), Optional.of(status));
  }

  /**
   * Whether a recent vote stands behind the measurement and the system clock is less than 50 ms
   * off. Holdover does not count as synchronised.
   *
   * @return false whenever anything of that is not known
   */
  public boolean isSynchronised() {
    boolean isClose =
        health.status() == HealthStatus.HEALTHY || health.status() == HealthStatus.WARNING;
    return isClose && status.map(ClockStatus::trust).filter(TrustLevel.TRUSTED::equals).isPresent();
  }

  /**
   * Whether a stamp taken with the trusted clock may be used, however wrong the system clock is.
   *
   * @return false whenever the status could not be read
   */
  public boolean isSafeToStamp() {
    return status.map(ClockStatus::isSafeToStamp).orElse(false);
  }
}
