package com.ibstream.clocksync.facts;

import java.util.OptionalLong;

/**
 * The operating system's clock against UTC, at one instant of the ruler.
 *
 * @param measuredMonoNanos when, on the ruler
 * @param systemEpochNanos what the system clock said then, nanoseconds since 1970
 * @param offsetNanos UTC minus system clock; positive = our clock is behind
 * @param earliestOffsetNanos the least offset possible
 * @param latestOffsetNanos the greatest offset possible
 * @param statistics of the offset over the configured window
 * @param dayStatistics of the offset over the last 24 hours
 * @param goodMonoNanos when it was last proved to be within the tolerance, on the ruler; empty if
 *     it never was
 * @param claim what the operating system says of it, beside this
 */
public record SystemClockFacts(
    long measuredMonoNanos,
    long systemEpochNanos,
    long offsetNanos,
    long earliestOffsetNanos,
    long latestOffsetNanos,
    DriftStatistics statistics,
    DriftStatistics dayStatistics,
    OptionalLong goodMonoNanos,
    SynchronisationClaim claim) {

  /**
   * How wrong {@link #offsetNanos()} can be.
   *
   * @return the greater distance to the two ends, nanoseconds
   */
  public long errorBoundNanos() {
    return Math.max(latestOffsetNanos - offsetNanos, offsetNanos - earliestOffsetNanos);
  }

  /**
   * How wrong the system clock itself can be: the greatest |offset| that the evidence allows.
   *
   * @return nanoseconds
   */
  public long systemClockBoundNanos() {
    return Math.max(Math.abs(latestOffsetNanos), Math.abs(earliestOffsetNanos));
  }

  /**
   * How wrong the system clock is at least: the least |offset| that the evidence allows.
   *
   * @return nanoseconds; 0 if it may be right
   */
  public long leastErrorNanos() {
    return Math.max(0, Math.max(earliestOffsetNanos, -latestOffsetNanos));
  }

  /**
   * The class of the offset.
   *
   * @return by the thresholds 1, 5, 50 and 500 ms
   */
  public DriftClass driftClass() {
    return DriftClass.of(offsetNanos);
  }
}
