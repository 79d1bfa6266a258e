package com.ibstream.clocksync.facts;

/**
 * What an error bound is made of, term by term, in nanoseconds. The terms are those of the
 * measurement that sets the bound's farther end.
 *
 * @param delayHalfNanos half the round trip: how asymmetric the path can have been
 * @param rootDelayHalfNanos half the server's own round trip to its stratum 1
 * @param rootDispersionNanos the server's own accumulated error
 * @param precisionNanos granularity of the server's clock and of our ruler
 * @param ageingNanos what our clock can have lost or gained since, and during the exchange
 * @param slewResidualNanos what the published time still has to be slewed to reach the estimate
 * @param centringNanos the rest: distance of the estimate from that measurement's middle. Negative
 *     where other servers tighten the end
 */
public record ErrorBudget(
    long delayHalfNanos,
    long rootDelayHalfNanos,
    long rootDispersionNanos,
    long precisionNanos,
    long ageingNanos,
    long slewResidualNanos,
    long centringNanos) {

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
        + slewResidualNanos
        + centringNanos;
  }

  /**
   * The same terms where the estimate lies elsewhere in the interval.
   *
   * @param boundNanos the error bound
   * @return terms that sum to it; what the others do not explain is centring
   */
  public ErrorBudget centred(long boundNanos) {
    return with(ageingNanos, slewResidualNanos, centringNanos + boundNanos - totalNanos());
  }

  /**
   * The same terms a little later.
   *
   * @param boundNanos the error bound then
   * @return terms that sum to it; what the others do not explain is ageing
   */
  public ErrorBudget aged(long boundNanos) {
    return with(ageingNanos + boundNanos - totalNanos(), slewResidualNanos, centringNanos);
  }

  /**
   * The same terms while the published time is being slewed.
   *
   * @param residualNanos how far it is from the estimate
   * @return terms with that residual
   */
  public ErrorBudget slewing(long residualNanos) {
    return with(ageingNanos, residualNanos, centringNanos);
  }

  private ErrorBudget with(long ageing, long slewResidual, long centring) {
    return new ErrorBudget(
        delayHalfNanos,
        rootDelayHalfNanos,
        rootDispersionNanos,
        precisionNanos,
        ageing,
        slewResidual,
        centring);
  }
}
