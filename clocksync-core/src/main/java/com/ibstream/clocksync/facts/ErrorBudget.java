package com.ibstream.clocksync.facts;

/**
 * What an error bound is made of, term by term, in nanoseconds. The terms are those of the
 * measurement that sets the bound's farther end.
 *
 * @param delayHalfNanos half the round trip: how asymmetric the path can have been
 * @param rootDelayHalfNanos half the server's own round trip to its stratum 1
 * @param rootDispersionNanos the server's own accumulated error
 * @param precisionNanos granularity of the server's clock and of our ruler
 * @param ageingNanos what the ruler can have lost or gained since, and during the exchange
 * @param residualNanos the rest: distance of the published point from that measurement's middle,
 *     with what is still to be slewed. Negative where other servers tighten the end
 */
public record ErrorBudget(
    long delayHalfNanos,
    long rootDelayHalfNanos,
    long rootDispersionNanos,
    long precisionNanos,
    long ageingNanos,
    long residualNanos) {

  /**
   * The error bound that these terms explain.
   *
   * @return their sum, nanoseconds
   */
  public long totalNanos() {
    return delayHalfNanos
        + rootDelayHalfNanos
        + rootDispersionNanos
        + precisionNanos
        + ageingNanos
        + residualNanos;
  }

  /**
   * The same terms for another bound: what they do not explain of it is the residual.
   *
   * @param boundNanos the error bound now
   * @return terms that sum to it
   */
  public ErrorBudget explaining(long boundNanos) {
    return new ErrorBudget(
        delayHalfNanos,
        rootDelayHalfNanos,
        rootDispersionNanos,
        precisionNanos,
        ageingNanos,
        residualNanos + boundNanos - totalNanos());
  }
}
