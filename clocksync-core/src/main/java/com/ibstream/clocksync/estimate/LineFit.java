package com.ibstream.clocksync.estimate;

import java.util.List;

/**
 * A straight line through samples by weighted least squares: offset and rate at the present. Pure
 * functions.
 *
 * <p>Each sample weighs 1 / sigma&sup2;; what sigma is made of is said in {@link ClockEstimator}. A
 * sample loses weight with age as the rate wanders: a random walk of w per &radic;s leaves
 * w&middot;t<sup>1.5</sup>/&radic;3 in the offset after t seconds. The rate is drawn towards zero
 * by a weak prior, so that a single sample already gives a line.
 */
final class LineFit {

  /** Wander of the rate assumed, ns/s per root second: rather too much than too little. */
  private static final double WANDER_NANOS_PER_SECOND = 10;

  /** How far from zero the rate may be expected to be, ns/s: 100 ppm, the worst of usual quartz. */
  private static final double PRIOR_RATE_NANOS_PER_SECOND = 100_000;

  private static final double NANOS_PER_PPM_SECOND = 1_000;

  /**
   * One sample.
   *
   * @param ageSeconds how long before the present, not negative
   * @param offsetNanos UTC minus ruler, against any constant
   * @param sigmaNanos its own uncertainty, greater than zero
   */
  record Point(double ageSeconds, double offsetNanos, double sigmaNanos) {}

  /**
   * The line at the present.
   *
   * @param offsetNanos UTC minus ruler, against the same constant
   * @param ratePpm how much faster than the ruler UTC runs
   */
  record Line(double offsetNanos, double ratePpm) {}

  private LineFit() {}

  /**
   * Fits a line through at least one point. Where the points scatter more than their sigmas allow,
   * all sigmas are taken to be too small by the same factor (the Birge ratio), so that the prior
   * keeps the rate in check.
   */
  static Line fit(List<Point> points) {
    if (points.isEmpty()) {
      throw new IllegalArgumentException("a line needs at least one point");
    }
    Line first = fit(points, 1);
    double excess =
        Math.sqrt(
            points.stream()
                .mapToDouble(point -> squaredDeviation(point, first))
                .average()
                .orElseThrow());
    return excess > 1 ? fit(points, excess) : first;
  }

  /**
   * How far a point lies from the line that has no rate of its own: what the points really agree
   * on.
   */
  private static double squaredDeviation(Point point, Line line) {
    double deviation = point.offsetNanos - line.offsetNanos;
    double allowed = point.ageSeconds * PRIOR_RATE_NANOS_PER_SECOND;
    double unexplained = Math.max(0, Math.abs(deviation) - allowed);
    return unexplained * unexplained * weight(point, 1);
  }

  private static Line fit(List<Point> points, double sigmaFactor) {
    double weights = 0;
    double sumT = 0;
    double sumY = 0;
    for (Point point : points) {
      double weight = weight(point, sigmaFactor);
      weights += weight;
      sumT -= weight * point.ageSeconds;
      sumY += weight * point.offsetNanos;
    }
    double meanT = sumT / weights;
    double meanY = sumY / weights;
    double slopeWeight = 1 / (PRIOR_RATE_NANOS_PER_SECOND * PRIOR_RATE_NANOS_PER_SECOND);
    double slopeSum = 0;
    for (Point point : points) {
      double weight = weight(point, sigmaFactor);
      double t = -point.ageSeconds - meanT;
      slopeWeight += weight * t * t;
      slopeSum += weight * t * (point.offsetNanos - meanY);
    }
    double rate = slopeSum / slopeWeight;
    return new Line(meanY - rate * meanT, rate / NANOS_PER_PPM_SECOND);
  }

  private static double weight(Point point, double sigmaFactor) {
    double wander = WANDER_NANOS_PER_SECOND * Math.pow(point.ageSeconds, 1.5) / Math.sqrt(3);
    double sigma = point.sigmaNanos * sigmaFactor;
    return 1 / (sigma * sigma + wander * wander);
  }
}
