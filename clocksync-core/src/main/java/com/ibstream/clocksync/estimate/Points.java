package com.ibstream.clocksync.estimate;

import java.util.List;

/**
 * The points of a fit, oldest first: made from the samples of the truechimers. NOT safe for
 * threads.
 */
final class Points {

  private static final double NANOS_PER_SECOND = 1e9;

  private final double[] ageSeconds;
  private final double[] offsetNanos;
  private final double[] sigmaNanos;
  private int count;

  /**
   * No points yet.
   *
   * @param capacity how many there will be at the most
   */
  Points(int capacity) {
    ageSeconds = new double[capacity];
    offsetNanos = new double[capacity];
    sigmaNanos = new double[capacity];
  }

  /**
   * Adds a point that is no older than those before.
   *
   * @param age how long before the present, not negative, seconds
   * @param offset UTC minus clock, against any constant, nanoseconds
   * @param sigma its own uncertainty, greater than zero, nanoseconds
   */
  Points add(double age, double offset, double sigma) {
    ageSeconds[count] = age;
    offsetNanos[count] = offset;
    sigmaNanos[count] = sigma;
    count++;
    return this;
  }

  int count() {
    return count;
  }

  double ageSeconds(int index) {
    return ageSeconds[index];
  }

  double offsetNanos(int index) {
    return offsetNanos[index];
  }

  double sigmaNanos(int index) {
    return sigmaNanos[index];
  }

  /**
   * The points, oldest first.
   *
   * @param sources whose samples
   * @param baseEpochNanos the constant that offsets are told against
   * @param nowRawNanos the present, on the steady clock
   */
  static Points of(List<Candidate> sources, long baseEpochNanos, long nowRawNanos) {
    SourcePoints[] bySource = new SourcePoints[sources.size()];
    int[] taken = new int[bySource.length];
    long[] agesNanos = new long[bySource.length];
    int[] order = new int[bySource.length];
    int total = 0;
    for (int i = 0; i < bySource.length; i++) {
      bySource[i] = sources.get(i).points();
      agesNanos[i] = bySource[i].ageNanos(0, nowRawNanos);
      order[i] = i;
      for (int k = i; k > 0 && isBefore(order[k], order[k - 1], agesNanos); k--) {
        order[k] = order[k - 1];
        order[k - 1] = i;
      }
      total += bySource[i].count();
    }
    Points points = new Points(total);
    for (int i = 0; i < total; i++) {
      int oldest = order[0];
      SourcePoints from = bySource[oldest];
      int index = taken[oldest]++;
      long ageNanos = agesNanos[oldest];
      points.add(
          Math.max(0, ageNanos / NANOS_PER_SECOND),
          (double) (from.epochNanos(index) + ageNanos - baseEpochNanos),
          from.sigmaNanos(index));
      agesNanos[oldest] = from.ageNanos(index + 1, nowRawNanos);
      moveBack(order, agesNanos);
    }
    return points;
  }

  /** Moves the first to where it belongs now; sources that are asked in turns go to the end. */
  private static void moveBack(int[] order, long[] agesNanos) {
    int first = order[0];
    int place = 0;
    while (place + 1 < order.length && isBefore(order[place + 1], first, agesNanos)) {
      order[place] = order[place + 1];
      place++;
    }
    order[place] = first;
  }

  /** Whether the next point of one source is older than that of another; the first if equal. */
  private static boolean isBefore(int source, int other, long[] agesNanos) {
    return agesNanos[source] > agesNanos[other]
        || (agesNanos[source] == agesNanos[other] && source < other);
  }
}
