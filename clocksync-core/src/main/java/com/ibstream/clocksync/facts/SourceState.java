package com.ibstream.clocksync.facts;

/**
 * What a source is worth at present; the words that users of chrony know, in lower case in JSON.
 */
public enum SourceState {
  /** The truechimer with the least root distance. */
  SELECTED,
  /** A truechimer: its interval touches the agreed one. */
  COMBINED,
  /** A truechimer of little use: its interval alone is wider than the tolerance. It votes. */
  DISTANT,
  /** A truechimer whose samples scatter far more than those of the others. It votes. */
  JITTERY,
  /** Its interval does not touch the agreed one: it lies, or its path does. */
  FALSETICKER,
  /** It smears leap seconds, and one is near: it does not vote. */
  SET_ASIDE,
  /** It answers, and no majority agrees, so nothing can be said of it. */
  UNDECIDED,
  /** It answered, and what it said was refused. */
  REFUSED,
  /** It does not answer. */
  UNREACHABLE,
  /** No answer is due yet. */
  WAITING;

  /**
   * Whether this source stands behind the estimate.
   *
   * @return true for {@link #SELECTED}, {@link #COMBINED}, {@link #DISTANT} and {@link #JITTERY}
   */
  public boolean isTruechimer() {
    return this == SELECTED || this == COMBINED || this == DISTANT || this == JITTERY;
  }
}
