package com.ibstream.clocksync.verdict;

import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.RepairFacts;
import java.util.Locale;
import java.util.Optional;

/** Something was decided about the host, or done to it. Immutable. */
public sealed interface RepairEvent extends ClockEvent {

  /**
   * Another decision than before, also to do nothing.
   *
   * @param monoNanos when
   * @param wanted what should be done; empty if nothing
   * @param isAllowed whether it is done
   * @param reason what was decided and why, for people
   */
  record Decided(long monoNanos, Optional<RepairAction> wanted, boolean isAllowed, String reason)
      implements RepairEvent {
    @Override
    public String text() {
      return "repair: " + reason;
    }

    @Override
    public boolean isWarning() {
      return wanted.isPresent();
    }
  }

  /**
   * An action was carried out, or ended otherwise, and what it led to was seen.
   *
   * @param monoNanos when that was clear
   * @param attempt the action and its outcome
   */
  record Acted(long monoNanos, RepairFacts.Attempt attempt) implements RepairEvent {
    @Override
    public String text() {
      return "repair: "
          + attempt.action().text()
          + ": "
          + attempt.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ')
          + (attempt.detail().isEmpty() ? "" : " (" + attempt.detail() + ")");
    }

    @Override
    public boolean isWarning() {
      return attempt.outcome() != RepairFacts.Outcome.HELPED;
    }
  }
}
