package com.ibstream.clocksync.time;

/** Why a reading has the {@link TrustLevel} that it has. A closed list. */
public enum TrustReason {
  /** A strict majority of independent servers agreed within the last two polls. */
  MAJORITY("a majority of independent servers agrees"),
  /**
   * The one server that was configured answered within the last two polls; nobody vouches for it.
   */
  SINGLE_SOURCE("the single configured server answers; nobody vouches for it"),
  /** No vote for two polls: the clock lives on known drift and a growing bound. */
  NO_RECENT_VOTE("no vote for two polls; holding over on the ruler"),
  /** The servers that answer do not agree: the clock lives on its last agreed line. */
  NO_CONSENSUS("the servers do not agree; holding over on the ruler"),
  /** Some servers agree on a time that cannot be reconciled with what a majority proved before. */
  CONTRADICTION("the servers that answer contradict what a majority proved before"),
  /** The error bound has passed the tolerance. */
  BOUND_TOO_WIDE("the error bound is wider than the tolerance"),
  /** The system clock or the ruler jumped, and no vote has confirmed the line since. */
  CLOCK_STEPPED("a clock jumped and no vote has confirmed the line since"),
  /**
   * The ruler was slewed faster than allowed for; the line is being put right, within milliseconds.
   */
  RULER_SLEWED("the ruler was slewed unannounced and the line is being put right"),
  /** The monitor behind this clock was closed: nobody watches any more. */
  MONITOR_CLOSED("the monitor was closed; nobody watches the clock"),
  /** No vote has ever succeeded. */
  NEVER_PROVED("no vote has succeeded yet");

  private final String text;

  TrustReason(String text) {
    this.text = text;
  }

  /**
   * The reason as a sentence for people.
   *
   * @return a short lower-case clause
   */
  public String text() {
    return text;
  }
}
