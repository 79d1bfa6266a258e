package com.ibstream.clocksync.health;

import java.util.Locale;

/** How a service as a whole does, mild to severe: the words of the existing service. */
public enum OverallStatus {
  /** Everything works. */
  HEALTHY(0),
  /** It works, and somebody should look at it. */
  WARNING(1),
  /** It does not do what it is for, or nobody knows whether it does. */
  DEGRADED(2);

  private final int severity;

  OverallStatus(int severity) {
    this.severity = severity;
  }

  /**
   * What the state of time makes of the whole.
   *
   * @param status of time
   * @return {@link #DEGRADED} for {@link HealthStatus#CRITICAL} and {@link HealthStatus#ERROR}
   */
  public static OverallStatus of(HealthStatus status) {
    return switch (status) {
      case HEALTHY -> HEALTHY;
      case WARNING -> WARNING;
      case CRITICAL, ERROR -> DEGRADED;
    };
  }

  /**
   * The more severe of two.
   *
   * @param other the other
   * @return this or the other
   */
  public OverallStatus worseOf(OverallStatus other) {
    return other.severity > severity ? other : this;
  }

  /**
   * The word in JSON.
   *
   * @return the name in lower case
   */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
