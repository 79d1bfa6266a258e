package com.ibstream.clocksync.time;

/**
 * How far the ends of the hard interval lie from the point of a line, as a function of the line's
 * age. Immutable.
 *
 * <p>Nearly every read falls between the last look at the ruler and the end of the near rates. For
 * that span all that grows is summed up beforehand, so that a read multiplies once for each end.
 */
final class LineMargins {

  /** 146 years. */
  static final long FOR_EVER_NANOS = Long.MAX_VALUE / 2;

  /** Of a line without a time. */
  static final LineMargins NONE = new LineMargins(0, 0, 0, 0, FOR_EVER_NANOS, 0, 0, Watch.NONE, 0);

  /** Below the point and above it, at the start; negative while the line slews from outside. */
  private final long lowNanos;

  private final long highNanos;
  private final long lowGrowth62;
  private final long highGrowth62;

  /** How long after the start the growth goes on as above; then the far growths come on top. */
  private final long nearNanos;

  private final long lowFarGrowth62;
  private final long highFarGrowth62;

  /** What both ends move out by for each unit of the ruler since it was looked at. */
  private final long uncheckedGrowth62;

  /** How long after the start it was looked at. */
  private final long checkedNanos;

  /** After this and up to that, the sums below hold; never, where a margin may be negative. */
  private final long summedAfterNanos;

  private final long summedUntilNanos;
  private final long summedLowNanos;
  private final long summedHighNanos;
  private final long summedLowGrowth62;
  private final long summedHighGrowth62;

  private LineMargins(
      long lowNanos,
      long highNanos,
      long lowGrowth62,
      long highGrowth62,
      long nearNanos,
      long lowFarGrowth62,
      long highFarGrowth62,
      Watch watch,
      long startMonoNanos) {
    this.lowNanos = lowNanos;
    this.highNanos = highNanos;
    this.lowGrowth62 = lowGrowth62;
    this.highGrowth62 = highGrowth62;
    this.nearNanos = nearNanos;
    this.lowFarGrowth62 = lowFarGrowth62;
    this.highFarGrowth62 = highFarGrowth62;
    double ppm = watch.uncheckedPpm();
    this.uncheckedGrowth62 = ppm == 0 ? 0 : Fixed62.ofPpm(ppm / (1 - ppm * 1e-6)) + 1;
    this.checkedNanos = watch.checkedUntilMonoNanos() - startMonoNanos;
    boolean isWatched = uncheckedGrowth62 != 0;
    boolean isNeverNegative =
        Math.min(lowNanos, highNanos) >= 0 && Math.min(lowGrowth62, highGrowth62) >= 0;
    long sinceStartNanos = isWatched ? Fixed62.scale(checkedNanos, uncheckedGrowth62) : 0;
    this.summedAfterNanos = isWatched ? checkedNanos : -1;
    this.summedUntilNanos = isNeverNegative ? nearNanos : Long.MIN_VALUE;
    this.summedLowNanos = lowNanos - sinceStartNanos + 1;
    this.summedHighNanos = highNanos - sinceStartNanos + 1;
    this.summedLowGrowth62 = lowGrowth62 + uncheckedGrowth62;
    this.summedHighGrowth62 = highGrowth62 + uncheckedGrowth62;
  }

  /**
   * The margins of a proposal's interval around a line.
   *
   * @param startMonoNanos where the line begins, on the ruler
   * @param startEpochNanos its point there
   * @param ratePpm how much faster than the ruler it runs
   */
  static LineMargins around(
      long startMonoNanos,
      long startEpochNanos,
      double ratePpm,
      LineProposal proposal,
      Watch watch) {
    Growth growth = proposal.growth();
    RateBounds near = growth.near();
    RateBounds far = growth.far();
    return new LineMargins(
        Math.subtractExact(startEpochNanos, proposal.earliestAt(startMonoNanos)),
        Math.subtractExact(proposal.latestAt(startMonoNanos), startEpochNanos),
        Fixed62.ofPpm(ratePpm - near.minPpm()) + 1,
        Fixed62.ofPpm(near.maxPpm() - ratePpm) + 1,
        growth.isSteady()
            ? FOR_EVER_NANOS
            : Math.max(0, growth.nearUntilMonoNanos() - startMonoNanos),
        Fixed62.ofPpm(near.minPpm() - far.minPpm()) + 1,
        Fixed62.ofPpm(far.maxPpm() - near.maxPpm()) + 1,
        watch,
        startMonoNanos);
  }

  /** The same line's, watched for longer. */
  LineMargins with(Watch watch, long startMonoNanos) {
    return new LineMargins(
        lowNanos,
        highNanos,
        lowGrowth62,
        highGrowth62,
        nearNanos,
        lowFarGrowth62,
        highFarGrowth62,
        watch,
        startMonoNanos);
  }

  /** How far before the point UTC may be. */
  long lowAfter(long elapsedNanos) {
    return isSummed(elapsedNanos)
        ? summedLowNanos + Fixed62.scale(elapsedNanos, summedLowGrowth62)
        : lowTermByTerm(elapsedNanos);
  }

  /** How far after the point UTC may be. */
  long highAfter(long elapsedNanos) {
    return isSummed(elapsedNanos)
        ? summedHighNanos + Fixed62.scale(elapsedNanos, summedHighGrowth62)
        : highTermByTerm(elapsedNanos);
  }

  private boolean isSummed(long elapsedNanos) {
    return elapsedNanos > summedAfterNanos && elapsedNanos <= summedUntilNanos;
  }

  // While the line slews the point may lie outside the hard interval; what is stated then holds
  // both: a margin is never negative.

  private long lowTermByTerm(long elapsedNanos) {
    long near = lowNanos + Fixed62.scale(elapsedNanos, lowGrowth62) + 1;
    return Math.max(0, near + far(elapsedNanos, lowFarGrowth62)) + uncheckedAfter(elapsedNanos);
  }

  private long highTermByTerm(long elapsedNanos) {
    long near = highNanos + Fixed62.scale(elapsedNanos, highGrowth62) + 1;
    return Math.max(0, near + far(elapsedNanos, highFarGrowth62)) + uncheckedAfter(elapsedNanos);
  }

  private long far(long elapsedNanos, long farGrowth62) {
    return elapsedNanos <= nearNanos ? 0 : Fixed62.scale(elapsedNanos - nearNanos, farGrowth62) + 1;
  }

  /** What both ends move out by because the ruler may be slewed since it was looked at. */
  private long uncheckedAfter(long elapsedNanos) {
    return uncheckedGrowth62 == 0
        ? 0
        : Fixed62.scale(Math.max(0, elapsedNanos - checkedNanos), uncheckedGrowth62) + 1;
  }
}
