package com.ibstream.clocksync.service;

import com.ibstream.clocksync.facts.KernelFacts;
import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.facts.ServiceFacts.Claim;
import com.ibstream.clocksync.facts.ServiceFacts.Finding;
import com.ibstream.clocksync.facts.ServiceFacts.State;
import com.ibstream.clocksync.facts.ServiceFacts.Unit;
import com.ibstream.clocksync.facts.SynchronisationClaim;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.facts.TimeService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Says what a time service's words are worth, held against systemd, the kernel and the vote. Pure:
 * the same arguments give the same finding.
 *
 * <p>A claim to be synchronised is believed only if every answer was understood, the reference is
 * known to be fresh, and neither the service's own figures, the kernel's flag nor the vote speak
 * against it. The kernel's flag is the fastest bad sign and no good sign at all; chronyd without
 * rtcsync never clears it, so such a host stays disputed until its configuration has rtcsync.
 */
public final class ServiceJudge {

  /** The vote proves the system clock wrong if it is off by more than this at least. */
  static final long MOST_PROVED_NANOS = 50_000_000L;

  /**
   * Older facts of the kernel and of the vote are not used, good or bad: the clock may have been
   * stepped since. What was measured just before a probe must outlive it: four tools, five seconds
   * each.
   */
  static final long FACTS_LIFE_NANOS = 30_000_000_000L;

  private static final long STARTING_NANOS = 60_000_000_000L;

  /** systemd itself gives up after 90 s, unless a unit says otherwise. */
  private static final long ACTIVATING_NANOS = 120_000_000_000L;

  /** Without a drift file ntpd first spends five minutes on measuring the frequency. */
  private static final long NTPSEC_STARTING_NANOS = 300_000_000_000L;

  private static final Set<Finding.Kind> DISPUTES =
      Set.of(
          Finding.Kind.VOTE_DISAGREES,
          Finding.Kind.KERNEL_UNSYNCHRONISED,
          Finding.Kind.CLOCK_OFF_BY_OWN_REPORT);

  /** The vote is above the kernel: without rtcsync, chronyd never clears the kernel's flag. */
  private static final Set<Finding.Kind> DISPUTES_OF_A_PROVED_CLOCK =
      Set.of(Finding.Kind.VOTE_DISAGREES, Finding.Kind.CLOCK_OFF_BY_OWN_REPORT);

  private static final Set<Finding.Kind> LOST =
      Set.of(Finding.Kind.REFERENCE_STALE, Finding.Kind.NO_SOURCE_REACHABLE);

  private record Verdict(State state, String reason) {}

  private ServiceJudge() {}

  /**
   * Of a host on which there is nothing to watch.
   *
   * @param reason why, for people
   * @param nowMonoNanos now, on the ruler
   * @return {@link State#NOT_APPLICABLE}
   */
  public static ServiceFacts notApplicable(String reason, long nowMonoNanos) {
    return withoutUnits(State.NOT_APPLICABLE, reason, List.of(), nowMonoNanos);
  }

  /**
   * Of a host that had a time service and has none any more.
   *
   * @param nowMonoNanos now, on the ruler
   * @return {@link State#INACTIVE}: nobody keeps its clock
   */
  public static ServiceFacts removed(long nowMonoNanos) {
    return withoutUnits(
        State.INACTIVE, "the time service is not installed any more", List.of(), nowMonoNanos);
  }

  /**
   * Of a host whose systemd cannot be understood.
   *
   * @param finding why
   * @param nowMonoNanos now, on the ruler
   * @return {@link State#UNKNOWN}
   */
  public static ServiceFacts unknown(Finding finding, long nowMonoNanos) {
    return withoutUnits(State.UNKNOWN, finding.text(), List.of(finding), nowMonoNanos);
  }

