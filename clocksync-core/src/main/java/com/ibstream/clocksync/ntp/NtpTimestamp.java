package com.ibstream.clocksync.ntp;

/**
 * NTP's 64-bit fixed-point timestamps (RFC 5905 section 6): 32 bits of seconds since 1900 in an era
 * of 136 years, 32 bits of fraction. Era 1 begins on 2036-02-07.
 */
public final class NtpTimestamp {

  /**
   * The instant to whose nearest era a timestamp is unfolded: 2026-01-01. Good for 68 years to both
   * sides. A constant, because the clocks of this host are what is in question.
   */
  static final long PIVOT_EPOCH_SECONDS = 1_767_225_600L;

  private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int FRACTION_BITS = 32;
  private static final long FRACTION_MASK = 0xFFFF_FFFFL;
  private static final long HALF = 1L << (FRACTION_BITS - 1);
  private static final int SHORT_FRACTION_BITS = 16;

  private NtpTimestamp() {}

  /**
   * Converts a timestamp, in the era nearest to 2026.
   *
   * @param ntp 64-bit NTP timestamp; the caller has to treat 0 as "none"
   * @return nanoseconds since 1970 UTC, rounded to nearest
   */
  public static long toEpochNanos(long ntp) {
    long sinceEraStart = (ntp >>> FRACTION_BITS) - SECONDS_1900_TO_1970;
    // The 32 bits of the distance to the pivot, taken as signed, are the distance within half an
    // era.
    int fromPivot = (int) (sinceEraStart - PIVOT_EPOCH_SECONDS);
    long fraction = ((ntp & FRACTION_MASK) * NANOS_PER_SECOND + HALF) >>> FRACTION_BITS;
    return (PIVOT_EPOCH_SECONDS + fromPivot) * NANOS_PER_SECOND + fraction;
  }

  /**
   * Converts to a timestamp, dropping the era.
   *
   * @param epochNanos nanoseconds since 1970 UTC
   * @return 64-bit NTP timestamp
   */
  public static long ofEpochNanos(long epochNanos) {
    long seconds = Math.floorDiv(epochNanos, NANOS_PER_SECOND) + SECONDS_1900_TO_1970;
    long nanos = Math.floorMod(epochNanos, NANOS_PER_SECOND);
    long fraction = ((nanos << FRACTION_BITS) + NANOS_PER_SECOND / 2) / NANOS_PER_SECOND;
    return (seconds << FRACTION_BITS) + fraction;
  }

  /**
   * The difference of two timestamps at most half an era apart, nanoseconds; positive = a is later.
   * Cannot overflow: half an era is a quarter of what a long holds.
   */
  static long differenceNanos(long a, long b) {
    long difference = a - b;
    long seconds = difference >> FRACTION_BITS;
    return seconds * NANOS_PER_SECOND
        + (((difference & FRACTION_MASK) * NANOS_PER_SECOND) >>> FRACTION_BITS);
  }

  /**
   * NTP's short format (16 bits of seconds, 16 of fraction), unsigned, to nanoseconds, rounded up.
   */
  static long shortToNanos(int ntpShort) {
    long value = (ntpShort & FRACTION_MASK) * NANOS_PER_SECOND;
    return (value + (1L << SHORT_FRACTION_BITS) - 1) >> SHORT_FRACTION_BITS;
  }
}
