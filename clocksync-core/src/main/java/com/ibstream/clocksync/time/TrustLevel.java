package com.ibstream.clocksync.time;

/** How far a reading of the {@link TrustedClock} may be believed, mild to severe. */
public enum TrustLevel {
  /** A vote within the last two polls, and the error bound is within the tolerance. */
  TRUSTED(0),
  /** No vote for two polls; known drift and a growing bound that is still within the tolerance. */
  HOLDOVER(1),
  /** There is a line, but it is known to be too wide, or it is disputed. */
  UNTRUSTED(2),
  /** Never proved by any vote: there is no time to give. */
  UNKNOWN(3);

  private final int severity;

  TrustLevel(int severity) {
    this.severity = severity;
  }

  /**
   * The rank of this level; it does not depend on the order of declaration.
   *
   * @return 0 for the mildest, growing with severity
   */
  public int severity() {
    return severity;
  }

  /**
   * Whether a stamp taken at this level may be used: {@link #TRUSTED} and {@link #HOLDOVER}.
   *
   * @return true if the error bound is within the tolerance and nobody disputes the line
   */
  public boolean isTrusted() {
    return this == TRUSTED || this == HOLDOVER;
  }
}
