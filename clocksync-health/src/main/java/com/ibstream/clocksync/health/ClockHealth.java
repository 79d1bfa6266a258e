package com.ibstream.clocksync.health;

import com.ibstream.clocksync.facts.DriftClass;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The health of time. Immutable. An offset is there if, and only if, the status is not {@link
 * HealthStatus#ERROR}.
 *
 * @param status the verdict
 * @param offsetNanos UTC minus system clock; positive = our clock is behind. Empty without a
 *     trustworthy measurement
 * @param reasons why it is not healthy, for people, most important first; empty if it is
 */
public record ClockHealth(HealthStatus status, OptionalLong offsetNanos, List<String> reasons) {

  /** Copies the list and rejects a verdict that contradicts itself. */
  public ClockHealth {
    reasons = List.copyOf(reasons);
    if ((status == HealthStatus.ERROR) == offsetNanos.isPresent()) {
      throw new IllegalArgumentException(
          "an offset belongs to every status but ERROR: " + status + ", " + offsetNanos);
    }
    if ((status == HealthStatus.HEALTHY) != reasons.isEmpty()) {
      throw new IllegalArgumentException(
          "reasons belong to every status but HEALTHY: " + status + ", " + reasons);
    }
  }

  /**
   * The health where nothing trustworthy is known.
   *
   * @param reasons why; at least one
   * @return {@link HealthStatus#ERROR} without an offset
   */
  public static ClockHealth error(List<String> reasons) {
    return new ClockHealth(HealthStatus.ERROR, OptionalLong.empty(), reasons);
  }

  /**
   * The class of the system clock's offset.
   *
   * @return by the thresholds 1, 5, 50 and 500 ms; empty without a trustworthy measurement
   */
  public Optional<DriftClass> driftClass() {
    return offsetNanos.isPresent()
        ? Optional.of(DriftClass.of(offsetNanos.getAsLong()))
        : Optional.empty();
  }

  /**
   * All reasons in one line, for people.
   *
   * @return reasons joined by semicolons; empty if healthy
   */
  public String message() {
    return String.join("; ", reasons);
  }
}
