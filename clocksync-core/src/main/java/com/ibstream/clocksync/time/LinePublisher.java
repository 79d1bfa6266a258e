package com.ibstream.clocksync.time;

import java.lang.invoke.VarHandle;
import java.util.Optional;

/**
 * Publishes lines to a {@link TrustedClock} so that its time never goes backwards. Writers are
 * synchronised; readers never wait for them.
 *
 * <p>Readers take the ruler first and the line second. A new line carries the old one up to a
 * switch instant that still lies ahead when the line has become visible, and goes on from there
 * without a jump: small corrections are slewed by at most {@value #SLEW_PPM} ppm, larger ones step
 * forward, or hold the time still where they would go back. What has not been slewed yet belongs to
 * the error bound. A line that comes too late is dropped and published anew.
 */
public final class LinePublisher {

  /** The greatest rate, in ppm beside the estimate's own, at which a correction is slewed. */
  public static final double SLEW_PPM = 500;

  /** The greatest correction that is slewed, not stepped or held: 10 ms take 20 s. */
  public static final long MAX_SLEW_NANOS = 10_000_000L;

  /** How far ahead the switch lies: long enough to publish, short enough not to delay trust. */
  private static final long LEAD_NANOS = 1_000_000L;

  /**
   * How long after {@link #publish} the new line is in force, unless it had to be published anew.
   */
  public static final long SETTLING_NANOS = 2 * LEAD_NANOS;

  /** The longest lead that is tried while the writer keeps coming too late. */
  private static final long MAX_LEAD_NANOS = 1_000_000_000L;

  /**
   * How long earlier lines are remembered for readers that were put to sleep in the middle of a
   * read.
   */
  private static final long MEMORY_NANOS = 2_000_000_000L;

  /** How many earlier lines are remembered, however fast they follow each other. */
  private static final int MEMORY_LINES = 64;

  private static final double HOLD_PPM = -1e6;
  private static final double PPM = 1e-6;

  private final Ruler ruler;
  private final TrustedClock clock;
  private Watch watch = Watch.NONE;
  private boolean isClosed;

  /**
   * A publisher with a clock of its own, which knows no time yet.
   *
   * @param ruler the ruler that both use
   */
  public LinePublisher(Ruler ruler) {
    this(ruler, Optional.empty());
  }

  /**
   * A publisher with a clock of its own, which knows no time yet.
   *
   * @param ruler the ruler that both use
   * @param comparedInReads the wall clock that every read compares with the ruler, so that a jump
   *     is noticed at once; empty to leave that to the monitor's looks
   */
  public LinePublisher(Ruler ruler, Optional<WallClock> comparedInReads) {
    this.ruler = ruler;
    this.clock = new TrustedClock(ruler, comparedInReads.map(wall -> new InReadCheck(ruler, wall)));
  }

  /**
   * The clock that readers use.
   *
   * @return always the same clock, safe for any number of threads
   */
  public TrustedClock clock() {
    return clock;
  }

  /**
   * Publishes a new estimate.
   *
   * @param proposal what the estimate says
   * @return what the time did: the correction still to be slewed, stepped or held
   */
  public synchronized Correction publish(LineProposal proposal) {
    return publish(proposal, trust(proposal));
  }

  /**
   * Publishes a new estimate that is not to be trusted yet.
   *
   * @param proposal what the estimate says
   * @param why it is not trusted
   * @return what the time did
   */
  public synchronized Correction publishUntrusted(LineProposal proposal, TrustReason why) {
    return publish(proposal, trust(proposal).withdraw(why));
  }

  private static LineTrust trust(LineProposal proposal) {
    return new LineTrust(
        true,
        false,
        proposal.toleranceNanos(),
        proposal.trustedUntilMonoNanos(),
        proposal.reason(),
        TrustReason.NO_RECENT_VOTE);
  }

  private Correction publish(LineProposal proposal, LineTrust trust) {
    if (isClosed) {
      return new Correction(Correction.Kind.SLEWED, 0);
    }
    UtcLine current = clock.line;
    if (!current.isProved()) {
      long nowMonoNanos = ruler.monoNanos();
      clock.line =
          UtcLine.through(
              nowMonoNanos,
              proposal.pointAt(nowMonoNanos),
              proposal.ratePpm(),
              proposal,
              trust,
              watch,
              null);
      return new Correction(Correction.Kind.FIRST, 0);
    }
    for (long lead = LEAD_NANOS; ; lead = Math.min(2 * lead, MAX_LEAD_NANOS)) {
      long nowMonoNanos = ruler.monoNanos();
      long switchMonoNanos = nowMonoNanos + lead;
      UtcLine remembered = current.remembering(nowMonoNanos - MEMORY_NANOS, MEMORY_LINES);
      UtcLine old =
          inForceAt(
              remembered,
              switchMonoNanos); // lines that begin later than the switch never come into force
      long oldEpochNanos = old.epochAfter(switchMonoNanos - old.startMonoNanos);
      Correction correction = Correction.of(proposal.pointAt(switchMonoNanos) - oldEpochNanos);
      UtcLine candidate =
          corrected(proposal, trust, old, switchMonoNanos, oldEpochNanos, correction);
      Handover handover = new Handover(remembered, candidate, switchMonoNanos);
      clock.line = UtcLine.undecided(handover);
      VarHandle.fullFence(); // the ruler must be read after the line has become visible
      boolean inTime = ruler.monoNanos() - (switchMonoNanos - lead / 2) < 0;
      boolean taken = handover.decide(inTime);
      clock.line = taken ? candidate : remembered;
      if (taken) {
        return correction;
      }
    }
  }

