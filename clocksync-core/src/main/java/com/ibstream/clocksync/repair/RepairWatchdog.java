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

/**
 * Watches over the host: verifies what was done, else decides, else acts. One turn after another on
 * one thread, which an action blocks; never the monitor's.
 */
public final class RepairWatchdog {

  /** For an action on the hardware clock where no time service was seen. */
  private static final ServiceFacts NOBODY =
      new ServiceFacts(
          0,
          ServiceFacts.State.UNKNOWN,
          "nobody has looked",
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          List.of(),
          OptionalLong.empty());

  private final RepairPolicy policy;
  private final Actuator actuator;
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
    this.actuator = actuator;
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
   * @return what was decided anew, and what ended
   */
  public List<RepairEvent> turn(
      ClockStatus status, TradingHours hours, Set<RepairAction> requested) {
    List<RepairEvent> events = new ArrayList<>();
    Turn turn = new Turn(new Evidence(status), trading(status, hours), events);
    since = since.next(turn.evidence(), policy);
    if (pending.isPresent()) {
      Optional<Attempt> verified = pending.get().verified(turn.evidence(), policy);
      if (verified.isEmpty()) {
        return events;
      }
      pending = Optional.empty();
      end(turn, verified.get(), List.of());
    }
    Judgement judgement = decide(turn, requested);
    tell(turn, judgement);
    if (judgement.isAct()) {
      begin(turn, judgement);
    }
    return events;
  }

  /**
   * The same, with nothing else to do.
   *
   * @param status what is known now
   * @param hours when the market trades
   * @return what was decided anew, and what ended
   */
  public List<RepairEvent> turn(ClockStatus status, TradingHours hours) {
    return turn(status, hours, Set.of());
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
        pending.isEmpty() && !isActing(),
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

  private Judgement decide(Turn turn, Set<RepairAction> requested) {
    RepairMemory.Recall known = ledger.recall(turn);
    Judgement judgement = judged(turn, known, requested);
    if (!judgement.isAct()) {
      return judgement;
    }
    if (policy.mode() == Mode.ACT) {
      Optional<String> refusal = ledger.refusal(turn);
      if (refusal.isPresent()) {
        return judgement.but(Guard.RECORD, refusal.get());
      }
      refusal = memory.claim();
      if (refusal.isPresent()) {
        return judgement.but(Guard.MEMORY, refusal.get());
      }
      // What others did between the first look and the claim counts.
      known = ledger.recall(turn);
      judgement = judged(turn, known, requested);
    }
    return judgement.isAct() && known.problem().isPresent()
        ? judgement.but(Guard.MEMORY, known.problem().get())
        : judgement;
  }

  private Judgement judged(Turn turn, RepairMemory.Recall known, Set<RepairAction> requested) {
    PastAttempts past =
        new PastAttempts(known.attempts(), turn.nowNanos(), since.forgivenMonoNanos());
    return judge.judge(turn.evidence().status(), turn.trading(), since, past, requested);
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

  private void begin(Turn turn, Judgement judgement) {
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
    ServiceFacts service = turn.evidence().status().host().service().orElse(NOBODY);
    settle(turn, intended, carryOut(intended.action(), service), Evidence.isDown(service));
  }

  private void settle(Turn turn, Attempt intended, Actuator.Result result, boolean wasDown) {
    boolean isWrite =
        intended.action() == RepairAction.WRITE_RTC
            || intended.action() == RepairAction.SET_RTC_UTC;
    Outcome otherwise =
        switch (result.outcome()) {
          // The actuator has read the hardware clock back; nobody else here can.
          case DONE -> isWrite ? Outcome.HELPED : Outcome.DID_NOT_HELP;
          case FAILED -> Outcome.FAILED;
          // A host without a hardware clock lacks nothing.
          case IMPOSSIBLE -> isWrite ? Outcome.NOT_DONE : Outcome.FAILED;
          case TIMED_OUT -> Outcome.TIMED_OUT;
          case NOT_PERMITTED -> Outcome.NOT_PERMITTED;
        };
    boolean isFinal =
        isWrite
            || result.outcome() == Actuator.Result.Outcome.NOT_PERMITTED
            || result.outcome() == Actuator.Result.Outcome.IMPOSSIBLE;
    if (isFinal) {
      end(turn, after(intended, otherwise, result), result.commands());
      return;
    }
    // An exit status proves nothing: also what failed may have helped.
    Attempt done = after(intended, Outcome.PENDING, result);
    boolean isClean = result.outcome() == Actuator.Result.Outcome.DONE;
    ledger.record(turn, Kind.CARRIED_OUT, done, result.detail(), !isClean, result.commands());
    long endMonoNanos = turn.nowNanos() + result.durationNanos();
    pending = Optional.of(new Pending(done, wasDown, endMonoNanos, otherwise));
  }

  private Actuator.Result carryOut(RepairAction action, ServiceFacts service) {
    try {
      return actuator.act(action, service);
    } catch (RuntimeException e) {
      return new Actuator.Result(Actuator.Result.Outcome.FAILED, List.of(), e.toString(), 0);
    }
  }

  private static Attempt after(Attempt intended, Outcome outcome, Actuator.Result result) {
    return new Attempt(
        intended.action(),
        intended.monoNanos(),
        intended.reason(),
        outcome,
        result.detail(),
        result.durationNanos(),
        intended.offsetBeforeNanos(),
        OptionalLong.empty());
  }

  private void end(Turn turn, Attempt attempt, List<String> commands) {
    RepairEvent.Acted event = new RepairEvent.Acted(turn.nowNanos(), attempt);
    turn.events().add(event);
    ledger.record(turn, Kind.ENDED, attempt, event.text(), event.isWarning(), commands);
  }
}
