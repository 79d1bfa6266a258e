package com.ibstream.clocksync.time;

import java.util.function.UnaryOperator;

/**
 * UTC as a straight line over the {@link Ruler}, with the hard interval around it and the moment at
 * which trust ends. Immutable.
 *
 * <p>A line begins at one instant of the ruler; for the instants before, it knows the lines that
 * were in force then (the old estimate, a slew towards the new one, a hold). So the time is a pure
 * function of the ruler, whichever line a reader happens to have loaded.
 *
 * <p>Slopes are fixed-point fractions of 2<sup>62</sup>, so that a read needs integers only and is
 * monotonic to the nanosecond.
 */
public final class UtcLine {

  private static final double RATE_ONE = 0x1p62;
  private static final double PPM = 1e-6;

  /** Where this line begins, on the ruler. */
  final long startMonoNanos;

  private final long startEpochNanos;
  private final long rate62;
  private final long lowNanos;
  private final long highNanos;
  private final long lowGrowth62;
  private final long highGrowth62;
  private final Trust trust;

  /** The line in force before {@link #startMonoNanos}, or null where none is remembered. */
  private final UtcLine earlier;

  /** Not null while it is still open whether this line takes over: see {@link Handover}. */
  private final Handover handover;

  /**
   * The trust a line carries: who vouches for it and until when.
   *
   * @param proved whether any vote stands behind it
   * @param withdrawn whether it is disputed, so that no bound makes it good
   * @param toleranceNanos the greatest error bound that is trusted
   * @param untilMonoNanos on the ruler, when the vote is too old for {@link TrustLevel#TRUSTED}
   * @param reason why it is trusted until then, or withdrawn
   * @param afterwards why it is not fully trusted after that
   */
  record Trust(
      boolean proved,
      boolean withdrawn,
      long toleranceNanos,
      long untilMonoNanos,
      TrustReason reason,
      TrustReason afterwards) {

    Trust withdraw(TrustReason why) {
      return new Trust(proved, true, toleranceNanos, untilMonoNanos, why, why);
    }

    Trust heldOver(long sinceMonoNanos, TrustReason why) {
      long until = untilMonoNanos - sinceMonoNanos < 0 ? untilMonoNanos : sinceMonoNanos;
      return new Trust(
          proved, withdrawn, toleranceNanos, until, reason, withdrawn ? afterwards : why);
    }
  }

  private UtcLine(
      long startMonoNanos,
      long startEpochNanos,
      long rate62,
      long lowNanos,
      long highNanos,
      long lowGrowth62,
      long highGrowth62,
      Trust trust,
      UtcLine earlier,
      Handover handover) {
    this.startMonoNanos = startMonoNanos;
    this.startEpochNanos = startEpochNanos;
    this.rate62 = rate62;
    this.lowNanos = lowNanos;
    this.highNanos = highNanos;
    this.lowGrowth62 = lowGrowth62;
    this.highGrowth62 = highGrowth62;
    this.trust = trust;
    this.earlier = earlier;
    this.handover = handover;
  }

  /** A line that knows no time: a constant {@link TrustedClock#NO_TIME} without any trust. */
  static UtcLine neverProved(long monoNanos) {
    Trust none =
        new Trust(false, false, 0, monoNanos, TrustReason.NEVER_PROVED, TrustReason.NEVER_PROVED);
    return new UtcLine(
        monoNanos, TrustedClock.NO_TIME, (long) -RATE_ONE, 0, 0, 0, 0, none, null, null);
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
      Trust trust,
      UtcLine earlier) {
    double growthPpm = proposal.growthPpm();
    return new UtcLine(
        monoNanos,
        epochNanos,
        fixedPoint(ratePpm),
        Math.subtractExact(epochNanos, proposal.earliestAt(monoNanos)),
        Math.subtractExact(proposal.latestAt(monoNanos), epochNanos),
        fixedPoint(growthPpm + ratePpm) + 1,
        fixedPoint(growthPpm - ratePpm) + 1,
        trust,
        earlier,
        null);
  }

