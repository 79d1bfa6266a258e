package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.facts.TimeService;
import com.ibstream.clocksync.repair.Judgement.Guard;
import com.ibstream.clocksync.repair.TradingHours.Trading;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Says what is called for and whether it is allowed; arithmetic only. The most useful action comes
 * first, and only one is decided at a time: a service that is down is restarted, which also steps;
 * one that runs beside a wrong clock is made to step it; one that is merely not synchronised is
 * restarted; then the hardware clock is written, also where the service may not be touched.
 */
final class RepairJudge {

  /** A service steps of itself within this time after its start, or not at all. */
  private static final long STEPPING_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** chronyd measures anew at once when it sees the clock jump; later it is started anew. */
  private static final long NOTICING_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final RepairPolicy policy;
  private final Guards guards;

  RepairJudge(RepairPolicy policy) {
    this.policy = policy;
    guards = new Guards(policy);
  }

  /**
   * Decides.
   *
   * @param status what is known, at the present
   * @param trading whether the market trades
   * @param since since when things have been as they are
   * @param past what was done before
   * @param requested actions on the hardware clock that something else calls for
   */
  Judgement judge(
      ClockStatus status,
      Trading trading,
      Since since,
      PastAttempts past,
      Set<RepairAction> requested) {
    Case now = new Case(new Evidence(status), trading, since, past);
    Optional<Judgement> service = service(now);
    Optional<Judgement> called = service.filter(judgement -> judgement.wanted().isPresent());
    if (called.filter(judgement -> judgement.isAct() || judgement.isWaiting()).isPresent()) {
      return called.get();
    }
    Optional<Judgement> hardwareClock = hardwareClock(now, requested);
    if (called.isPresent()) {
      // A service that may not be touched does not make a hardware clock less wrong.
      return hardwareClock
          .filter(Judgement::isAct)
          .map(judgement -> judgement.beside(called.get()))
          .orElse(called.get());
    }
    return hardwareClock.or(() -> service).orElseGet(() -> well(now));
  }

  private static Judgement well(Case now) {
    return now.evidence().clock().isPresent()
        ? Judgement.nothing(Guard.GOOD, "nothing to repair")
        : Judgement.nothing(
            Guard.CLOCK_UNKNOWN,
            "the time service is well, and how the system clock is, is unknown: "
                + now.evidence().status().reason().text());
  }

  private Optional<Judgement> service(Case now) {
    Optional<ServiceFacts> seen = now.evidence().service();
    if (seen.isEmpty()) {
      return nothing(Guard.NOT_SEEN, "nobody has looked at the time service of late");
    }
    ServiceFacts service = seen.get();
    if (service.state() == ServiceFacts.State.NOT_APPLICABLE) {
      return nothing(Guard.NO_SERVICE, service.reason() + ": nobody could set its clock");
    }
    if (Evidence.isDown(service)) {
      return Optional.of(restartDown(now, service));
    }
    Optional<SystemClockFacts> wrong =
        now.evidence().clock().filter(clock -> now.since().isStillOff(clock, policy));
    if (wrong.isPresent()) {
      return Optional.of(step(now, service, wrong.get()));
    }
    if (Evidence.isUnsynchronised(service)) {
      return Optional.of(restartUnsynchronised(now, service));
    }
    if (Evidence.isSilent(service)) {
      return Optional.of(restartSilent(now, service));
    }
    return switch (service.state()) {
      case UNKNOWN ->
          nothing(Guard.NOT_TOLD, "how the time service is cannot be told: " + service.reason());
      case STARTING -> nothing(Guard.STARTING, "the time service is starting");
      default -> Optional.empty();
    };
  }

  private Judgement restartDown(Case now, ServiceFacts service) {
    String why = name(service) + " does not run: " + service.reason();
    if (now.lasted(now.since().downMonoNanos()) < policy.confirmationNanos()) {
      return Judgement.nothing(Guard.LASTING, why + "; watched for a moment first");
    }
    Optional<String> other =
        service.units().stream()
            .filter(ServiceFacts.Unit::isActive)
            .map(ServiceFacts.Unit::name)
            .findFirst();
    if (other.isPresent()) {
      return Judgement.forbidden(
          Guard.OTHER_SERVICE,
          RepairAction.RESTART_SERVICE,
          why,
          other.get() + " runs, and two would fight over the clock");
    }
    if (service.unit().isPresent()
        && !service.unit().get().isMasked()
        && !Guards.isWanted(now, service)) {
      return Judgement.forbidden(
          Guard.NOT_ENABLED,
          RepairAction.RESTART_SERVICE,
          why,
          "it is not enabled, and was not seen to run");
    }
    return restart(now, service, why);
  }

  private Judgement restartUnsynchronised(Case now, ServiceFacts service) {
    String why = name(service) + " is not synchronised: " + service.reason();
    if (now.evidence().isNetworkGone(service)) {
      return Judgement.nothing(
          Guard.NETWORK, why + "; the network is gone, a restart would not help");
    }
    if (now.evidence().isDisputeAboutLittle(service, policy)) {
      return Judgement.nothing(
          Guard.LITTLE, why + "; the system clock is right all the same, a restart is not needed");
    }
    if (Evidence.isDisputeOfTheFlagOnly(service)) {
      return Judgement.nothing(Guard.LITTLE, why + "; a restart would not change that");
    }
    if (hasTime(now, service)) {
      return Judgement.nothing(Guard.LASTING, why + "; it has time to become so");
    }
    return restart(now, service, why);
  }

