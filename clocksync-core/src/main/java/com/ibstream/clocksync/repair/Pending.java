package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.RepairFacts.Attempt;
import com.ibstream.clocksync.facts.RepairFacts.Outcome;
import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.facts.SystemClockFacts;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * An action whose commands have ended, until it is clear whether it helped. Only what was measured
 * after them counts.
 *
 * @param attempt the action
 * @param wasDown whether the service did not run before
 * @param endMonoNanos when its commands ended, on the ruler
 * @param otherwise what it comes to if it does not help
 */
record Pending(Attempt attempt, boolean wasDown, long endMonoNanos, Outcome otherwise) {

  /** A service that dies at once runs for a moment. */
  private static final long RUNNING_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** What became of it; empty while nobody can say. */
  Optional<Attempt> verified(Evidence evidence, RepairPolicy policy) {
    if (hasHelped(evidence, policy)) {
      return Optional.of(ended(Outcome.HELPED, evidence));
    }
    long waitedNanos = evidence.nowMonoNanos() - endMonoNanos;
    boolean isDownAgain = after(evidence).filter(Evidence::isDown).isPresent();
    long limitNanos =
        attempt.action() == RepairAction.STEP_CLOCK
            ? policy.steppedLimitNanos()
            : wasDown || isDownAgain ? policy.runningLimitNanos() : policy.synchronisedLimitNanos();
    return waitedNanos >= limitNanos ? Optional.of(ended(otherwise, evidence)) : Optional.empty();
  }

  private boolean hasHelped(Evidence evidence, RepairPolicy policy) {
    if (attempt.action() == RepairAction.STEP_CLOCK) {
      return evidence.hasFreshVote()
          && clockAfter(evidence)
              .filter(clock -> Math.abs(clock.offsetNanos()) <= policy.offsetThresholdNanos())
              .isPresent();
    }
    Optional<ServiceFacts> service = after(evidence);
    if (service.isEmpty()) {
      return false;
    }
    ServiceFacts.State state = service.get().state();
    boolean isRunning =
        state == ServiceFacts.State.STARTING
            || state == ServiceFacts.State.UNSYNCHRONISED
            || state == ServiceFacts.State.DISPUTED;
    return state == ServiceFacts.State.SYNCHRONISED
        || (wasDown
            && isRunning
            && service.get().measuredMonoNanos() - endMonoNanos >= RUNNING_NANOS);
  }

  private Attempt ended(Outcome outcome, Evidence evidence) {
    OptionalLong offsetAfterNanos =
        clockAfter(evidence)
            .map(clock -> OptionalLong.of(clock.offsetNanos()))
            .orElse(OptionalLong.empty());
    String found =
        clockAfter(evidence).map(Evidence::text).orElse("the system clock is unknown")
            + after(evidence).map(service -> "; the time service: " + service.reason()).orElse("");
    return new Attempt(
        attempt.action(),
        attempt.monoNanos(),
        attempt.reason(),
        outcome,
        attempt.detail().isEmpty() ? found : attempt.detail() + "; " + found,
        attempt.durationNanos(),
        attempt.offsetBeforeNanos(),
        offsetAfterNanos);
  }

  private Optional<ServiceFacts> after(Evidence evidence) {
    return evidence.service().filter(facts -> facts.measuredMonoNanos() - endMonoNanos > 0);
  }

  private Optional<SystemClockFacts> clockAfter(Evidence evidence) {
    return evidence.clock().filter(facts -> facts.measuredMonoNanos() - endMonoNanos > 0);
  }
}
