package com.ibstream.clocksync.history.stamps;

import java.util.Locale;

/** What a stamp is worth in hindsight; the best first. */
public enum StampQuality {
  /** Time was trusted then, and that was never taken back. */
  GOOD,
  /** Time was known then, but not to be trusted. */
  UNTRUSTED,
  /** Time was trusted then, and that was taken back later. */
  WITHDRAWN,
  /** The clock showed this value more than once, and nobody can tell which it was. */
  AMBIGUOUS,
  /** Nobody looked. */
  UNMONITORED;

  /**
   * The word for it in a record.
   *
   * @return in lower case
   */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  StampQuality worse(StampQuality other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
