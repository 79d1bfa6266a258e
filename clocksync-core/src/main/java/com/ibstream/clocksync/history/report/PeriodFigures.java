package com.ibstream.clocksync.history.report;

import com.ibstream.clocksync.facts.DriftStatistics;
import java.time.Duration;

/**
 * The figures of a period. Offsets are UTC minus system clock, in nanoseconds; positive = our clock
 * was behind. Immutable.
 *
 * @param recordCount how many records it has
 * @param warningCount how many events were warnings
 * @param length of the period
 * @param monitored how much of it was monitored; the rest is never called good
 * @param trusted for how much of it time was to be trusted
 * @param withinTen for how much of it the system clock was proved to be within 10 ms, error bound
 *     included
 * @param withinFifty the same for 50 ms
 * @param serviceKnown for how much of it the state of the time service was known
 * @param serviceGood for how much of that it was synchronised
 * @param longestVoteAge the longest time since a successful vote
 * @param greatestNanos the greatest |offset|
 * @param greatestBoundNanos the greatest error bound of an offset
 * @param offsets statistics over one offset in half a minute at the most
 */
public record PeriodFigures(
    long recordCount,
    long warningCount,
    Duration length,
    Duration monitored,
    Duration trusted,
    Duration withinTen,
    Duration withinFifty,
    Duration serviceKnown,
    Duration serviceGood,
    Duration longestVoteAge,
    long greatestNanos,
    long greatestBoundNanos,
    DriftStatistics offsets) {

  /**
   * A part of the whole.
   *
   * @param part for example {@link #monitored()}
   * @param whole for example {@link #length()}
   * @return from 0 to 1; {@link Double#NaN} of nothing
   */
  public static double share(Duration part, Duration whole) {
    return whole.isZero() ? Double.NaN : (double) part.toNanos() / whole.toNanos();
  }
}
