package com.ibstream.clocksync.facts;

import com.google.common.math.Quantiles;
import com.google.common.math.Stats;
import java.util.Map;

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

  private static final int P95 = 95;
  private static final int P99 = 99;

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
    if (offsetsNanos.length == 0) {
      return EMPTY;
    }
    Stats stats = Stats.of(offsetsNanos);
    double[] sizes = new double[offsetsNanos.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.abs(offsetsNanos[i]);
    }
    Map<Integer, Double> percentiles = Quantiles.percentiles().indexes(P95, P99).compute(sizes);
    return new DriftStatistics(
        offsetsNanos.length,
        stats.mean(),
        Quantiles.median().compute(offsetsNanos),
        offsetsNanos.length == 1 ? 0 : stats.sampleStandardDeviation(),
        stats.min(),
        stats.max(),
        percentiles.get(P95),
        percentiles.get(P99));
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
