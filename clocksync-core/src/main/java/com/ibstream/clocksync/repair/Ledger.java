package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.RepairFacts.Attempt;
import com.ibstream.clocksync.facts.RepairFacts.Mode;
import com.ibstream.clocksync.repair.RepairAudit.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Everything that is written down: the actions, in this watchdog's own list and in the host's
 * memory, and the audit. What cannot be written down is not done.
 */
final class Ledger {

  private static final int MOST_SHOWN = 16;
  private static final int MOST_KEPT = 200;

  /** What cannot be written down is tried again so seldom that the trying itself is no flood. */
  private static final long RETRY_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final Mode mode;
  private final RepairMemory memory;
  private final RepairAudit audit;
  private final List<Attempt> ours = new ArrayList<>();
  private OptionalLong refusedMonoNanos = OptionalLong.empty();
  private String refusal = "";

  Ledger(Mode mode, RepairMemory memory, RepairAudit audit) {
    this.mode = mode;
    this.memory = memory;
    this.audit = audit;
  }

  /** The latest of our own, oldest first. */
  List<Attempt> latest() {
    return List.copyOf(ours.subList(Math.max(0, ours.size() - MOST_SHOWN), ours.size()));
  }

  /** What is known of this host; of our own actions we know more than was written. */
  RepairMemory.Recall recall(Turn turn) {
    if (mode == Mode.OBSERVE) {
      return new RepairMemory.Recall(ours, Optional.empty());
    }
    RepairMemory.Recall theirs = memory.recall(turn.nowNanos(), turn.evidence().utcEpochNanos());
    return new RepairMemory.Recall(PastAttempts.merged(theirs.attempts(), ours), theirs.problem());
  }

  /** Why nothing is done for a while: something could not be written down. */
  Optional<String> refusal(Turn turn) {
    return refusedMonoNanos.isPresent()
            && turn.nowNanos() - refusedMonoNanos.getAsLong() < RETRY_NANOS
        ? Optional.of(refusal)
        : Optional.empty();
  }

  /**
   * Writes down that an action is about to begin. What is refused is not remembered as begun.
   *
   * @return empty if it may begin
   */
  Optional<String> intend(Turn turn, Attempt intended) {
    Optional<String> refused = refusal(turn);
    if (refused.isPresent()) {
      return refused;
    }
    Optional<String> unrecorded =
        write(turn, Kind.INTENDED, intended, intended.reason(), true, List.of())
            .or(() -> memory.remember(intended, turn.evidence().utcEpochNanos()));
    unrecorded.ifPresentOrElse(reason -> refuse(turn, reason), () -> keep(intended));
    return refusal(turn);
  }

  /** Writes down how an action went on. */
  void record(
      Turn turn,
      Kind kind,
      Attempt attempt,
      String text,
      boolean isWarning,
      List<String> commands) {
    keep(attempt);
    if (mode == Mode.ACT) {
      memory
          .remember(attempt, turn.evidence().utcEpochNanos())
          .ifPresent(reason -> refuse(turn, reason));
    }
    Optional<String> unrecorded = write(turn, kind, attempt, text, isWarning, commands);
    unrecorded.ifPresent(reason -> refuse(turn, reason));
  }

  /** Writes down a decision; one that changes nothing needs no witness. */
  void decided(Turn turn, Optional<RepairAction> wanted, String text) {
    Optional<String> unrecorded =
        audit.write(
            new RepairAudit.Entry(
                Kind.DECIDED,
                mode,
                turn.evidence().status(),
                turn.trading(),
                wanted,
                text,
                wanted.isPresent(),
                Optional.empty(),
                List.of()));
    if (mode == Mode.ACT) {
      unrecorded.ifPresent(reason -> refuse(turn, reason));
    }
  }

  private Optional<String> write(
      Turn turn,
      Kind kind,
      Attempt attempt,
      String text,
      boolean isWarning,
      List<String> commands) {
    return audit.write(
        new RepairAudit.Entry(
            kind,
            mode,
            turn.evidence().status(),
            turn.trading(),
            Optional.of(attempt.action()),
            text,
            isWarning,
            Optional.of(attempt),
            commands));
  }

  private void refuse(Turn turn, String reason) {
    refusedMonoNanos = OptionalLong.of(turn.nowNanos());
    refusal = "it cannot be recorded: " + reason;
  }

  private void keep(Attempt attempt) {
    ours.removeIf(known -> PastAttempts.isSame(known, attempt));
    ours.add(attempt);
    RepairMemory.forget(ours, MOST_KEPT, Function.identity());
  }
}
