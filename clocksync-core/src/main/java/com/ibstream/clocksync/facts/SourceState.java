package com.ibstream.clocksync.facts;

/**
 * What a source is worth at present; the words that users of chrony know, in lower case in JSON.
 */
public enum SourceState {
  /** The truechimer with the least root distance. */
  SELECTED,
  /** A truechimer: its interval touches the agreed one. */
  COMBINED,
  /** Its interval does not touch the agreed one: it lies, or its path does. */
  FALSETICKER,
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
   * @return true for {@link #SELECTED} and {@link #COMBINED}
   */
  public boolean isTruechimer() {
    return this == SELECTED || this == COMBINED;
  }
}
