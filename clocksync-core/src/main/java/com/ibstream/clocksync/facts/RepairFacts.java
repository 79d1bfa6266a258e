package com.ibstream.clocksync.facts;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is being done about the host, and what was done.
 *
 * @param mode what is allowed at all
 * @param decision the latest decision, for people: one clause, with its reason
 * @param wanted what should be done, whether it is allowed or not; empty if nothing
 * @param isSettled whether the latest decision stands: nothing is being done or verified now, and
 *     it does not merely wait for something to last, to start or to be noticed, or for the least
 *     time between two starts. Whoever looks once goes on looking until then, for a limited time
 * @param attempts the latest actions, oldest first, at most 16
 */
public record RepairFacts(
    Mode mode,
    String decision,
    Optional<RepairAction> wanted,
    boolean isSettled,
    List<Attempt> attempts) {

  /** Copies the list. */
  public RepairFacts {
    attempts = List.copyOf(attempts);
  }

  /** What is allowed. */
  public enum Mode {
    /** Nothing on the host is ever changed. */
    OBSERVE,
    /** The same, but every decision is made and told as if it were to be carried out. */
    DRY_RUN,
    /** What the policy allows is done. */
    ACT
  }

  /** What became of an action. */
  public enum Outcome {
    /** Being verified. */
    PENDING,
    /** The state afterwards is as it should be. */
    HELPED,
    /** It was carried out, and the state afterwards is as bad as before. */
    DID_NOT_HELP,
    /** The command failed. */
    FAILED,
    /** The privilege is missing: nothing is said about the clock. */
    NOT_PERMITTED,
    /** The command did not end in time. */
    TIMED_OUT,
    /** Nothing was done: this is a dry run, or the host has no hardware clock. */
    NOT_DONE,
    /**
     * It was intended, and what was known right before the command did not call for it any more.
     */
    WITHDRAWN,
    /** It was carried out, and nobody can tell whether it helped. */
    UNVERIFIED;

    /**
     * Whether it counts where the number of actions is limited.
     *
     * @return false where it is certain that the host was not touched, dry runs apart
     */
    public boolean isCounted() {
      return this != NOT_PERMITTED && this != WITHDRAWN;
    }
  }

  /**
   * One action.
   *
   * @param action what
   * @param monoNanos when it began, on the ruler
   * @param reason why, for people
   * @param outcome what became of it
   * @param detail what the commands said and did, for people
   * @param durationNanos how long the commands took
   * @param offsetBeforeNanos the system clock's offset before; positive = behind; empty if unknown
   * @param offsetAfterNanos the same when it was verified
   */
  public record Attempt(
      RepairAction action,
      long monoNanos,
      String reason,
      Outcome outcome,
      String detail,
      long durationNanos,
      OptionalLong offsetBeforeNanos,
      OptionalLong offsetAfterNanos) {}
}
