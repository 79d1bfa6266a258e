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

  /** Where this line begins, on the ruler. */
  final long startMonoNanos;

  private final long startEpochNanos;
  private final long rate62;
  private final LineMargins margins;
  private final LineTrust trust;
  private final Watch watch;

  /** The greatest error bound that is trusted; negative where none is. */
  private final long trustedBoundNanos;

  /** The line in force before {@link #startMonoNanos}, or null where none is remembered. */
  private final UtcLine earlier;

  /** Not null while it is still open whether this line takes over: see {@link Handover}. */
  private final Handover handover;

  private UtcLine(
      long startMonoNanos,
      long startEpochNanos,
      long rate62,
      LineMargins margins,
      LineTrust trust,
      Watch watch,
      UtcLine earlier,
      Handover handover) {
    this.startMonoNanos = startMonoNanos;
    this.startEpochNanos = startEpochNanos;
    this.rate62 = rate62;
    this.margins = margins;
    this.trust = trust;
    this.trustedBoundNanos = trust.proved() && !trust.withdrawn() ? trust.toleranceNanos() : -1;
    this.watch = watch;
    this.earlier = earlier;
    this.handover = handover;
  }

  /** A line that knows no time: a constant {@link TrustedClock#NO_TIME} without any trust. */
  static UtcLine neverProved(long monoNanos) {
    LineTrust none =
        new LineTrust(
            false, false, 0, monoNanos, TrustReason.NEVER_PROVED, TrustReason.NEVER_PROVED);
    return new UtcLine(
        monoNanos,
        TrustedClock.NO_TIME,
        (long) -Fixed62.ONE, // a constant
        LineMargins.NONE,
        none,
        Watch.NONE,
        null,
        null);
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
    return new UtcLine(
        monoNanos,
        epochNanos,
        Fixed62.ofPpm(ratePpm),
        LineMargins.around(monoNanos, epochNanos, ratePpm, proposal, watch),
        trust,
        watch,
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
        old.startMonoNanos + LineMargins.FOR_EVER_NANOS,
        old.startEpochNanos,
        old.rate62,
        old.margins,
        old.trust,
        old.watch,
        null,
        handover);
  }

  /** The same figures in other company. */
  private UtcLine with(
      LineTrust newTrust, LineMargins newMargins, Watch newWatch, UtcLine newEarlier) {
    return new UtcLine(
        startMonoNanos, startEpochNanos, rate62, newMargins, newTrust, newWatch, newEarlier, null);
  }

  /** This line and all before it, with another trust. */
  UtcLine with(UnaryOperator<LineTrust> change) {
    UtcLine before = earlier == null ? null : earlier.with(change);
    return with(change.apply(trust), margins, watch, before);
  }

  /**
   * This line, watched for longer, and those before it that were watched with it: not those that it
   * has taken over from because they no longer fitted the ruler.
   */
  UtcLine with(Watch newWatch) {
    UtcLine before =
        earlier == null || !earlier.watch.equals(watch) ? earlier : earlier.with(newWatch);
    return with(trust, margins.with(newWatch, startMonoNanos), newWatch, before);
  }

  /** This line and all before it, which are watched no more: what was allowed for goes on. */
  UtcLine unwatched(double ppm) {
    UtcLine before = earlier == null ? null : earlier.unwatched(ppm);
    Watch last = watch.onceMore(ppm);
    return with(trust, margins.with(last, startMonoNanos), last, before);
  }

  /**
   * This line, remembering only what was in force at or after the given instant.
   *
   * @param most how many earlier lines at the most
   */
  UtcLine remembering(long sinceMonoNanos, int most) {
    boolean enough = earlier == null || most == 0 || startMonoNanos - sinceMonoNanos <= 0;
    UtcLine before = enough ? null : earlier.remembering(sinceMonoNanos, most - 1);
    return with(trust, margins, watch, before);
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
    return trust.proved() ? boundAfter(elapsedNanos) : Long.MAX_VALUE;
  }

  boolean isTrustedAfter(long elapsedNanos) {
    return boundAfter(elapsedNanos) <= trustedBoundNanos;
  }

  private long boundAfter(long elapsedNanos) {
    return Math.max(margins.lowAfter(elapsedNanos), margins.highAfter(elapsedNanos));
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
    long elapsedNanos = monoNanos - startMonoNanos;
    long epochNanos = epochAfter(elapsedNanos);
    long low = margins.lowAfter(elapsedNanos);
    long high = margins.highAfter(elapsedNanos);
    long bound = Math.max(low, high);
    reading.monoNanos = monoNanos;
    reading.epochNanos = epochNanos;
    reading.earliestEpochNanos = epochNanos - low;
    reading.latestEpochNanos = epochNanos + high;
    reading.errorBoundNanos = bound;
    if (bound <= trustedBoundNanos && trust.isRecentAt(monoNanos)) {
      reading.judge(TrustLevel.TRUSTED, trust.reason());
    } else if (trust.proved()) {
      trust.judge(monoNanos, bound, reading);
    } else {
      reading.setUnknown(trust.reason());
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
   * Whether a reader may trust this line, or one before it, at an instant or later, as long as it
   * grows no older than its bound allows.
   *
   * @param monoNanos nanoseconds of the ruler
   * @return true also where the line takes over after that instant
   */
  public boolean isTrustedFrom(long monoNanos) {
    UtcLine line = this;
    while (line != null && line.startMonoNanos - monoNanos > 0) {
      if (line.isTrustedAfter(0)) {
        return true;
      }
      line = line.earlier;
    }
    return line != null && line.isTrustedAfter(monoNanos - line.startMonoNanos);
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
