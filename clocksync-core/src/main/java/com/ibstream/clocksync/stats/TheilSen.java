package com.ibstream.clocksync.stats;

import java.util.Arrays;
import java.util.Optional;

/**
 * A robust straight line: the median of the slopes of all pairs of points (Theil 1950, Sen 1968),
 * with its confidence interval and the test of Mann and Kendall whether there is a trend at all. Up
 * to 29 % of the points may be anything.
 *
 * @param slope units of y per unit of x
 * @param lowSlope the low end of its interval, 95 %
 * @param highSlope the high end
 * @param intercept the median of {@code y - slope x}
 * @param score of the test of Mann and Kendall, normally distributed if there is no trend: with
 *     continuity correction, positive = y grows with x
 * @param count how many points there were
 */
public record TheilSen(
    double slope, double lowSlope, double highSlope, double intercept, double score, int count) {

  /** With fewer points nothing is significant. */
  private static final int LEAST_COUNT = 4;

  /** The slopes of all pairs are held at once. */
  private static final int MOST_COUNT = 4_000;

  /** Of the normal distribution, two-sided 95 %. */
  private static final double QUANTILE = 1.959_964;

  /**
   * Fits a line.
   *
   * @param x in any order; points with equal x make no pair
   * @param y as many, finite
   * @return empty with fewer than four points, or if all x are equal
   * @throws IllegalArgumentException if the lengths differ, a value is not finite, or there are
   *     more than 4,000 points: thin them out
   */
  public static Optional<TheilSen> fit(double[] x, double[] y) {
    check(x, y);
    int count = x.length;
    if (count < LEAST_COUNT) {
      return Optional.empty();
    }
    double[] slopes = new double[count * (count - 1) / 2];
    int pairs = 0;
    long rising = 0;
    for (int i = 0; i < count; i++) {
      for (int k = i + 1; k < count; k++) {
        double run = x[k] - x[i];
        if (run != 0) {
          double slope = (y[k] - y[i]) / run;
          slopes[pairs++] = slope;
          rising += Math.round(Math.signum(slope));
        }
      }
    }
    if (pairs == 0) {
      return Optional.empty();
    }
    slopes = Arrays.copyOf(slopes, pairs);
    Arrays.sort(slopes);
    double deviation = Math.sqrt(variance(x, y));
    double slope = median(slopes);
    // Sen 1968: the ranks of the ends lie half of C on both sides of the middle.
    double half = QUANTILE * deviation;
    int low = (int) Math.floor((pairs - half) / 2) - 1;
    int high = (int) Math.ceil((pairs + half) / 2);
    double[] rests = new double[count];
    Arrays.setAll(rests, i -> y[i] - slope * x[i]);
    Arrays.sort(rests);
    return Optional.of(
        new TheilSen(
            slope,
            low < 0 ? Double.NEGATIVE_INFINITY : slopes[low],
            high >= pairs ? Double.POSITIVE_INFINITY : slopes[high],
            median(rests),
            deviation == 0 ? 0 : (rising - Long.signum(rising)) / deviation,
            count));
  }

  private static void check(double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(x.length + " x, but " + y.length + " y");
    }
    if (x.length > MOST_COUNT) {
      throw new IllegalArgumentException(
          x.length + " points are more than " + MOST_COUNT + ": thin them out");
    }
    for (int i = 0; i < x.length; i++) {
      if (!Double.isFinite(x[i]) || !Double.isFinite(y[i])) {
        throw new IllegalArgumentException("point " + i + " is not finite: " + x[i] + ", " + y[i]);
      }
    }
  }

  /** Of Kendall's S, with ties in x and in y (Kendall 1970). */
  private static double variance(double[] x, double[] y) {
    double n = x.length;
    double[] tiesX = ties(x);
    double[] tiesY = ties(y);
    return (n * (n - 1) * (2 * n + 5) - tiesX[0] - tiesY[0]) / 18
        + tiesX[1] * tiesY[1] / (9 * n * (n - 1) * (n - 2))
        + tiesX[2] * tiesY[2] / (2 * n * (n - 1));
  }

  /** The sums over groups of equal values that the variance takes. */
  private static double[] ties(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] sums = new double[3];
    for (int start = 0, end = 0; start < sorted.length; start = end) {
      while (end < sorted.length && sorted[end] == sorted[start]) {
        end++;
      }
      double size = end - start;
      sums[0] += size * (size - 1) * (2 * size + 5);
      sums[1] += size * (size - 1) * (size - 2);
      sums[2] += size * (size - 1);
    }
    return sums;
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : sorted[middle - 1] + (sorted[middle] - sorted[middle - 1]) / 2;
  }

  /**
   * Whether there is a trend.
   *
   * @return true if chance alone would show it in less than 5 % of cases
   */
  public boolean isSignificant() {
    return Math.abs(score) > QUANTILE;
  }
}
