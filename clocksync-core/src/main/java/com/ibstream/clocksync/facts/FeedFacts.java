package com.ibstream.clocksync.facts;

import java.util.OptionalLong;

/**
 * What a market feed's stamps prove about our clocks, as of the monitor's latest look. An exchange
 * cannot stamp in the future, so a clock that its stamps are ahead of is slow. That a clock is fast
 * they never prove: a tick may always have been on its way for longer.
 *
 * @param name names the feed
 * @param observedCount stamps taken
 * @param refusedCount stamps refused: outside the years 2000 to 2199, or with a reading of the
 *     ruler from the future or from too long ago
 * @param lastAgeNanos time since the last stamp was taken, to one look of the monitor; empty if
 *     there was none
 * @param resolutionNanos what its stamps are cut to; 0 for exact ones
 * @param allowanceNanos how far ahead of UTC the exchange's clock may be; already taken off below
 * @param trustedClockSlowNanos by how much the trusted clock's whole interval is behind UTC, at
 *     least, and always positive: the feed contradicts the vote. Empty if it does not
 * @param systemClockSlowNanos by how much the system clock is behind UTC, at least, and always
 *     positive; empty if the feed does not prove it slow
 * @param trustedClockLateness how late its ticks come in by the trusted clock
 * @param systemClockLateness how late its ticks come in by the system clock
 */
public record FeedFacts(
    String name,
    long observedCount,
    long refusedCount,
    OptionalLong lastAgeNanos,
    long resolutionNanos,
    long allowanceNanos,
    OptionalLong trustedClockSlowNanos,
    OptionalLong systemClockSlowNanos,
    Lateness trustedClockLateness,
    Lateness systemClockLateness) {

  /**
   * How late the fastest ticks come in by one of our clocks: local minus exchange, nanoseconds.
   * Negative = the clock is behind. A rise means a longer way or a clock that gained; which of the
   * two, the feed cannot tell. Of a feed that cuts its stamps, the true lateness may be less by up
   * to its resolution.
   *
   * @param presentNanos over the last minute; empty while fewer than two seconds at least 10 s
   *     apart have ticks
   * @param usualNanos what the best minutes of the last day of ticks reached; empty in the first
   *     minutes
   * @param riseNanos how much later than usual at least, never negative; empty while either is not
   *     known
   * @param isRaised whether that is worth an event; stays as it was while nothing comes in
   */
  public record Lateness(
      OptionalLong presentNanos,
      OptionalLong usualNanos,
      OptionalLong riseNanos,
      boolean isRaised) {

    /** Nothing is known. */
    public static final Lateness UNKNOWN =
        new Lateness(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), false);
  }
}
