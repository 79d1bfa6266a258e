package com.ibstream.clocksync.verdict;

/**
 * What gives an offset a tell-tale size. In the order in which explanations of the same quality are
 * listed: what names one cause before what many may share.
 */
public enum OffsetCause {
  /** Local time of this host's zone was taken for UTC, or UTC for local time. */
  ZONE_OFFSET(Limits.HOST_NANOS, Limits.HOST_NANOS),
  /**
   * A change between two offsets of this host's zone (daylight saving) was missed, or made twice.
   */
  DAYLIGHT_SHIFT(Limits.HOST_NANOS, Limits.HOST_NANOS),
  /** Twelve hours: AM was taken for PM, or the reverse. */
  TWELVE_HOURS(Limits.HOST_NANOS, Limits.HOST_NANOS),
  /** A zone offset and twelve hours at once. */
  ZONE_AND_TWELVE_HOURS(Limits.HOST_NANOS, Limits.HOST_NANOS),
  /** TAI minus UTC was not taken away, or was taken away twice. */
  TAI_MINUS_UTC(Limits.HALF_SECOND_NANOS, Limits.SECOND_NANOS),
  /** GPS time minus UTC was not taken away, or was taken away twice. */
  GPS_MINUS_UTC(Limits.HALF_SECOND_NANOS, Limits.SECOND_NANOS),
  /** A leap second was missed, or made where there was none. Only where one is near. */
  LEAP_SECOND(Limits.LEAP_WINDOW_NANOS, Limits.LEAP_BOUND_NANOS),
  /** One to three roll-overs of the GPS week number, 1024 weeks each. */
  GPS_WEEK_ROLLOVER(Limits.HOST_NANOS, Limits.HOST_NANOS),
  /** One era of NTP, 2^32 seconds. */
  NTP_ERA(Limits.HOST_NANOS, Limits.HOST_NANOS),
  /** The time of day is right, the date is not. */
  WHOLE_DAYS(Limits.HOST_NANOS, Limits.HOST_NANOS),
  /** Whole hours of which nothing better is known. */
  WHOLE_HOURS(Limits.HALF_SECOND_NANOS, Limits.HOST_NANOS);

  private final long windowNanos;
  private final long widestBoundNanos;

  OffsetCause(long windowNanos, long widestBoundNanos) {
    this.windowNanos = windowNanos;
    this.widestBoundNanos = widestBoundNanos;
  }

  /**
   * How far an offset may lie from the exact size, beyond its error bound, and still come from this
   * cause with some drift on top.
   *
   * @return nanoseconds
   */
  public long windowNanos() {
    return windowNanos;
  }

  /**
   * The greatest error bound with which an offset can tell this cause. Any offset would fit sooner
   * or later if the bound were only wide enough.
   *
   * @return nanoseconds
   */
  public long widestBoundNanos() {
    return widestBoundNanos;
  }

  /** An enum's constants cannot use its own fields; hence beside it. */
  private static final class Limits {

    /**
     * A minute. These sizes reach a system clock by way of a hardware clock or a wrong date, and a
     * hardware clock that gains or loses 20 ppm is a minute wrong after five weeks. The sizes lie a
     * quarter of an hour apart, and mostly hours: one in a hundred random offsets hits one.
     */
    static final long HOST_NANOS = 60_000_000_000L;

    /**
     * Half a second, for sizes that software adds or takes away exactly, and for whole hours, which
     * are everywhere: one in 3600 random offsets hits one. The recorded 36.81 to 37.35 s of a clock
     * whose service had died lie within.
     */
    static final long HALF_SECOND_NANOS = 500_000_000L;

    /** Next to 18, 19 and 37 s it is little. */
    static final long SECOND_NANOS = 1_000_000_000L;

    /** A leap second strikes a clock that was right; what it had besides is some milliseconds. */
    static final long LEAP_WINDOW_NANOS = 50_000_000L;

    /** A tenth of the second that is to be told from none. */
    static final long LEAP_BOUND_NANOS = 100_000_000L;
  }
}
