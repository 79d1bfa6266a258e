package com.ibstream.clocksync.facts;

/** What the operating system says of its own clock, beside what the vote says of it. */
public enum SynchronisationClaim {
  /** The kernel cannot be asked. */
  NOT_ASKED,
  /** The kernel says itself that nobody steers its clock. */
  NOT_CLAIMED,
  /** The kernel says that its clock is steered, and nothing that the vote proves speaks against. */
  NOT_DISPUTED,
  /**
   * The kernel says that its clock is steered, and the vote proves it wrong: by more than the
   * tolerance, or by more than the greatest error that the kernel itself admits and than a good
   * clock is off.
   */
  DISPUTED;

  /** Some services admit no error at all: what a good clock may be off is no dispute. */
  private static final long GOOD_NANOS = 5_000_000L;

  /** A dispute ends only well below where it began, or it would begin and end with every vote. */
  private static final double END_SHARE = 0.8;

  /**
   * Compares the two after this finding.
   *
   * @param kernel what the kernel says
   * @param earliestOffsetNanos the least offset of the system clock that the vote allows
   * @param latestOffsetNanos the greatest
   * @param toleranceNanos the greatest error that is tolerated
   * @return the next finding
   */
  public SynchronisationClaim next(
      KernelFacts kernel, long earliestOffsetNanos, long latestOffsetNanos, long toleranceNanos) {
    if (!kernel.isSynchronised()) {
      return NOT_CLAIMED;
    }
    long leastWrongNanos = Math.max(0, Math.max(earliestOffsetNanos, -latestOffsetNanos));
    long admittedNanos = Math.max(GOOD_NANOS, kernel.maxErrorNanos());
    long limitNanos = Math.min(toleranceNanos, admittedNanos);
    return leastWrongNanos > (this == DISPUTED ? limitNanos * END_SHARE : limitNanos)
        ? DISPUTED
        : NOT_DISPUTED;
  }
}
