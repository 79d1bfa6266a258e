package com.ibstream.clocksync.rtc;

/**
 * One reading of a hardware clock, which shows whole seconds.
 *
 * @param epochSeconds what it showed, taken for UTC, seconds since 1970
 * @param beforeMonoNanos the ruler right before the reading
 * @param afterMonoNanos the ruler right after it
 */
record RtcTick(long epochSeconds, long beforeMonoNanos, long afterMonoNanos) {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Further away no clock is, and nanoseconds still fit. */
  private static final long MOST_SECONDS = 4L * 366 * 24 * 3_600 * 50;

  /** Whether nanoseconds can hold it: chips begin in 1970 and end in 2106 at the latest. */
  boolean isCountable() {
    return epochSeconds >= -MOST_SECONDS && epochSeconds <= MOST_SECONDS;
  }

  /** The least that the clock can be ahead of the ruler. */
  long leastLeadNanos() {
    return epochSeconds * NANOS_PER_SECOND - afterMonoNanos;
  }

  /** The most that the clock can be ahead of the ruler. */
  long mostLeadNanos() {
    return (epochSeconds + 1) * NANOS_PER_SECOND - beforeMonoNanos;
  }
}