  /**
   * A line that stands for two, of which a {@link Handover} decides. It begins never, so readers
   * must ask.
   */
  static UtcLine undecided(Handover handover) {
    UtcLine old = handover.current();
    return new UtcLine(
        old.startMonoNanos + Long.MAX_VALUE / 2, 0, 0, 0, 0, 0, 0, old.trust, null, handover);
  }

  /** This line and all before it, with another trust. */
  UtcLine with(UnaryOperator<Trust> change) {
    return new UtcLine(
        startMonoNanos,
        startEpochNanos,
        rate62,
        lowNanos,
        highNanos,
        lowGrowth62,
        highGrowth62,
        change.apply(trust),
        earlier == null ? null : earlier.with(change),
        null);
  }

  /**
   * This line, remembering only what was in force at or after the given instant.
   *
   * @param most how many earlier lines at the most
   */
  UtcLine remembering(long sinceMonoNanos, int most) {
    boolean enough = earlier == null || most == 0 || startMonoNanos - sinceMonoNanos <= 0;
    return new UtcLine(
        startMonoNanos,
        startEpochNanos,
        rate62,
        lowNanos,
        highNanos,
        lowGrowth62,
        highGrowth62,
        trust,
        enough ? null : earlier.remembering(sinceMonoNanos, most - 1),
        null);
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
    return startEpochNanos + elapsedNanos + scale(elapsedNanos, rate62);
  }

  long errorBoundAfter(long elapsedNanos) {
    return trust.proved
        ? Math.max(0, Math.max(lowAfter(elapsedNanos), highAfter(elapsedNanos)))
        : Long.MAX_VALUE;
  }

  boolean isTrustedAfter(long elapsedNanos) {
    return !trust.withdrawn && errorBoundAfter(elapsedNanos) <= trust.toleranceNanos;
  }

  private long lowAfter(long elapsedNanos) {
    return lowNanos + scale(elapsedNanos, lowGrowth62) + 1;
  }

  private long highAfter(long elapsedNanos) {
    return highNanos + scale(elapsedNanos, highGrowth62) + 1;
  }

  /** Fills a reading with the answer of this very line, which must be in force at that instant. */
  void read(long monoNanos, Reading reading) {
    reading.monoNanos = monoNanos;
    if (!trust.proved) {
      reading.epochNanos = TrustedClock.NO_TIME;
      reading.earliestEpochNanos = Long.MIN_VALUE;
      reading.latestEpochNanos = Long.MAX_VALUE;
      reading.errorBoundNanos = Long.MAX_VALUE;
      reading.trust = TrustLevel.UNKNOWN;
      reading.reason = trust.reason;
      return;
    }
    long elapsedNanos = monoNanos - startMonoNanos;
    long epochNanos = epochAfter(elapsedNanos);
    // While the line slews the point may lie outside the hard interval; what we state then holds
    // both.
    long low = Math.max(0, lowAfter(elapsedNanos));
    long high = Math.max(0, highAfter(elapsedNanos));
    long bound = Math.max(low, high);
    reading.epochNanos = epochNanos;
    reading.earliestEpochNanos = epochNanos - low;
    reading.latestEpochNanos = epochNanos + high;
    reading.errorBoundNanos = bound;
    if (trust.withdrawn) {
      reading.trust = TrustLevel.UNTRUSTED;
      reading.reason = trust.reason;
    } else if (bound > trust.toleranceNanos) {
      reading.trust = TrustLevel.UNTRUSTED;
      reading.reason = TrustReason.BOUND_TOO_WIDE;
    } else if (monoNanos - trust.untilMonoNanos < 0) {
      reading.trust = TrustLevel.TRUSTED;
      reading.reason = trust.reason;
    } else {
      reading.trust = TrustLevel.HOLDOVER;
      reading.reason = trust.afterwards;
    }
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
    return trust.proved;
  }

  /**
   * How much faster than the ruler this line runs.
   *
   * @return parts per million; positive = the ruler loses time
   */
  public double ratePpm() {
    return rate62 / RATE_ONE / PPM;
  }

  private static long fixedPoint(double ppm) {
    return Math.round(ppm * PPM * RATE_ONE);
  }

  private static long scale(long elapsedNanos, long fraction62) {
    return Math.multiplyHigh(elapsedNanos << 2, fraction62);
  }
}
