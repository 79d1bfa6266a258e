package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.RepairFacts;
import com.ibstream.clocksync.facts.RepairFacts.Attempt;
import com.ibstream.clocksync.facts.RepairFacts.Mode;
import com.ibstream.clocksync.facts.RepairFacts.Outcome;
import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.repair.Judgement.Guard;
import com.ibstream.clocksync.repair.RepairAudit.Kind;
import com.ibstream.clocksync.repair.TradingHours.Trading;
import com.ibstream.clocksync.verdict.ClockStatus;
import com.ibstream.clocksync.verdict.RepairEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Watches over the host: verifies what was done, else decides, else acts. One turn after another on
 * one thread, which an action blocks; never the monitor's.
 */
public final class RepairWatchdog {

  /** For an action on the hardware clock where no time service was seen. */
  private static final ServiceFacts NOBODY = ServiceFacts.unseen(0, "nobody has looked");

  private static final long LOOK_AGE_NANOS = TimeUnit.SECONDS.toNanos(15);

  private final RepairPolicy policy;
  private final GuardedActuator actuator;
  private final RepairMemory memory;
  private final RepairJudge judge;
  private final Ledger ledger;
  private Since since = Since.start();
  private Optional<Pending> pending = Optional.empty();
  private Optional<Judgement> latest = Optional.empty();

  /**
   * A watchdog that has seen nothing.
   *
   * @param policy what is allowed
   * @param actuator what changes the host; called only where the policy says {@link Mode#ACT}
   * @param memory what was done to this host
   * @param audit keeps the record
   */
  public RepairWatchdog(
      RepairPolicy policy, Actuator actuator, RepairMemory memory, RepairAudit audit) {
    this.policy = policy;
    this.actuator = new GuardedActuator(actuator);
    this.memory = memory;
    judge = new RepairJudge(policy);
    ledger = new Ledger(policy.mode(), memory, audit);
  }

  /**
   * One turn.
   *
   * @param status what is known now: also the present is taken from it
   * @param hours when the market trades
   * @param requested actions on the hardware clock that something else calls for
   * @param present the same as it is when it is asked: asked right before the commands of an
   *     action, for deciding and writing down take time, in which anything may have changed
   * @return what was decided anew, and what ended
   */
  public List<RepairEvent> turn(
      ClockStatus status,
      TradingHours hours,
      Set<RepairAction> requested,
      Supplier<ClockStatus> present) {
    List<RepairEvent> events = new ArrayList<>();
    Turn turn = new Turn(new Evidence(status), trading(status, hours), events);
    since = since.next(turn.evidence(), policy);
    if (pending.isPresent()) {
      Optional<Attempt> verified =
          pending.get().verified(turn.evidence(), policy, actuator::readHardwareClock);
      if (verified.isEmpty()) {
        return events;
      }
      pending = Optional.empty();
      end(turn, verified.get(), List.of());
    }
    Considered considered = decide(turn, requested);
    tell(turn, considered.judgement());
    if (considered.judgement().isAct()) {
      begin(
          turn,
          considered,
          () -> {
            ClockStatus now = present.get();
            return new Turn(new Evidence(now), trading(now, hours), events);
          });
    }
    return events;
  }

  /**
   * What is being done and was done, by this watchdog.
   *
   * @return the facts after the latest turn
   */
  public RepairFacts facts() {
    return new RepairFacts(
        policy.mode(),
        latest.map(judgement -> judgement.decision().reason()).orElse("nothing decided yet"),
        latest.flatMap(Judgement::wanted),
        pending.isEmpty() && !isActing() && latest.filter(Judgement::isWaiting).isEmpty(),
        ledger.latest());
  }

  /** What was just done may call for more at the next turn. */
  private boolean isActing() {
    return policy.mode() == Mode.ACT && latest.filter(Judgement::isAct).isPresent();
  }

  /** Foreign code: what it throws is no knowledge, and no knowledge is trading. */
  private static Trading trading(ClockStatus status, TradingHours hours) {
    try {
      return hours.now(status);
    } catch (RuntimeException e) {
      return new Trading(true, "trading hours cannot be told: " + e);
    }
  }

  /** A judgement, and what it was made from beside the turn: what had been done by then. */
  private record Considered(
      Judgement judgement, RepairMemory.Recall known, Set<RepairAction> requested) {

    Considered but(Guard guard, String reason) {
      return new Considered(judgement.but(guard, reason), known, requested);
    }
  }

  private Considered decide(Turn turn, Set<RepairAction> requested) {
    Considered considered = judged(turn, ledger.recall(turn), requested);
    if (!considered.judgement().isAct()) {
      return considered;
    }
    if (policy.mode() == Mode.ACT) {
      Optional<String> refusal = ledger.refusal(turn);
      if (refusal.isPresent()) {
        return considered.but(Guard.RECORD, refusal.get());
      }
      refusal = memory.claim();
      if (refusal.isPresent()) {
        return considered.but(Guard.MEMORY, refusal.get());
      }
      // What others did between the first look and the claim counts.
      considered = judged(turn, ledger.recall(turn), requested);
    }
    Optional<String> problem = considered.known().problem();
    return considered.judgement().isAct() && problem.isPresent()
        ? considered.but(Guard.MEMORY, problem.get())
        : considered;
  }

