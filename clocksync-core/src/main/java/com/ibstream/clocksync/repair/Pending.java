package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.RepairFacts.Attempt;
import com.ibstream.clocksync.facts.RepairFacts.Outcome;
import com.ibstream.clocksync.facts.RtcFacts;
import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.facts.SystemClockFacts;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

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

  /** The hardware clock shows whole seconds, and the second may turn while it is read. */
  private static final long RTC_TOLERANCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  /**
   * What became of it; empty while nobody can say.
   *
   * @param rtc reads the hardware clock; asked only where that is what was set
   */
  Optional<Attempt> verified(
      Evidence evidence, RepairPolicy policy, Supplier<Actuator.RtcReading> rtc) {
    if (attempt.action().isOfHardwareClock()) {
      return written(evidence, policy, rtc.get());
    }
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

  /**
   * Held against trusted time, not against the system clock that it was set from: somebody may have
   * set that in the meantime.
   */
  private Optional<Attempt> written(
      Evidence evidence, RepairPolicy policy, Actuator.RtcReading rtc) {
    if (!rtc.isRead()) {
      return Optional.of(
          ended(
              Outcome.UNVERIFIED, evidence, "the hardware clock cannot be read: " + rtc.detail()));
    }
    if (isStillLocal(evidence)) {
      return Optional.of(
          ended(Outcome.DID_NOT_HELP, evidence, "the hardware clock is still kept in local time"));
    }
    OptionalLong utc = evidence.utcEpochNanos();
    if (utc.isEmpty()) {
      boolean isOver = evidence.nowMonoNanos() - endMonoNanos >= policy.steppedLimitNanos();
      return isOver
          ? Optional.of(
              ended(
                  Outcome.UNVERIFIED,
                  evidence,
                  "no trusted time to hold the hardware clock against"))
          : Optional.empty();
    }
    long trueNanos = utc.getAsLong() + rtc.monoNanos() - evidence.nowMonoNanos();
    long aheadNanos = TimeUnit.SECONDS.toNanos(rtc.epochSeconds()) - trueNanos;
    return Optional.of(
        ended(
            Math.abs(aheadNanos) <= RTC_TOLERANCE_NANOS ? Outcome.HELPED : Outcome.DID_NOT_HELP,
            evidence,
            "hardware clock minus trusted time: " + Evidence.seconds(aheadNanos)));
  }

  private boolean isStillLocal(Evidence evidence) {
    return evidence
        .status()
        .host()
        .rtc()
        .filter(facts -> facts.measuredMonoNanos() - endMonoNanos > 0)
        .filter(facts -> facts.state() == RtcFacts.State.LOCAL_TIME)
        .isPresent();
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
    // Its tool may be silent for a while: what was down and runs is what was asked for.
    boolean isRunning =
        service.get().unit().filter(ServiceFacts.Unit::isActive).isPresent()
            && !Evidence.isDown(service.get());
    return service.get().state() == ServiceFacts.State.SYNCHRONISED
        || (wasDown
            && isRunning
            && service.get().measuredMonoNanos() - endMonoNanos >= RUNNING_NANOS);
  }

  private Attempt ended(Outcome outcome, Evidence evidence) {
    String found =
        clockAfter(evidence).map(Evidence::text).orElse("the system clock is unknown")
            + after(evidence).map(service -> "; the time service: " + service.reason()).orElse("");
    return ended(outcome, evidence, found);
  }

  private Attempt ended(Outcome outcome, Evidence evidence, String found) {
    OptionalLong offsetAfterNanos =
        clockAfter(evidence)
            .map(clock -> OptionalLong.of(clock.offsetNanos()))
            .orElse(OptionalLong.empty());
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
