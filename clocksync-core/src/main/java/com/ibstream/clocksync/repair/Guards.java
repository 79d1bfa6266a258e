package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.RepairFacts;
import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.facts.ServiceFacts.Unit;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.repair.Judgement.Guard;
import java.util.Optional;

/** What stands between what is called for and its being done. */
final class Guards {

  private final RepairPolicy policy;

  Guards(RepairPolicy policy) {
    this.policy = policy;
  }

  /** Why nothing may be set by what is known of time; empty if it may. */
  Optional<Judgement> vote(Case now, RepairAction action, String why) {
    if (!now.evidence().hasFreshVote()) {
      return Optional.of(
          Judgement.forbidden(
              Guard.VOTE,
              action,
              why,
              "no fresh vote: " + now.evidence().status().reason().text()));
    }
    int voters = now.evidence().status().agreeingVoiceCount();
    return voters < policy.minVoteSources()
        ? Optional.of(
            Judgement.forbidden(
                Guard.VOTE_SOURCES,
                action,
                why,
                voters + " independent servers agree, of " + policy.minVoteSources() + " needed"))
        : Optional.empty();
  }

  /** Whether the service may not be started now, since it may step the clock. */
  boolean isRestrained(Case now, Unit unit) {
    return now.trading().isAssumed()
        && !policy.isRestartInTradingHours()
        && !isStepImpossible(now, unit)
        && !isEmergency(now);
  }

  /** The clock is right, and nothing says that the service takes it for wrong. */
  private static boolean isStepImpossible(Case now, Unit unit) {
    boolean isHarmless =
        now.followed(unit).filter(own -> own.isStep(unit) && !own.isAgreed()).isEmpty();
    return isHarmless
        && now.evidence().hasFreshVote()
        && now.evidence()
            .clock()
            .filter(clock -> clock.systemClockBoundNanos() < unit.service().stepThresholdNanos())
            .isPresent();
  }

  /** Whether the service, started anew, would set a right clock to another time. */
  boolean isSteppingAway(Case now, Unit unit) {
    return now.evidence().isRight(policy)
        && now.followed(unit).filter(own -> own.isOther() && own.isStep(unit)).isPresent();
  }

  /** Whether a step would be right even while the market trades. */
  boolean isEmergency(Case now) {
    long thresholdNanos = policy.emergencyThresholdNanos().orElse(Long.MAX_VALUE);
    return vote(now, RepairAction.STEP_CLOCK, "").isEmpty()
        && now.evidence()
            .clock()
            .filter(clock -> isKnownWell(clock) && clock.leastErrorNanos() > thresholdNanos)
            .isPresent();
  }

  static boolean isKnownWell(SystemClockFacts clock) {
    return clock.errorBoundNanos() <= Math.abs(clock.offsetNanos()) / 4;
  }

  /**
   * Whether a service that is down is to run at all: it will run after the next boot, we saw it
   * run, or it ran and failed, and no other is to run. Another program may keep the clock of a host
   * where it is merely installed.
   */
  static boolean isWanted(Case now, ServiceFacts service) {
    return service
        .unit()
        .filter(
            unit ->
                isToRun(now, unit)
                    || (service.state() == ServiceFacts.State.FAILED
                        && service.units().stream().noneMatch(other -> isToRun(now, other))))
        .isPresent();
  }

  private static boolean isToRun(Case now, Unit unit) {
    return unit.isWanted() || now.since().seenActive().contains(unit.name());
  }

  /** Mode, policy and what was done before. */
  Judgement limited(Case now, RepairAction action, String why) {
    if (policy.mode() == RepairFacts.Mode.OBSERVE) {
      return Judgement.forbidden(Guard.OBSERVE_ONLY, action, why, "observe only");
    }
    if (!policy.allows(action)) {
      return Judgement.forbidden(Guard.NOT_ALLOWED, action, why, "the policy does not allow it");
    }
    return now.past().obstacle(action, why, policy).orElseGet(() -> Judgement.act(action, why));
  }
}
