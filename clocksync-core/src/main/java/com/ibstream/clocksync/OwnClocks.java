package com.ibstream.clocksync;

import com.ibstream.clocksync.facts.KernelFacts;
import com.ibstream.clocksync.facts.LeapSecond;
import com.ibstream.clocksync.seam.KernelClocks;
import com.ibstream.clocksync.seam.Seams;
import com.ibstream.clocksync.system.Bracket;
import com.ibstream.clocksync.system.RawClock;
import com.ibstream.clocksync.system.RawMapping;
import com.ibstream.clocksync.system.SlewWatch;
import com.ibstream.clocksync.system.StepDetector;
import com.ibstream.clocksync.time.LineProposal;
import com.ibstream.clocksync.time.RateBounds;
import com.ibstream.clocksync.time.Watch;
import com.ibstream.clocksync.verdict.Explanation;
import com.ibstream.clocksync.verdict.HostClockEvent;
import java.util.List;
import java.util.Optional;

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
  private final KernelClocks kernel;
  private final RawClock raw;
  private final SlewWatch slews = new SlewWatch();
  private final StepDetector steps;
  private final CauseFinder causes;
  private RawMapping mapping;
  private boolean isInterrupted;
  private double oscillatorPpm;

  /**
   * One look.
   *
   * @param wall the wall clock against the ruler
   * @param mapping the raw clock against the ruler
   * @param kernel what the kernel says of its clock; empty where it cannot be asked
   * @param jump what happened since the look before, if anything did
   * @param slewChange whether the ruler is slewed otherwise than it was
   * @param seenBeforeMonoNanos when the kernel answered before, on the ruler
   * @param allowedPpm how fast the ruler may have been slewed since then, as reads allow for until
   *     this look is acted upon
   * @param watch what follows for reads, if all was found as expected
   */
  record Look(
      Bracket wall,
      RawMapping mapping,
      Optional<KernelFacts> kernel,
      Optional<HostClockEvent.ClockJumped> jump,
      Optional<HostClockEvent.SlewChanged> slewChange,
      long seenBeforeMonoNanos,
      double allowedPpm,
      Watch watch) {

    /** When to look again: soon while the slew is changing. */
    long nextMonoNanos(long intervalNanos) {
      return wall.monoNanos() + (mapping.isSettled() ? intervalNanos : SOON_NANOS);
    }

    /** How far the ruler may have been slewed since the kernel answered before. */
    long allowedNanos() {
      return (long) ((mapping.monoNanos() - seenBeforeMonoNanos) * (allowedPpm * PPM));
    }

    /** How much further than allowed the ruler may be slewed by the time this look takes effect. */
    long overtakenNanos(long effectMonoNanos) {
      double fasterPpm = Math.max(0, RawClock.FASTEST_SLEW_PPM - allowedPpm);
      return mapping.isSettled()
          ? 0
          : (long) ((effectMonoNanos - mapping.monoNanos()) * (fasterPpm * PPM));
    }

    /** The instant of the wall clock's reading, on the raw clock. */
    long rawNanos() {
      return mapping.rawNanosAt(wall.monoNanos());
    }
  }

  OwnClocks(ClockMonitorConfig config, Seams seams, CauseFinder causes) {
    this.config = config;
    this.causes = causes;
    this.oscillatorPpm = config.frequencyTolerancePpm();
    this.kernel = seams.kernelClocks();
    this.raw = new RawClock(seams.ruler(), kernel);
    this.steps = new StepDetector(seams.ruler(), seams.wallClock());
    this.mapping = raw.look();
  }

  /** Times exchanges. */
  RawClock raw() {
    return raw;
  }

  /**
   * Looks. Unless {@link #actedUpon()} follows, the next look expects the worst: what this one saw
   * is seen once.
   */
  Look look() {
    RawMapping before = mapping;
    boolean wasInterrupted = isInterrupted;
    isInterrupted = true;
    mapping = raw.look();
    Optional<StepDetector.Jump> step = steps.look();
    boolean isTorn = mapping.isTorn();
    if (step.isPresent()) {
      mapping = raw.look(); // a sleep may have come between the two
      isTorn |= mapping.isTorn();
    }
    long sleptNanos = mapping.asleepNanos() - before.asleepNanos();
    long leastNanos = LEAST_SLEEP_NANOS + 2 * (before.halfWidthNanos() + mapping.halfWidthNanos());
    boolean hasSlept = mapping.isAnswered() && sleptNanos > leastNanos;
    Optional<KernelFacts> kernelFacts = kernelFacts();
    Optional<HostClockEvent.ClockJumped> jump = Optional.empty();
    if (hasSlept || step.isPresent() || wasInterrupted || isTorn) {
      boolean isSleepRuledOut =
          raw.isWatched() && mapping.isAnswered() && !wasInterrupted && !isTorn;
      HostClockEvent.ClockJumped.Kind otherwise =
          isSleepRuledOut
              ? HostClockEvent.ClockJumped.Kind.STEPPED
              : HostClockEvent.ClockJumped.Kind.STEPPED_OR_SLEPT;
      jump =
          Optional.of(
              new HostClockEvent.ClockJumped(
                  mapping.monoNanos(),
                  hasSlept ? HostClockEvent.ClockJumped.Kind.SLEPT : otherwise,
                  step.map(StepDetector.Jump::nanos).orElse(0L),
                  step.map(StepDetector.Jump::errorNanos).orElse(0L),
                  Math.max(0, sleptNanos),
                  hasSlept ? List.of() : causes(step, kernelFacts)));
    }
    return new Look(
        steps.latest().orElseThrow(),
        mapping,
        kernelFacts,
        jump,
        slews.look(mapping).map(this::event),
        before.checkedMonoNanos(),
        allowedPpm(before),
        watch());
  }

  /** All that follows from the latest look was done. */
  void actedUpon() {
    isInterrupted = false;
  }

  private List<Explanation> causes(
      Optional<StepDetector.Jump> step, Optional<KernelFacts> kernelFacts) {
    long wallEpochNanos = steps.latest().orElseThrow().epochNanos();
    return step.map(
            jump ->
                causes.ofJump(
                    jump.nanos(), jump.errorNanos(), wallEpochNanos - jump.nanos(), kernelFacts))
        .orElse(List.of());
  }

  private HostClockEvent.SlewChanged event(SlewWatch.Change change) {
    return new HostClockEvent.SlewChanged(mapping.monoNanos(), change.fromPpm(), change.toPpm());
  }

  private Optional<KernelFacts> kernelFacts() {
    try {
      return kernel
          .state()
          .map(
              state ->
                  new KernelFacts(
                      mapping.monoNanos(),
                      state.isSynchronised(),
                      state.frequencyPpm(),
                      state.maxErrorNanos(),
                      state.estimatedErrorNanos(),
                      state.taiMinusUtcSeconds(),
                      LeapSecond.valueOf(state.leap().name())));
    } catch (RuntimeException e) { // somebody else's kernel: it does not answer
      return Optional.empty();
    }
  }

  /** While the kernel is silent reads allow for more than in the beginning: the least counts. */
  private double allowedPpm(RawMapping before) {
    return before.isAnswered() ? uncheckedPpm(before) : config.slewAllowancePpm();
  }

  private Watch watch() {
    Bracket wall = steps.reference().orElseThrow();
    return new Watch(
        mapping.checkedMonoNanos(),
        uncheckedPpm(mapping),
        wall.epochNanos() - wall.monoNanos(),
        config.isInReadCheck() ? wall.halfWidthNanos() + READ_GRANULARITY_NANOS : -1);
  }

  /** How much faster than known the ruler may be slewed until the next look. */
  private double uncheckedPpm(RawMapping seen) {
    if (!raw.isWatched()) {
      return 0;
    }
    // What is being slewed may stop at any moment, or turn round.
    boolean isAnythingPossible = config.isInReadCheck() || !seen.isSettled();
    double mayChangePpm =
        isAnythingPossible ? RawClock.FASTEST_SLEW_PPM : config.slewAllowancePpm();
    return mayChangePpm + Math.abs(seen.slewPpm()) + seen.slewErrorPpm();
  }

  /** How fast the ruler is allowed to be slewed: since the last look, or all the time. */
  double slewAllowancePpm() {
    return raw.isWatched() ? config.slewAllowancePpm() : config.slewAllowance().unwatchedPpm();
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

  /**
   * A line as it looks if the ruler is slewed no faster than a time service usually does. It is too
   * narrow to be promised where nobody knows how fast the ruler is slewed; but who contradicts it
   * has to be many.
   */
  LineProposal asExpected(LineProposal line) {
    return isSlewKnown()
        ? line
        : line.growing(
            RateBounds.ofClockError(config.frequencyTolerancePpm() + config.slewAllowancePpm()));
  }

  /** Whether slews are seen, or somebody has said how fast they are. */
  boolean isSlewKnown() {
    return raw.isWatched() || config.slewAllowance().isKnown();
  }

  /** How far ruler and raw clock may part until a line is said anew. */
  long leewayNanos() {
    long usualNanos = mapping.isAnswered() ? 4 * mapping.halfWidthNanos() : 0;
    return raw.isWatched() ? Math.max(LEEWAY_NANOS, usualNanos) : 0;
  }

  /** How wrong the rate of the raw clock may be. */
  double errorPpm() {
    double slewPpm = raw.isWatched() ? 0 : config.slewAllowance().unwatchedPpm();
    return ((1 + oscillatorPpm * PPM) * (1 + slewPpm * PPM) - 1) / PPM;
  }

  /** From now on the raw clock may be that wrong, if that is more than before. */
  void assumeErrorPpm(double ppm) {
    oscillatorPpm = Math.max(oscillatorPpm, ppm);
  }

  /** How far UTC's rate against the raw clock may leave its mean for a while. */
  double rateChangePpm() {
    boolean isUnused = config.frequencyChangePpm() >= config.frequencyTolerancePpm();
    return isUnused
        ? Double.POSITIVE_INFINITY // nothing that was measured says anything of the present
        : config.frequencyChangePpm()
            + (raw.isWatched() ? 0 : 2 * config.slewAllowance().unwatchedPpm());
  }
}