  /**
   * Publishes the same estimate anew, because the ruler is slewed otherwise than it was. Trust
   * stays as it is, given or withdrawn. The line that is in force until the new one takes over does
   * not fit the ruler any more, so its interval goes on growing from the look before.
   *
   * @param proposal the estimate in force, as it looks now
   * @param isWrongUntilThen whether that line may be outside even this interval, so that it must
   *     not be trusted
   * @param newWatch the look behind the new line
   * @return what the time did
   */
  public synchronized Correction follow(
      LineProposal proposal, boolean isWrongUntilThen, Watch newWatch) {
    LineTrust trust = clock.line.trust();
    if (!trust.proved()) {
      watched(newWatch);
      return new Correction(Correction.Kind.SLEWED, 0); // there is nothing to follow
    }
    watch = newWatch;
    if (!isClosed) {
      clock.line = clock.line.unwatched(newWatch.uncheckedPpm());
      if (isWrongUntilThen) {
        clock.line = clock.line.with(before -> before.withdraw(TrustReason.RULER_SLEWED));
      }
    }
    return publish(proposal, trust);
  }

  /**
   * Takes all trust away at once: something happened that the line cannot know. The time goes on
   * unchanged. Only the next {@link #publish} gives trust back.
   *
   * @param reason why
   */
  public synchronized void withdraw(TrustReason reason) {
    if (!isClosed) {
      clock.line = clock.line.with(trust -> trust.withdraw(reason));
    }
  }

  /**
   * Notes that the ruler was looked at and found as expected. Changes neither time nor trust.
   *
   * @param newWatch until when that is good, and what is assumed after that
   */
  public synchronized void watched(Watch newWatch) {
    watch = newWatch;
    if (!isClosed) {
      clock.line = clock.line.with(newWatch);
    }
  }

  /**
   * Takes all trust away for good: nobody watches any more. What is published later is ignored. Any
   * thread.
   *
   * @param reason why
   */
  public synchronized void close(TrustReason reason) {
    withdraw(reason);
    isClosed = true;
  }

  /**
   * Lets the clock hold over from now on: the latest vote has failed. Changes neither time nor
   * bound.
   *
   * @param reason why no vote renews the trust
   */
  public synchronized void holdOver(TrustReason reason) {
    long nowMonoNanos = ruler.monoNanos();
    if (!isClosed) {
      clock.line =
          clock.line.with(trust -> trust.proved() ? trust.heldOver(nowMonoNanos, reason) : trust);
    }
  }

  private UtcLine corrected(
      LineProposal proposal,
      LineTrust trust,
      UtcLine old,
      long switchMonoNanos,
      long oldEpochNanos,
      Correction correction) {
    double ratePpm = proposal.ratePpm();
    long size = correction.nanos();
    if (size == 0 || correction.kind() == Correction.Kind.STEPPED) {
      return UtcLine.through(
          switchMonoNanos, oldEpochNanos + size, ratePpm, proposal, trust, watch, old);
    }
    boolean isHeld = correction.kind() == Correction.Kind.HELD;
    double correctingPpm = isHeld ? HOLD_PPM : ratePpm + Math.copySign(SLEW_PPM, (double) size);
    UtcLine correcting =
        UtcLine.through(switchMonoNanos, oldEpochNanos, correctingPpm, proposal, trust, watch, old);
    long doneMonoNanos = switchMonoNanos + Math.round(size / ((correctingPpm - ratePpm) * PPM));
    return UtcLine.through(
        doneMonoNanos,
        epochAt(correcting, doneMonoNanos),
        ratePpm,
        proposal,
        trust,
        watch,
        correcting);
  }

  private static long epochAt(UtcLine line, long monoNanos) {
    UtcLine inForce = inForceAt(line, monoNanos);
    return inForce.epochAfter(monoNanos - inForce.startMonoNanos);
  }

  private static UtcLine inForceAt(UtcLine line, long monoNanos) {
    UtcLine inForce = line.inForceAt(monoNanos);
    if (inForce == null) {
      throw new IllegalStateException(
          "the ruler ran backwards: no line is remembered for " + monoNanos);
    }
    return inForce;
  }
}