  private Considered judged(Turn turn, RepairMemory.Recall known, Set<RepairAction> requested) {
    PastAttempts past =
        new PastAttempts(known.attempts(), turn.nowNanos(), since.forgivenMonoNanos());
    return new Considered(
        judge.judge(turn.evidence().status(), turn.trading(), since, past, requested),
        known,
        requested);
  }

  private void tell(Turn turn, Judgement judgement) {
    boolean isNew = latest.filter(judgement::isSameAs).isEmpty();
    latest = Optional.of(judgement);
    if (isNew) {
      String dry = policy.mode() == Mode.DRY_RUN && judgement.isAct() ? "dry run: would " : "";
      String text = dry + judgement.decision().reason();
      boolean isDone = judgement.isAct() && policy.mode() == Mode.ACT;
      turn.events().add(new RepairEvent.Decided(turn.nowNanos(), judgement.wanted(), isDone, text));
      ledger.decided(turn, judgement.wanted(), text);
    }
  }

  private void begin(Turn turn, Considered considered, Supplier<Turn> present) {
    Judgement judgement = considered.judgement();
    Attempt intended =
        new Attempt(
            judgement.wanted().orElseThrow(),
            turn.nowNanos(),
            judgement.why(),
            policy.mode() == Mode.ACT ? Outcome.PENDING : Outcome.NOT_DONE,
            policy.mode() == Mode.ACT ? "" : "dry run",
            0,
            turn.evidence().offsetNanos(),
            OptionalLong.empty());
    if (policy.mode() != Mode.ACT) {
      end(turn, intended, List.of());
      return;
    }
    Optional<String> unrecorded = ledger.intend(turn, intended);
    if (unrecorded.isPresent()) {
      tell(turn, judgement.but(Guard.RECORD, unrecorded.get()));
      return;
    }
    Turn now;
    try {
      now = present.get();
    } catch (RuntimeException e) {
      end(
          turn,
          ended(intended, Outcome.WITHDRAWN, "the present cannot be told: " + e, 0),
          List.of());
      return;
    }
    since = since.next(now.evidence(), policy);
    Judgement still = judged(now, considered.known(), considered.requested()).judgement();
    boolean isStill = still.isAct() && still.wanted().equals(judgement.wanted());
    if (!isStill || isLookOld(now, intended)) {
      String detail = isStill ? "the look at the service is too old" : still.decision().reason();
      end(now, ended(intended, Outcome.WITHDRAWN, detail, 0), List.of());
      tell(now, still);
      return;
    }
    ServiceFacts service = now.evidence().status().host().service().orElse(NOBODY);
    Actuator.Order order =
        new Actuator.Order(intended.action(), service, now.evidence().isServiceAware());
    settle(now, intended, actuator.act(order, now.nowNanos()), Evidence.isDown(service));
  }

  /** Writing down may take long, and somebody else may have mended the service by then. */
  private static boolean isLookOld(Turn turn, Attempt intended) {
    return !intended.action().isOfHardwareClock()
        && turn.evidence()
            .service()
            .filter(facts -> turn.nowNanos() - facts.measuredMonoNanos() <= LOOK_AGE_NANOS)
            .isEmpty();
  }

  private void settle(Turn turn, Attempt intended, Actuator.Result result, boolean wasDown) {
    boolean isWrite = intended.action().isOfHardwareClock();
    Outcome otherwise = GuardedActuator.otherwise(result.outcome(), isWrite);
    boolean isClean = result.outcome() == Actuator.Result.Outcome.DONE;
    boolean isFinal =
        (isWrite && !isClean)
            || result.outcome() == Actuator.Result.Outcome.NOT_PERMITTED
            || result.outcome() == Actuator.Result.Outcome.IMPOSSIBLE;
    if (isFinal) {
      end(turn, after(intended, otherwise, result), result.commands());
      return;
    }
    // An exit status proves nothing: also what failed may have helped.
    Attempt done = after(intended, Outcome.PENDING, result);
    ledger.record(turn, Kind.CARRIED_OUT, done, result.detail(), !isClean, result.commands());
    pending = Optional.of(new Pending(done, wasDown, result.endMonoNanos(), otherwise));
  }

  private static Attempt after(Attempt intended, Outcome outcome, Actuator.Result result) {
    return ended(intended, outcome, result.detail(), result.durationNanos());
  }

  private static Attempt ended(
      Attempt intended, Outcome outcome, String detail, long durationNanos) {
    return new Attempt(
        intended.action(),
        intended.monoNanos(),
        intended.reason(),
        outcome,
        detail,
        durationNanos,
        intended.offsetBeforeNanos(),
        OptionalLong.empty());
  }

  private void end(Turn turn, Attempt attempt, List<String> commands) {
    RepairEvent.Acted event = new RepairEvent.Acted(turn.nowNanos(), attempt);
    turn.events().add(event);
    ledger.record(turn, Kind.ENDED, attempt, event.text(), event.isWarning(), commands);
  }
}