  /**
   * Judges the service that the host relies on.
   *
   * @param units every installed time service's unit
   * @param testimony what that service says; {@link Testimony#NONE} unless it runs
   * @param kernel what the kernel says; empty if it cannot be asked
   * @param clock what the vote says of the system clock; empty without a vote
   * @param nowMonoNanos now, on the ruler
   * @return the finding
   */
  public static ServiceFacts judge(
      List<Unit> units,
      Testimony testimony,
      Optional<KernelFacts> kernel,
      Optional<SystemClockFacts> clock,
      long nowMonoNanos) {
    Optional<Unit> responsible = HostUnits.responsible(units);
    if (responsible.isEmpty()) {
      return notApplicable("no time service is installed", nowMonoNanos);
    }
    Unit unit = responsible.get();
    List<Finding> findings = new ArrayList<>(HostUnits.findings(units, unit));
    if (unit.isActive()) {
      findings.addAll(testimony.findings());
      addKernel(findings, unit.service(), kernel, nowMonoNanos);
    }
    addVote(findings, clock, nowMonoNanos);
    Set<Finding.Kind> disputes =
        isProvedRight(clock, nowMonoNanos) ? DISPUTES_OF_A_PROVED_CLOCK : DISPUTES;
    Verdict verdict = verdict(unit, testimony, findings, disputes, nowMonoNanos);
    Optional<Claim> claim = unit.isActive() ? testimony.claim() : Optional.empty();
    OptionalLong age = claim.map(Claim::referenceAgeNanos).orElse(OptionalLong.empty());
    return new ServiceFacts(
        nowMonoNanos,
        verdict.state(),
        verdict.reason(),
        Optional.of(unit.service()),
        Optional.of(unit),
        units,
        claim,
        findings,
        age.isPresent() ? OptionalLong.of(nowMonoNanos - age.getAsLong()) : age);
  }

  private static Verdict verdict(
      Unit unit,
      Testimony testimony,
      List<Finding> findings,
      Set<Finding.Kind> disputes,
      long nowMonoNanos) {
    String name = unit.name();
    if (unit.isActive()) {
      return active(unit, testimony, findings, disputes, nowMonoNanos);
    }
    return switch (unit.activeState()) {
      case "failed" -> new Verdict(State.FAILED, name + " failed: " + HostUnits.ending(unit));
      case "activating" -> activating(unit, nowMonoNanos);
      case "deactivating" -> new Verdict(State.INACTIVE, name + " is being stopped");
      case "inactive" -> new Verdict(State.INACTIVE, name + " " + whyInactive(unit));
      default ->
          new Verdict(State.UNKNOWN, name + " is in a state of its own: " + unit.activeState());
    };
  }

  /** systemd may try for ever; what it tries in vain does not run. */
  private static Verdict activating(Unit unit, long nowMonoNanos) {
    if (unit.isTriedAgain()) {
      return new Verdict(
          State.FAILED,
          unit.name()
              + " ends whenever systemd starts it, and is started again: "
              + HostUnits.ending(unit));
    }
    OptionalLong since = unit.activatingSinceMonoNanos();
    if (since.isPresent() && nowMonoNanos - since.getAsLong() > ACTIVATING_NANOS) {
      return new Verdict(
          State.FAILED,
          unit.name()
              + " has been starting for "
              + Phrase.seconds(nowMonoNanos - since.getAsLong())
              + ": "
              + unit.subState());
    }
    return new Verdict(State.STARTING, unit.name() + " is being started: " + unit.subState());
  }

  private static String whyInactive(Unit unit) {
    if (unit.isMasked()) {
      return "does not run and is masked";
    }
    return unit.loadState().equals("loaded")
        ? "does not run"
        : "does not run and cannot be loaded: " + unit.loadState();
  }

