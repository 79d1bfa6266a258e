package com.ibstream.clocksync.time;

/**
 * One consistent answer of a {@link TrustedClock}: time, interval, trust and reason, all of the
 * same instant.
 *
 * <p>Owned and reused by the caller: {@link TrustedClock#read(Reading)} overwrites it and allocates
 * nothing. NOT safe for sharing between threads; give each thread its own.
 */
public final class Reading {

  long epochNanos = TrustedClock.NO_TIME;
  long earliestEpochNanos = Long.MIN_VALUE;
  long latestEpochNanos = Long.MAX_VALUE;
  long errorBoundNanos = Long.MAX_VALUE;
  long monoNanos;
  TrustLevel trust = TrustLevel.UNKNOWN;
  TrustReason reason = TrustReason.NEVER_PROVED;

  /** A reading that knows nothing yet: {@link TrustLevel#UNKNOWN}. */
  public Reading() {}

  /**
   * The best estimate of UTC.
   *
   * @return nanoseconds since 1970 UTC, or {@link TrustedClock#NO_TIME} while the trust is {@link
   *     TrustLevel#UNKNOWN}
   */
  public long epochNanos() {
    return epochNanos;
  }

  /**
   * The earliest UTC that the evidence allows; never after {@link #epochNanos()}.
   *
   * @return nanoseconds since 1970 UTC, or {@link Long#MIN_VALUE} while unknown
   */
  public long earliestEpochNanos() {
    return earliestEpochNanos;
  }

  /**
   * The latest UTC that the evidence allows; never before {@link #epochNanos()}.
   *
   * @return nanoseconds since 1970 UTC, or {@link Long#MAX_VALUE} while unknown
   */
  public long latestEpochNanos() {
    return latestEpochNanos;
  }

  /**
   * How wrong {@link #epochNanos()} can be: the greater distance to the two ends.
   *
   * @return nanoseconds, never negative, or {@link Long#MAX_VALUE} while unknown
   */
  public long errorBoundNanos() {
    return errorBoundNanos;
  }

  /**
   * The instant of this reading on the ruler.
   *
   * @return nanoseconds of the {@link Ruler}, arbitrary origin
   */
  public long monoNanos() {
    return monoNanos;
  }

  /**
   * How far this reading may be believed.
   *
   * @return the level
   */
  public TrustLevel trust() {
    return trust;
  }

  /**
   * Why {@link #trust()} is what it is.
   *
   * @return the reason
   */
  public TrustReason reason() {
    return reason;
  }

  /**
   * Whether this reading may stamp a tick.
   *
   * @return true for {@link TrustLevel#TRUSTED} and {@link TrustLevel#HOLDOVER}
   */
  public boolean isTrusted() {
    return trust.isTrusted();
  }

  /** Writes what differs only: a collector wants to know of each reference that is written. */
  void judge(TrustLevel level, TrustReason why) {
    if (trust != level) {
      trust = level;
    }
    if (reason != why) {
      reason = why;
    }
  }

  void setUnknown(TrustReason why) {
    epochNanos = TrustedClock.NO_TIME;
    earliestEpochNanos = Long.MIN_VALUE;
    latestEpochNanos = Long.MAX_VALUE;
    errorBoundNanos = Long.MAX_VALUE;
    judge(TrustLevel.UNKNOWN, why);
  }

  @Override
  public String toString() {
    return trust == TrustLevel.UNKNOWN
        ? "Reading[UNKNOWN, " + reason + "]"
        : "Reading["
            + epochNanos
            + " ns +- "
            + errorBoundNanos
            + " ns, "
            + trust
            + ", "
            + reason
            + "]";
  }
}