  /** It may be frozen. A tool that is absent or not understood says nothing of the service. */
  private Judgement restartSilent(Case now, ServiceFacts service) {
    String why = name(service) + " runs and does not answer: " + service.reason();
    if (hasTime(now, service)) {
      return Judgement.nothing(Guard.LASTING, why + "; it has time to answer again");
    }
    return restart(now, service, why);
  }

  /** Since it was seen to be out of step, and since it was started. */
  private boolean hasTime(Case now, ServiceFacts service) {
    OptionalLong start =
        service.unit().map(ServiceFacts.Unit::activeSinceMonoNanos).orElse(OptionalLong.empty());
    return now.lasted(now.since().unsynchronisedMonoNanos()) < policy.restartGraceNanos()
        || (start.isPresent() && now.lasted(start) < policy.restartGraceNanos());
  }

  private Judgement restart(Case now, ServiceFacts service, String why) {
    RepairAction action = RepairAction.RESTART_SERVICE;
    if (service.unit().isEmpty() || service.service().isEmpty()) {
      return Judgement.forbidden(Guard.NO_SERVICE, action, why, "there is no unit to restart");
    }
    if (service.unit().get().isMasked()) {
      return Judgement.forbidden(Guard.MASKED, action, why, "masked on purpose");
    }
    if (guards.isSteppingAway(now, service.unit().get())) {
      return Judgement.forbidden(
          Guard.OTHER_TIME,
          action,
          why,
          "it last followed another time than the vote, to which it would step the right clock");
    }
    if (guards.isRestrained(now, service.unit().get())) {
      return Judgement.forbidden(
          Guard.TRADING,
          action,
          why,
          now.trading().reason()
              + ", and a step may follow: "
              + now.evidence().clock().map(Evidence::text).orElse("the system clock is unknown"));
    }
    return guards.limited(now, action, why);
  }

  private Judgement step(Case now, ServiceFacts service, SystemClockFacts clock) {
    RepairAction action = RepairAction.STEP_CLOCK;
    String why = Evidence.text(clock);
    if (now.lasted(now.since().offMonoNanos()) < policy.confirmationNanos()) {
      return Judgement.nothing(Guard.LASTING, why + "; watched for a moment first");
    }
    if (service.unit().isEmpty()
        || service.service().isEmpty()
        || (service.state() == ServiceFacts.State.UNKNOWN && !Evidence.isSilent(service))) {
      return Judgement.forbidden(
          Guard.NO_SERVICE, action, why, "no time service to do it: " + service.reason());
    }
    if (service.unit().get().isMasked()) {
      return Judgement.forbidden(Guard.MASKED, action, why, "masked on purpose");
    }
    if (service.state() == ServiceFacts.State.STARTING && isYoung(now, service)) {
      return Judgement.nothing(Guard.STARTING, why + "; the time service is starting");
    }
    Evidence.Account account = Evidence.account(service, clock);
    boolean isChrony = service.service().equals(Optional.of(TimeService.CHRONY));
    if (isChrony
        && account != Evidence.Account.AGREES
        && now.lasted(now.since().offMonoNanos()) < NOTICING_NANOS) {
      return Judgement.nothing(Guard.UNAWARE, why + "; chronyd has not noticed yet");
    }
    if (account == Evidence.Account.CONTRADICTS) {
      // started anew, it would go to the same servers
      return Judgement.forbidden(
          Guard.OTHER_TIME,
          action,
          why,
          service.service().get().word()
              + " follows another time than the vote: "
              + service.reason());
    }
    Optional<Judgement> vote = guards.vote(now, action, why);
    if (vote.isPresent()) {
      return vote.get();
    }
    if (!Guards.isKnownWell(clock)) {
      return Judgement.forbidden(
          Guard.BOUND, action, why, "known to no better than a quarter of the correction");
    }
    if (now.trading().isAssumed() && !guards.isEmergency(now)) {
      return Judgement.forbidden(Guard.TRADING, action, why, now.trading().reason());
    }
    return guards.limited(now, action, why);
  }

  private static boolean isYoung(Case now, ServiceFacts service) {
    OptionalLong start = service.unit().orElseThrow().activeSinceMonoNanos();
    return start.isEmpty() || now.lasted(start) < STEPPING_NANOS;
  }

  private Optional<Judgement> hardwareClock(Case now, Set<RepairAction> requested) {
    if (requested.contains(RepairAction.SET_RTC_UTC)) {
      return Optional.of(write(now, RepairAction.SET_RTC_UTC, "it is not kept in UTC"));
    } else if (requested.contains(RepairAction.WRITE_RTC)) {
      return Optional.of(write(now, RepairAction.WRITE_RTC, "it is wrong"));
    }
    return now.past().isRtcDue(policy, now.evidence().isRight(policy))
        ? Optional.of(write(now, RepairAction.WRITE_RTC, "the system clock was set"))
        : Optional.empty();
  }

  private Judgement write(Case now, RepairAction action, String why) {
    Optional<Judgement> vote = guards.vote(now, action, why);
    if (vote.isPresent()) {
      return vote.get();
    }
    Optional<SystemClockFacts> clock = now.evidence().clock();
    boolean isRight =
        clock
            .filter(
                facts -> facts.systemClockBoundNanos() < now.evidence().status().toleranceNanos())
            .isPresent();
    if (!isRight) {
      return Judgement.forbidden(
          Guard.SYSTEM_CLOCK,
          action,
          why,
          clock.map(Evidence::text).orElse("the system clock is unknown"));
    }
    return guards.limited(now, action, why);
  }

  private static Optional<Judgement> nothing(Guard guard, String reason) {
    return Optional.of(Judgement.nothing(guard, reason));
  }

  private static String name(ServiceFacts service) {
    return service.unit().map(ServiceFacts.Unit::name).orElse("the time service");
  }
}
