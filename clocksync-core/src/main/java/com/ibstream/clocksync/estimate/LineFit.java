package com.ibstream.clocksync.estimate;

/**
 * A straight line through samples, as a filter of two states (offset and rate) over them in order
 * of time, the oldest first. Pure functions.
 *
 * <p>The rate is taken for a random walk; a walk of w per &radic;s adds w&sup2;t&sup3;/3 to the
 * variance of the offset, w&sup2;t&sup2;/2 to the covariance and w&sup2;t to the variance of the
 * rate in t seconds (the usual two-state clock model). So the memory adapts to the network by
 * itself: with quiet samples the filter follows within minutes, with noisy ones it averages over
 * hours. The rate begins near zero by a weak prior, so that a single sample already gives a line.
 */
final class LineFit {

  /**
   * Wander of the rate assumed, ns/s per root second. Three times that of a usual quartz in a room:
   * too much costs a few per cent, too little costs everything when the temperature changes.
   */
  private static final double WANDER_NANOS_PER_SECOND = 3.2;

  private static final double WANDER_DENSITY = WANDER_NANOS_PER_SECOND * WANDER_NANOS_PER_SECOND;
  private static final double NANOS_PER_PPM_SECOND = 1_000;

  /** Two standard deviations: 95 % of a normal distribution. */
  private static final double CONFIDENT_SIGMAS = 2;

  /**
   * The line at the present.
   *
   * @param offsetNanos UTC minus clock, against the same constant
   * @param ratePpm how much faster than the clock UTC runs
   * @param skewPpm how wrong the rate may be, 95 %
   */
  record Line(double offsetNanos, double ratePpm, double skewPpm) {}

  private LineFit() {}

  /**
   * Fits a line through at least one point. Where the points scatter more than their sigmas allow,
   * all sigmas are taken to be too small by the same factor (the Birge ratio), so that the prior
   * keeps the rate in check.
   *
   * @param points oldest first
   * @param priorRatePpm how far from zero the rate may be expected to be
   */
  static Line fit(Points points, double priorRatePpm) {
    if (points.count() == 0) {
      throw new IllegalArgumentException("a line needs at least one point");
    }
    Filter first = new Filter(points, priorRatePpm, 1);
    double excess = first.surpriseSum / Math.max(1, points.count() - 1);
    return excess > 1 ? new Filter(points, priorRatePpm, excess).line() : first.line();
  }

  /** One pass over the points. */
  private static final class Filter {

    private double offset;
    private double rate;
    private double offsetVariance;
    private double covariance;
    private double rateVariance;
    private double ageSeconds;

    /** Squared surprises in units of what was expected; about one for each point but the first. */
    private double surpriseSum;

    Filter(Points points, double priorRatePpm, double varianceFactor) {
      double prior = priorRatePpm * NANOS_PER_PPM_SECOND;
      ageSeconds = points.ageSeconds(0);
      offset = points.offsetNanos(0);
      offsetVariance = points.sigmaNanos(0) * points.sigmaNanos(0) * varianceFactor;
      rateVariance = prior * prior;
      for (int i = 1; i < points.count(); i++) {
        double sigma = points.sigmaNanos(i);
        goOn(ageSeconds - points.ageSeconds(i));
        take(points.offsetNanos(i), sigma * sigma * varianceFactor);
        ageSeconds = points.ageSeconds(i);
      }
      goOn(ageSeconds);
    }

    private void goOn(double seconds) {
      double walk = WANDER_DENSITY * seconds;
      offset += rate * seconds;
      offsetVariance += seconds * (2 * covariance + seconds * (rateVariance + walk / 3));
      covariance += seconds * (rateVariance + walk / 2);
      rateVariance += walk;
    }

    private void take(double offsetNanos, double variance) {
      double surprise = offsetNanos - offset;
      double expected = offsetVariance + variance;
      double reciprocal = 1 / expected;
      surpriseSum += surprise * surprise * reciprocal;
      double gain = offsetVariance * reciprocal;
      double rateGain = covariance * reciprocal;
      offset += gain * surprise;
      rate += rateGain * surprise;
      rateVariance -= rateGain * covariance;
      covariance *= 1 - gain;
      offsetVariance *= 1 - gain;
    }

    Line line() {
      return new Line(
          offset,
          rate / NANOS_PER_PPM_SECOND,
          CONFIDENT_SIGMAS * Math.sqrt(rateVariance) / NANOS_PER_PPM_SECOND);
    }
  }
}
