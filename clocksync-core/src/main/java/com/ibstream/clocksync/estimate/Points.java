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
    Head[] heads = new Head[sources.size()];
    int total = 0;
    for (int i = 0; i < heads.length; i++) {
      heads[i] = new Head(sources.get(i).points());
      total += heads[i].points.count();
    }
    Points points = new Points(total);
    for (int i = 0; i < total; i++) {
      Head oldest = null;
      for (Head head : heads) {
        if (head.isLeft && (oldest == null || head.nextRawNanos - oldest.nextRawNanos < 0)) {
          oldest = head;
        }
      }
      long elapsedNanos = nowRawNanos - oldest.nextRawNanos;
      points.add(
          Math.max(0, elapsedNanos / NANOS_PER_SECOND),
          (double) (oldest.points.epochNanos(oldest.taken) + elapsedNanos - baseEpochNanos),
          oldest.points.sigmaNanos(oldest.taken));
      oldest.goOn();
    }
    return points;
  }

  /** How far the points of one source are taken. */
  private static final class Head {

    private final SourcePoints points;
    private int taken = -1;
    private boolean isLeft;
    private long nextRawNanos;

    Head(SourcePoints points) {
      this.points = points;
      goOn();
    }

    void goOn() {
      taken++;
      isLeft = taken < points.count();
      nextRawNanos = isLeft ? points.rawNanos(taken) : 0;
    }
  }
}
