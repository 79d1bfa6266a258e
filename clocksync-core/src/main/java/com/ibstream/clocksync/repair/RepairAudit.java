package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.RepairFacts;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.util.List;
import java.util.Optional;

/** Keeps a record of every decision about the host and of everything done to it. */
@FunctionalInterface
public interface RepairAudit {

  /**
   * Writes an entry down. May block, for a limited time.
   *
   * @param entry what happened
   * @return empty if it is written; otherwise why not, for people
   */
  Optional<String> write(Entry entry);

  /**
   * One thing that was decided, begun or ended.
   *
   * @param kind which of the three
   * @param mode what was allowed at all
   * @param status what was known
   * @param trading what was known of the market
   * @param action what it is about; empty if nothing is wanted
   * @param text the decision, or what became of the action, for people
   * @param isWarning whether somebody should look at it
   * @param attempt the action so far; empty for a decision
   * @param commands what was run, in order, each as one line
   */
  record Entry(
      Kind kind,
      RepairFacts.Mode mode,
      ClockStatus status,
      TradingHours.Trading trading,
      Optional<RepairAction> action,
      String text,
      boolean isWarning,
      Optional<RepairFacts.Attempt> attempt,
      List<String> commands) {

    /** Copies the list. */
    public Entry {
      commands = List.copyOf(commands);
    }
  }

  /** What an entry is about. */
  enum Kind {
    /** Another decision than before. */
    DECIDED,
    /** An action is about to begin. */
    INTENDED,
    /** Its commands have ended. */
    CARRIED_OUT,
    /** It is known what became of it. */
    ENDED
  }
}
