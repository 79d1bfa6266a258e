package com.ibstream.clocksync.history.compliance;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A business day against a profile. Immutable.
 *
 * @param day the UTC day
 * @param within for how long the clock was proved to be within the limit, error bound included
 * @param beyond for how long it was proved to be beyond it
 * @param undemonstrable for how long somebody looked, and the bound could show neither
 * @param exceedances when it was beyond
 * @param preOpen when it was last proved to be within the limit before the open; empty if it was
 *     not on that day, or nobody said when the open is
 */
public record ComplianceDay(
    LocalDate day,
    Duration within,
    Duration beyond,
    Duration undemonstrable,
    List<Exceedance> exceedances,
    Optional<Instant> preOpen) {

  /** Copies the list. */
  public ComplianceDay {
    exceedances = List.copyOf(exceedances);
  }

  /**
   * A time beyond the limit.
   *
   * @param from when that was seen first
   * @param until when it was seen to be over, or seen last
   * @param peakNanos the greatest |offset| seen
   * @param cause the first warning told with it; empty if none was
   */
  public record Exceedance(Instant from, Instant until, long peakNanos, Optional<String> cause) {}

  /** What can be said of a day; the worst first. */
  public enum Outcome {
    /** It was beyond the limit for a while. */
    EXCEEDED,
    /** Part of the day nobody looked, or it is not over: that is never compliant. */
    INCOMPLETE,
    /** The bound was too wide, or time not to be trusted, for part of the day. */
    NOT_DEMONSTRABLE,
    /** Within the limit all day, proved. */
    COMPLIANT
  }

  /**
   * How long nobody looked, or has not looked yet.
   *
   * @return the rest of the 24 hours
   */
  public Duration unmonitored() {
    Duration rest = Duration.ofDays(1).minus(within).minus(beyond).minus(undemonstrable);
    return rest.isNegative() ? Duration.ZERO : rest;
  }

  /**
   * What can be said of it.
   *
   * @return the worst that applies
   */
  public Outcome outcome() {
    if (!exceedances.isEmpty()) {
      return Outcome.EXCEEDED;
    }
    if (!unmonitored().isZero()) {
      return Outcome.INCOMPLETE;
    }
    return undemonstrable.isZero() ? Outcome.COMPLIANT : Outcome.NOT_DEMONSTRABLE;
  }
}
