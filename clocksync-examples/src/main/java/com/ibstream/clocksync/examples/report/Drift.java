package com.ibstream.clocksync.examples.report;

import com.ibstream.clocksync.facts.DriftStatistics;
import com.ibstream.clocksync.facts.SystemClockFacts;

/**
 * The system clock against UTC with the sign of the command line: system clock minus UTC, positive
 * = our clock is ahead. The one place where this module turns offsets into drifts.
 *
 * @param nanos the best estimate
 * @param earliestNanos the least drift that the evidence allows
 * @param latestNanos the greatest
 */
public record Drift(long nanos, long earliestNanos, long latestNanos) {

  /**
   * How wrong {@link #nanos()} can be.
   *
   * @return the greater distance to the two ends, nanoseconds
   */
  public long errorBoundNanos() {
    return Math.max(latestNanos - nanos, nanos - earliestNanos);
  }

  static Drift of(SystemClockFacts facts) {
    return new Drift(
        ofOffset(facts.offsetNanos()),
        ofOffset(facts.latestOffsetNanos()),
        ofOffset(facts.earliestOffsetNanos()));
  }

  static long ofOffset(long offsetNanos) {
    return -offsetNanos;
  }

  /**
   * Statistics of drifts, nanoseconds.
   *
   * @param count how many samples; never 0
   * @param meanNanos arithmetic mean
   * @param medianNanos median
   * @param stdevNanos standard deviation of the sample
   * @param minNanos the least, with its sign
   * @param maxNanos the greatest, with its sign
   */
  public record Spread(
      int count,
      double meanNanos,
      double medianNanos,
      double stdevNanos,
      double minNanos,
      double maxNanos) {

    /**
     * The span between least and greatest.
     *
     * @return nanoseconds, never negative
     */
    public double rangeNanos() {
      return maxNanos - minNanos;
    }

    static Spread of(DriftStatistics offsets) {
      return new Spread(
          offsets.count(),
          -offsets.meanNanos(),
          -offsets.medianNanos(),
          offsets.stdevNanos(),
          -offsets.maxNanos(),
          -offsets.minNanos());
    }
  }
}
