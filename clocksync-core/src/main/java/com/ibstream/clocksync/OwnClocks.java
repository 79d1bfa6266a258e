package com.ibstream.clocksync;

import com.ibstream.clocksync.seam.Seams;
import com.ibstream.clocksync.system.Bracket;
import com.ibstream.clocksync.system.RawClock;
import com.ibstream.clocksync.system.RawMapping;
import com.ibstream.clocksync.system.StepDetector;
import com.ibstream.clocksync.time.RateBounds;
import com.ibstream.clocksync.time.Watch;
import com.ibstream.clocksync.verdict.ClockEvent;
import java.util.Optional;
import java.util.OptionalLong;

/** This machine's clocks, each against the ruler: raw clock and wall clock. Monitor thread only. */
final class OwnClocks {

  /** A shorter sleep than this is a trick of the readings. */
  private static final long LEAST_SLEEP_NANOS = 100_000;

  /** What the wall clock may be off in a read beside the width of the last look: granularity. */
  private static final long READ_GRANULARITY_NANOS = 2_000;

  /** More than the kernel's fine adjustments come to between two looks, and less than matters. */
  private static final long LEEWAY_NANOS = 2_000;

  private static final long SOON_NANOS = 10_000_000L;

  private static final double PPM = 1e-6;

  private final ClockMonitorConfig config;
  private final RawClock raw;
  private final StepDetector steps;
  private RawMapping mapping;
  private boolean isInterrupted;

  /**
   * One look.
   *
   * @param wall the wall clock against the ruler
   * @param mapping the raw clock against the ruler
   * @param jump what happened since the look before, if anything did
   */
  record Look(Bracket wall, RawMapping mapping, Optional<ClockEvent.ClockJumped> jump) {

    /** When to look again: soon while the slew is changing. */
    long nextMonoNanos(long intervalNanos) {
      return wall.monoNanos() + (mapping.isSettled() ? intervalNanos : SOON_NANOS);
    }

    /** The instant of the wall clock's reading, on the raw clock. */
    long rawNanos() {
      return mapping.rawNanosAt(wall.monoNanos());
    }
  }

  OwnClocks(ClockMonitorConfig config, Seams seams) {
    this.config = config;
    this.raw = new RawClock(seams.ruler(), seams.kernelClocks());
    this.steps = new StepDetector(seams.ruler(), seams.wallClock());
    this.mapping = raw.look();
  }

  /** Times exchanges. */
  RawClock raw() {
    return raw;
  }

  Look look() {
    RawMapping before = mapping;
    boolean wasInterrupted = isInterrupted;
    isInterrupted = true; // should anything below fail, the next look must expect the worst
    mapping = raw.look();
    OptionalLong jumpNanos = steps.look();
    isInterrupted = false;
    long sleptNanos = mapping.asleepNanos() - before.asleepNanos();
    boolean hasSlept = sleptNanos > LEAST_SLEEP_NANOS;
    Optional<ClockEvent.ClockJumped> jump = Optional.empty();
    if (hasSlept || jumpNanos.isPresent() || wasInterrupted) {
      boolean isSleepRuledOut = raw.isWatched() && mapping.isAnswered() && !wasInterrupted;
      ClockEvent.ClockJumped.Kind otherwise =
          isSleepRuledOut
              ? ClockEvent.ClockJumped.Kind.STEPPED
              : ClockEvent.ClockJumped.Kind.STEPPED_OR_SLEPT;
      jump =
          Optional.of(
              new ClockEvent.ClockJumped(
                  mapping.monoNanos(),
                  hasSlept ? ClockEvent.ClockJumped.Kind.SLEPT : otherwise,
                  jumpNanos.orElse(0),
                  Math.max(0, sleptNanos)));
    }
    return new Look(steps.latest().orElseThrow(), mapping, jump);
  }

  /** What follows for reads from a look that found all as expected. */
  Watch watch(Look look) {
    double uncheckedPpm = 0;
    if (raw.isWatched()) {
      // What is being slewed may stop at any moment, or turn round.
      boolean isAnythingPossible = config.isInReadCheck() || !look.mapping().isSettled();
      double mayChangePpm =
          isAnythingPossible ? RawClock.FASTEST_SLEW_PPM : config.slewAllowancePpm();
      uncheckedPpm =
          mayChangePpm + Math.abs(look.mapping().slewPpm()) + look.mapping().slewErrorPpm();
    }
    Bracket wall = steps.reference().orElseThrow();
    return new Watch(
        look.mapping().checkedMonoNanos(),
        uncheckedPpm,
        wall.epochNanos() - wall.monoNanos(),
        config.isInReadCheck() ? wall.halfWidthNanos() + READ_GRANULARITY_NANOS : -1);
  }

  /** Whether reads or lines depend on being told of each look. */
  boolean isWatching() {
    return raw.isWatched() || config.isInReadCheck();
  }

  /**
   * Between which rates UTC runs against the raw clock in any case. Where the ruler is taken for
   * it, a slew cannot be told from an error of the oscillator.
   */
  RateBounds farRates() {
    return RateBounds.ofClockError(errorPpm());
  }

  /** How far ruler and raw clock may part until a line is said anew. */
  long leewayNanos() {
    return raw.isWatched() ? Math.max(LEEWAY_NANOS, 4 * mapping.halfWidthNanos()) : 0;
  }

  /** How wrong the rate of the raw clock may be. */
  double errorPpm() {
    double slewPpm = raw.isWatched() ? 0 : config.slewAllowancePpm();
    return ((1 + config.frequencyTolerancePpm() * PPM) * (1 + slewPpm * PPM) - 1) / PPM;
  }

  /** How far UTC's rate against the raw clock may leave its mean for a while. */
  double rateChangePpm() {
    boolean isUnused = config.frequencyChangePpm() >= config.frequencyTolerancePpm();
    return isUnused
        ? Double.POSITIVE_INFINITY // nothing that was measured says anything of the present
        : config.frequencyChangePpm() + (raw.isWatched() ? 0 : 2 * config.slewAllowancePpm());
  }
}