  private static Verdict active(
      Unit unit,
      Testimony testimony,
      List<Finding> findings,
      Set<Finding.Kind> disputes,
      long nowMonoNanos) {
    Optional<Finding> trouble = testimony.trouble();
    if (testimony.claim().isEmpty()) {
      return new Verdict(
          State.UNKNOWN, trouble.map(Finding::text).orElse(unit.name() + " was not asked"));
    }
    Claim claim = testimony.claim().get();
    if (!claim.isSynchronised()) {
      boolean isStarting =
          !testimony.wasSynchronised()
              && first(findings, Set.of(Finding.Kind.FOLLOWS_LOCAL_CLOCK)).isEmpty()
              && isYoung(unit, nowMonoNanos);
      return new Verdict(isStarting ? State.STARTING : State.UNSYNCHRONISED, claim.reason());
    }
    Optional<Finding> dispute = first(findings, disputes);
    if (dispute.isPresent()) {
      return new Verdict(State.DISPUTED, claim.reason() + ", but " + dispute.get().text());
    }
    Optional<Finding> lost = first(findings, LOST);
    if (lost.isPresent()) {
      return new Verdict(State.UNSYNCHRONISED, claim.reason() + ", but " + lost.get().text());
    }
    if (trouble.isPresent()) {
      return new Verdict(State.UNKNOWN, trouble.get().text());
    }
    return claim.referenceAgeNanos().isEmpty()
        ? new Verdict(
            State.UNKNOWN, claim.reason() + ", but nobody knows when it last took its time")
        : new Verdict(State.SYNCHRONISED, claim.reason());
  }

  private static boolean isYoung(Unit unit, long nowMonoNanos) {
    long limitNanos = unit.service() == TimeService.NTPSEC ? NTPSEC_STARTING_NANOS : STARTING_NANOS;
    OptionalLong since = unit.activeSinceMonoNanos();
    return since.isPresent() && nowMonoNanos - since.getAsLong() < limitNanos;
  }

  private static Optional<Finding> first(List<Finding> findings, Set<Finding.Kind> kinds) {
    return findings.stream().filter(finding -> kinds.contains(finding.kind())).findFirst();
  }

  private static void addKernel(
      List<Finding> findings,
      TimeService service,
      Optional<KernelFacts> kernel,
      long nowMonoNanos) {
    boolean isKnown = first(findings, Set.of(Finding.Kind.KERNEL_UNSYNCHRONISED)).isPresent();
    String text =
        service == TimeService.CHRONY
            ? "the kernel says that nobody steers its clock, as always without rtcsync in chrony.conf"
            : "the kernel says that nobody steers its clock";
    kernel
        .filter(facts -> isFresh(facts.measuredMonoNanos(), nowMonoNanos))
        .filter(facts -> !facts.isSynchronised() && !isKnown)
        .ifPresent(facts -> findings.add(new Finding(Finding.Kind.KERNEL_UNSYNCHRONISED, text)));
  }

  private static void addVote(
      List<Finding> findings, Optional<SystemClockFacts> clock, long nowMonoNanos) {
    clock
        .filter(facts -> isFresh(facts.measuredMonoNanos(), nowMonoNanos))
        .filter(
            facts ->
                facts.claim() == SynchronisationClaim.DISPUTED
                    || facts.leastErrorNanos() > MOST_PROVED_NANOS)
        .ifPresent(
            facts ->
                findings.add(
                    new Finding(
                        Finding.Kind.VOTE_DISAGREES,
                        "the vote proves the system clock " + Phrase.offset(facts.offsetNanos()))));
  }

  private static boolean isProvedRight(Optional<SystemClockFacts> clock, long nowMonoNanos) {
    return clock
        .filter(facts -> isFresh(facts.measuredMonoNanos(), nowMonoNanos))
        .filter(facts -> facts.systemClockBoundNanos() <= MOST_PROVED_NANOS)
        .isPresent();
  }

  private static boolean isFresh(long measuredMonoNanos, long nowMonoNanos) {
    return Math.abs(nowMonoNanos - measuredMonoNanos) <= FACTS_LIFE_NANOS;
  }

  private static ServiceFacts withoutUnits(
      State state, String reason, List<Finding> findings, long nowMonoNanos) {
    return new ServiceFacts(
        nowMonoNanos,
        state,
        reason,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        findings,
        OptionalLong.empty());
  }
}
