package com.ibstream.clocksync.time;

import java.util.function.UnaryOperator;

/**
 * UTC as a straight line over the {@link Ruler}, with the hard interval around it and the moment at
 * which trust ends. Immutable.
 *
 * <p>A line begins at one instant of the ruler; for the instants before, it knows the lines that
 * were in force then (the old estimate, a slew towards the new one, a hold). So the time is a pure
 * function of the ruler, whichever line a reader happens to have loaded.
 */
public final class UtcLine {

  /** 146 years. */
  private static final long FOR_EVER_NANOS = Long.MAX_VALUE / 2;

  /** Where this line begins, on the ruler. */
  final long startMonoNanos;

  private final long startEpochNanos;
  private final long rate62;
  private final long lowNanos;
  private final long highNanos;
  private final long lowGrowth62;
  private final long highGrowth62;

  /** How long after the start the growth goes on as above; then the far growths come on top. */
  private final long nearNanos;

  private final long lowFarGrowth62;
  private final long highFarGrowth62;
  private final LineTrust trust;
  private final Watch watch;

  /** What both ends move out by for each unit of the ruler since it was looked at. */
  private final long uncheckedGrowth62;

  /** The line in force before {@link #startMonoNanos}, or null where none is remembered. */
  private final UtcLine earlier;

  /** Not null while it is still open whether this line takes over: see {@link Handover}. */
  private final Handover handover;

  /** A line of its own, with an interval that grows. */
  private UtcLine(
      long startMonoNanos,
      long startEpochNanos,
      double ratePpm,
      LineProposal proposal,
      LineTrust trust,
      Watch watch,
      UtcLine earlier) {
    this.startMonoNanos = startMonoNanos;
    this.startEpochNanos = startEpochNanos;
    this.rate62 = Fixed62.ofPpm(ratePpm);
    this.lowNanos = Math.subtractExact(startEpochNanos, proposal.earliestAt(startMonoNanos));
    this.highNanos = Math.subtractExact(proposal.latestAt(startMonoNanos), startEpochNanos);
    RateBounds near = proposal.growth().near();
    RateBounds far = proposal.growth().far();
    this.lowGrowth62 = Fixed62.ofPpm(ratePpm - near.minPpm()) + 1;
    this.highGrowth62 = Fixed62.ofPpm(near.maxPpm() - ratePpm) + 1;
    this.nearNanos =
        proposal.growth().isSteady()
            ? FOR_EVER_NANOS
            : Math.max(0, proposal.growth().nearUntilMonoNanos() - startMonoNanos);
    this.lowFarGrowth62 = Fixed62.ofPpm(near.minPpm() - far.minPpm()) + 1;
    this.highFarGrowth62 = Fixed62.ofPpm(far.maxPpm() - near.maxPpm()) + 1;
    this.trust = trust;
    this.watch = watch;
    this.uncheckedGrowth62 = uncheckedGrowth62(watch);
    this.earlier = earlier;
    this.handover = null;
  }

  /** The same figures as another line's, beginning elsewhere or with other company. */
  private UtcLine(
      UtcLine same,
      long startMonoNanos,
      LineTrust trust,
      Watch watch,
      UtcLine earlier,
      Handover handover) {
    this.startMonoNanos = startMonoNanos;
    this.startEpochNanos = same.startEpochNanos;
    this.rate62 = same.rate62;
    this.lowNanos = same.lowNanos;
    this.highNanos = same.highNanos;
    this.lowGrowth62 = same.lowGrowth62;
    this.highGrowth62 = same.highGrowth62;
    this.nearNanos = same.nearNanos;
    this.lowFarGrowth62 = same.lowFarGrowth62;
    this.highFarGrowth62 = same.highFarGrowth62;
    this.trust = trust;
    this.watch = watch;
    this.uncheckedGrowth62 = uncheckedGrowth62(watch);
    this.earlier = earlier;
    this.handover = handover;
  }

  /** A constant without a time. */
  private UtcLine(long monoNanos, LineTrust none) {
    this.startMonoNanos = monoNanos;
    this.startEpochNanos = TrustedClock.NO_TIME;
    this.rate62 = (long) -Fixed62.ONE;
    this.lowNanos = 0;
    this.highNanos = 0;
    this.lowGrowth62 = 0;
    this.highGrowth62 = 0;
    this.nearNanos = FOR_EVER_NANOS;
    this.lowFarGrowth62 = 0;
    this.highFarGrowth62 = 0;
    this.trust = none;
    this.watch = Watch.NONE;
    this.uncheckedGrowth62 = 0;
    this.earlier = null;
    this.handover = null;
  }

  private static long uncheckedGrowth62(Watch watch) {
    double ppm = watch.uncheckedPpm();
    return ppm == 0 ? 0 : Fixed62.ofPpm(ppm / (1 - ppm * 1e-6)) + 1;
  }

  /** A line that knows no time: a constant {@link TrustedClock#NO_TIME} without any trust. */
  static UtcLine neverProved(long monoNanos) {
    LineTrust none =
        new LineTrust(
            false, false, 0, monoNanos, TrustReason.NEVER_PROVED, TrustReason.NEVER_PROVED);
    return new UtcLine(monoNanos, none);
  }

  /**
   * A line through a point, with the proposal's hard interval around it.
   *
   * @param monoNanos where it begins, on the ruler
   * @param epochNanos UTC there
   * @param ratePpm how much faster than the ruler it runs; -1e6 holds the time still
   */
  static UtcLine through(
      long monoNanos,
      long epochNanos,
      double ratePpm,
      LineProposal proposal,
      LineTrust trust,
      Watch watch,
      UtcLine earlier) {
    return new UtcLine(monoNanos, epochNanos, ratePpm, proposal, trust, watch, earlier);
  }

