package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.facts.RepairAction;
import java.util.Optional;

/** A decision and what it turned on; a decision is another one only if these are. */
record Judgement(RepairDecision decision, Guard guard, String why) {

  /** What a decision turns on. */
  enum Guard {
    /** Nothing forbids it. */
    NONE,
    GOOD,
    CLOCK_UNKNOWN,
    NOT_SEEN,
    NOT_TOLD,
    NO_SERVICE,
    LASTING,
    STARTING,
    UNAWARE,
    LITTLE,
    NETWORK,
    MASKED,
    NOT_ENABLED,
    OTHER_TIME,
    OTHER_SERVICE,
    VOTE,
    VOTE_SOURCES,
    BOUND,
    SYSTEM_CLOCK,
    TRADING,
    OBSERVE_ONLY,
    NOT_ALLOWED,
    PRIVILEGE,
    ESCALATED,
    GAP,
    COOLDOWN,
    DAILY_LIMIT,
    MEMORY,
    RECORD
  }

  static Judgement nothing(Guard guard, String reason) {
    return new Judgement(new RepairDecision.Nothing(reason), guard, reason);
  }

  static Judgement forbidden(Guard guard, RepairAction action, String why, String but) {
    return new Judgement(
        new RepairDecision.Forbidden(action, clause(action, why, but)), guard, why);
  }

  static Judgement escalate(RepairAction action, String why, String but) {
    return new Judgement(
        new RepairDecision.Escalate(action, clause(action, why, but)), Guard.ESCALATED, why);
  }

  static Judgement act(RepairAction action, String why) {
    return new Judgement(
        new RepairDecision.Act(action, action.text() + ": " + why), Guard.NONE, why);
  }

  /** The same, forbidden after all. */
  Judgement but(Guard newGuard, String but) {
    return forbidden(newGuard, wanted().orElseThrow(), why, but);
  }

  /** The same act, told together with what is called for beside it and may not be done. */
  Judgement beside(Judgement forbidden) {
    RepairAction action = wanted().orElseThrow();
    String both = decision.reason() + "; beside this: " + forbidden.decision.reason();
    return new Judgement(new RepairDecision.Act(action, both), guard, why);
  }

  private static String clause(RepairAction action, String why, String but) {
    return why + "; would " + action.text() + "; not done: " + but;
  }

  Optional<RepairAction> wanted() {
    if (decision instanceof RepairDecision.Act act) {
      return Optional.of(act.action());
    } else if (decision instanceof RepairDecision.Forbidden forbidden) {
      return Optional.of(forbidden.action());
    } else if (decision instanceof RepairDecision.Escalate escalate) {
      return Optional.of(escalate.action());
    }
    return Optional.empty();
  }

  /** Whether nothing but time has to pass, and not much of it, until more is decided. */
  boolean isWaiting() {
    return guard == Guard.LASTING
        || guard == Guard.UNAWARE
        || guard == Guard.STARTING
        || guard == Guard.GAP;
  }

  boolean isAct() {
    return decision instanceof RepairDecision.Act;
  }

  boolean isSameAs(Judgement other) {
    return guard == other.guard
        && decision.getClass() == other.decision.getClass()
        && wanted().equals(other.wanted());
  }
}
