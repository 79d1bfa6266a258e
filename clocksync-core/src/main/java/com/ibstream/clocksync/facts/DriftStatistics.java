package com.ibstream.clocksync.facts;

import java.util.Arrays;

/**
 * Statistics over a set of offsets (reference minus local; positive = our clock is behind), all in
 * nanoseconds. With no values every figure is {@link Double#NaN}.
 *
 * @param count how many offsets
 * @param meanNanos arithmetic mean
 * @param medianNanos median
 * @param stdevNanos standard deviation of the sample; 0 for a single value
 * @param minNanos the least, with its sign
 * @param maxNanos the greatest, with its sign
 * @param p95AbsNanos 95th percentile of the size |offset|
 * @param p99AbsNanos 99th percentile of the size |offset|
 */
public record DriftStatistics(
    int count,
    double meanNanos,
    double medianNanos,
    double stdevNanos,
    double minNanos,
    double maxNanos,
    double p95AbsNanos,
    double p99AbsNanos) {

  private static final double MEDIAN = 0.5;
  private static final double P95 = 0.95;
  private static final double P99 = 0.99;

  /** No values at all. */
  public static final DriftStatistics EMPTY =
      new DriftStatistics(
          0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /**
   * Statistics over values.
   *
   * @param offsetsNanos offsets, in any order; not changed
   * @return their statistics; {@link #EMPTY} for none
   */
  public static DriftStatistics of(double... offsetsNanos) {
    double[] ascending = offsetsNanos.clone();
    Arrays.sort(ascending);
    return ofAscending(ascending);
  }

  /**
   * Statistics over values in order. A quantile between two values is interpolated linearly.
   *
   * @param offsetsNanos offsets, the least first; not changed
   * @return their statistics; {@link #EMPTY} for none
   */
  public static DriftStatistics ofAscending(double... offsetsNanos) {
    int count = offsetsNanos.length;
    if (count == 0) {
      return EMPTY;
    }
    double mean = mean(offsetsNanos);
    double[] greatest = greatestSizes(offsetsNanos, count - (int) (P95 * (count - 1)));
    return new DriftStatistics(
        count,
        mean,
        quantile(offsetsNanos, 0, MEDIAN),
        deviation(offsetsNanos, mean),
        offsetsNanos[0],
        offsetsNanos[count - 1],
        quantile(greatest, count - greatest.length, P95),
        quantile(greatest, count - greatest.length, P99));
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double deviation(double[] values, double mean) {
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return values.length == 1 ? 0 : Math.sqrt(squares / (values.length - 1));
  }

  /** So many sizes, ascending: the greatest is always at one of the ends of what is left. */
  private static double[] greatestSizes(double[] ascending, int count) {
    double[] sizes = new double[count];
    int low = 0;
    int high = ascending.length - 1;
    for (int i = count - 1; i >= 0; i--) {
      double atLow = Math.abs(ascending[low]);
      double atHigh = Math.abs(ascending[high]);
      if (atLow > atHigh) {
        sizes[i] = atLow;
        low++;
      } else {
        sizes[i] = atHigh;
        high--;
      }
    }
    return sizes;
  }

  /** A quantile of values of which so many, the least, are left out. */
  private static double quantile(double[] ascending, int leftOut, double fraction) {
    double rank = fraction * (leftOut + ascending.length - 1) - leftOut;
    int below = (int) rank;
    int above = Math.min(below + 1, ascending.length - 1);
    return ascending[below] + (rank - below) * (ascending[above] - ascending[below]);
  }

  /**
   * The span between least and greatest.
   *
   * @return maximum minus minimum, nanoseconds
   */
  public double rangeNanos() {
    return maxNanos - minNanos;
  }
}