  /**
   * A line that stands for two, of which a {@link Handover} decides. It begins never, so readers
   * must ask.
   */
  static UtcLine undecided(Handover handover) {
    UtcLine old = handover.current();
    return new UtcLine(
        old, old.startMonoNanos + FOR_EVER_NANOS, old.trust, old.watch, null, handover);
  }

  /** This line and all before it, with another trust. */
  UtcLine with(UnaryOperator<LineTrust> change) {
    UtcLine before = earlier == null ? null : earlier.with(change);
    return new UtcLine(this, startMonoNanos, change.apply(trust), watch, before, null);
  }

  /** This line and all before it, watched for longer. */
  UtcLine with(Watch newWatch) {
    UtcLine before = earlier == null ? null : earlier.with(newWatch);
    return new UtcLine(this, startMonoNanos, trust, newWatch, before, null);
  }

  /**
   * This line, remembering only what was in force at or after the given instant.
   *
   * @param most how many earlier lines at the most
   */
  UtcLine remembering(long sinceMonoNanos, int most) {
    boolean enough = earlier == null || most == 0 || startMonoNanos - sinceMonoNanos <= 0;
    UtcLine before = enough ? null : earlier.remembering(sinceMonoNanos, most - 1);
    return new UtcLine(this, startMonoNanos, trust, watch, before, null);
  }

  /**
   * The line that was in force at an instant of the ruler.
   *
   * @return that line, or null if it lies further back than this line remembers
   */
  UtcLine inForceAt(long monoNanos) {
    UtcLine candidate = handover == null ? this : handover.lineFor(monoNanos);
    while (candidate != null && monoNanos - candidate.startMonoNanos < 0) {
      candidate = candidate.earlier;
    }
    return candidate;
  }

  long epochAfter(long elapsedNanos) {
    return startEpochNanos + elapsedNanos + Fixed62.scale(elapsedNanos, rate62);
  }

  long errorBoundAfter(long elapsedNanos) {
    return trust.proved()
        ? Math.max(0, Math.max(lowAfter(elapsedNanos), highAfter(elapsedNanos)))
            + uncheckedAfter(elapsedNanos)
        : Long.MAX_VALUE;
  }

  boolean isTrustedAfter(long elapsedNanos) {
    return !trust.withdrawn() && errorBoundAfter(elapsedNanos) <= trust.toleranceNanos();
  }

  private long lowAfter(long elapsedNanos) {
    long plain = lowNanos + Fixed62.scale(elapsedNanos, lowGrowth62) + 1;
    return elapsedNanos <= nearNanos ? plain : plain + far(elapsedNanos, lowFarGrowth62);
  }

  private long highAfter(long elapsedNanos) {
    long plain = highNanos + Fixed62.scale(elapsedNanos, highGrowth62) + 1;
    return elapsedNanos <= nearNanos ? plain : plain + far(elapsedNanos, highFarGrowth62);
  }

  private long far(long elapsedNanos, long farGrowth62) {
    return Fixed62.scale(elapsedNanos - nearNanos, farGrowth62) + 1;
  }

  /** What both ends move out by because the ruler may be slewed since it was looked at. */
  private long uncheckedAfter(long elapsedNanos) {
    if (uncheckedGrowth62 == 0) {
      return 0;
    }
    long uncheckedNanos = elapsedNanos - (watch.checkedUntilMonoNanos() - startMonoNanos);
    return Fixed62.scale(Math.max(0, uncheckedNanos), uncheckedGrowth62) + 1;
  }

  /** Who vouches for it and until when. */
  LineTrust trust() {
    return trust;
  }

  /** What is known of the ruler and the wall clock beside this line. */
  Watch watch() {
    return watch;
  }

  /** Fills a reading with the answer of this very line, which must be in force at that instant. */
  void read(long monoNanos, Reading reading) {
    reading.monoNanos = monoNanos;
    if (!trust.proved()) {
      reading.setUnknown(trust.reason());
      return;
    }
    long elapsedNanos = monoNanos - startMonoNanos;
    long epochNanos = epochAfter(elapsedNanos);
    // While the line slews the point may lie outside the hard interval; what we state then holds
    // both.
    long unchecked = uncheckedAfter(elapsedNanos);
    long low = Math.max(0, lowAfter(elapsedNanos)) + unchecked;
    long high = Math.max(0, highAfter(elapsedNanos)) + unchecked;
    long bound = Math.max(low, high);
    reading.epochNanos = epochNanos;
    reading.earliestEpochNanos = epochNanos - low;
    reading.latestEpochNanos = epochNanos + high;
    reading.errorBoundNanos = bound;
    trust.judge(monoNanos, bound, reading);
  }

  /**
   * Reads this line at any instant of the ruler, for background work that has its own ruler
   * reading.
   *
   * @param monoNanos nanoseconds of the ruler
   * @param reading overwritten
   * @return the same reading; {@link TrustLevel#UNKNOWN} for an instant before all that this line
   *     remembers
   */
  public Reading readAt(long monoNanos, Reading reading) {
    UtcLine inForce = inForceAt(monoNanos);
    (inForce == null ? neverProved(monoNanos) : inForce).read(monoNanos, reading);
    return reading;
  }

  /**
   * Whether any vote stands behind this line.
   *
   * @return false until the first proof
   */
  public boolean isProved() {
    return trust.proved();
  }

  /**
   * How much faster than the ruler this line runs.
   *
   * @return parts per million; positive = the ruler loses time
   */
  public double ratePpm() {
    return Fixed62.toPpm(rate62);
  }
}
