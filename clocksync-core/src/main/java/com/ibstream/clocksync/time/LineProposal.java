package com.ibstream.clocksync.time;

/**
 * What an estimate says about UTC: a point with a rate, and a hard interval that grows with age.
 *
 * @param asOfMonoNanos the instant of the ruler that all other figures refer to
 * @param pointEpochNanos the best estimate of UTC there, nanoseconds since 1970; inside the
 *     interval
 * @param earliestEpochNanos the earliest UTC possible there
 * @param latestEpochNanos the latest UTC possible there
 * @param ratePpm how much faster than the ruler UTC runs; positive = the ruler loses time. Inside
 *     the near rates of {@code growth}, or the point would leave its interval
 * @param growth how fast the ends of the interval move out
 * @param toleranceNanos the greatest error bound that is trusted
 * @param trustedUntilMonoNanos on the ruler, when a vote this old is no longer recent
 * @param reason why the line is trusted until then: {@link TrustReason#MAJORITY} or {@link
 *     TrustReason#SINGLE_SOURCE}
 */
public record LineProposal(
    long asOfMonoNanos,
    long pointEpochNanos,
    long earliestEpochNanos,
    long latestEpochNanos,
    double ratePpm,
    Growth growth,
    long toleranceNanos,
    long trustedUntilMonoNanos,
    TrustReason reason) {

  private static final double PPM = 1e-6;

  /** Rejects a proposal that contradicts itself. */
  public LineProposal {
    if (earliestEpochNanos > pointEpochNanos || pointEpochNanos > latestEpochNanos) {
      throw new IllegalArgumentException(
          "point outside its interval: "
              + earliestEpochNanos
              + " <= "
              + pointEpochNanos
              + " <= "
              + latestEpochNanos);
    }
    if (ratePpm != growth.near().clamp(ratePpm)) {
      throw new IllegalArgumentException(
          "ratePpm must be within " + growth.near() + ": " + ratePpm);
    }
    if (toleranceNanos <= 0) {
      throw new IllegalArgumentException("toleranceNanos must be positive: " + toleranceNanos);
    }
  }

  /**
   * The best estimate of UTC at another instant of the ruler.
   *
   * @param monoNanos nanoseconds of the ruler
   * @return nanoseconds since 1970
   */
  public long pointAt(long monoNanos) {
    long elapsedNanos = monoNanos - asOfMonoNanos;
    return pointEpochNanos + elapsedNanos + Math.round(elapsedNanos * (ratePpm * PPM));
  }

  /**
   * The earliest UTC possible at another instant.
   *
   * @param monoNanos nanoseconds of the ruler
   * @return nanoseconds since 1970, rounded outwards
   */
  public long earliestAt(long monoNanos) {
    return earliestEpochNanos + growth.leastNanos(asOfMonoNanos, monoNanos) - 1;
  }

  /**
   * The latest UTC possible at another instant.
   *
   * @param monoNanos nanoseconds of the ruler
   * @return nanoseconds since 1970, rounded outwards
   */
  public long latestAt(long monoNanos) {
    return latestEpochNanos + growth.mostNanos(asOfMonoNanos, monoNanos) + 1;
  }

  /**
   * The same estimate if UTC's rate against the ruler stays within other bounds.
   *
   * @param rates between which rates UTC runs, for ever
   * @return as wide as this at its instant, and growing otherwise
   */
  public LineProposal growing(RateBounds rates) {
    return new LineProposal(
        asOfMonoNanos,
        pointEpochNanos,
        earliestEpochNanos,
        latestEpochNanos,
        rates.clamp(ratePpm),
        Growth.steady(rates),
        toleranceNanos,
        trustedUntilMonoNanos,
        reason);
  }
}
