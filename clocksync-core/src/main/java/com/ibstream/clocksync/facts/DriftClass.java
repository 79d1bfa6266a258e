package com.ibstream.clocksync.facts;

/** The size of a clock's error in the five classes of the existing service. */
public enum DriftClass {
  /** Under 1 ms. */
  EXCELLENT(1_000_000L),
  /** Under 5 ms. */
  GOOD(5_000_000L),
  /** Under 50 ms. */
  ACCEPTABLE(50_000_000L),
  /** Under 500 ms. */
  POOR(500_000_000L),
  /** 500 ms and more. */
  CRITICAL(Long.MAX_VALUE);

  private final long limitNanos;

  DriftClass(long limitNanos) {
    this.limitNanos = limitNanos;
  }

  /**
   * The class of an offset or drift, by its size; the sign does not matter.
   *
   * @param nanos the offset, nanoseconds
   * @return its class; limits belong to the worse class
   */
  public static DriftClass of(long nanos) {
    for (DriftClass candidate : values()) {
      if (nanos < candidate.limitNanos && nanos > -candidate.limitNanos) {
        return candidate;
      }
    }
    return CRITICAL;
  }
}
