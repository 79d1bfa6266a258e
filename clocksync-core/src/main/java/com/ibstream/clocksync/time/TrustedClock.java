package com.ibstream.clocksync.time;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * UTC with its error bound and a verdict, for code that is about to stamp a tick.
 *
 * <p>Answers come from a line that a background thread publishes: UTC as a function of the {@link
 * Ruler}. The system clock is never read, so a step of it cannot spoil a stamp. The bound holds the
 * error of <em>this line</em>; the error of the system clock is another figure and is in the
 * status.
 *
 * <p>Safe for any number of threads. One ruler read, one volatile load, a compare and a few
 * multiplications: no lock, no allocation, no log, no exception. Trust ends by arithmetic when the
 * line grows old, also if the background thread is dead. The time never goes backwards, within a
 * thread and between threads.
 *
 * <p>Before the first vote there is no time to give: {@link #epochNanos()} is {@link #NO_TIME}, the
 * bound {@link Long#MAX_VALUE}, the trust {@link TrustLevel#UNKNOWN}.
 */
public final class TrustedClock implements InstantSource {

  /**
   * What {@link #epochNanos()} returns while no vote has ever succeeded: an instant in the year
   * 1677, which no reader can take for a time of today.
   */
  public static final long NO_TIME = Long.MIN_VALUE;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final Ruler ruler;

  /** Null unless reads are to compare wall clock and ruler themselves: a field for the hot path. */
  private final InReadCheck inReadCheck;

  /** Written by {@link LinePublisher} alone. */
  volatile UtcLine line;

  TrustedClock(Ruler ruler, Optional<InReadCheck> inReadCheck) {
    this.ruler = ruler;
    this.inReadCheck = inReadCheck.orElse(null);
    this.line = UtcLine.neverProved(ruler.monoNanos());
  }

  /**
   * The best estimate of UTC. Hot: about the cost of one {@link System#nanoTime()}.
   *
   * @return nanoseconds since 1970 UTC; {@link #NO_TIME} while unknown
   */
  public long epochNanos() {
    long monoNanos = ruler.monoNanos(); // first the ruler, then the line: see LinePublisher
    UtcLine current = line;
    long elapsedNanos = monoNanos - current.startMonoNanos;
    if (elapsedNanos >= 0) {
      return current.epochAfter(elapsedNanos);
    }
    return epochInEarlierLine(monoNanos, current);
  }

  /**
   * How wrong {@link #epochNanos()} can be now. A read of its own: for one consistent answer use
   * {@link #read(Reading)}. Hot.
   *
   * @return nanoseconds, never negative; {@link Long#MAX_VALUE} while unknown
   */
  public long errorBoundNanos() {
    long monoNanos = ruler.monoNanos();
    UtcLine current = line;
    if (monoNanos - current.startMonoNanos < 0) {
      current = current.inForceAt(monoNanos);
      if (current == null) {
        return errorBoundNanos();
      }
    }
    return current.errorBoundAfter(monoNanos - current.startMonoNanos);
  }

  /**
   * Whether a stamp taken now may be used. A read of its own. Hot.
   *
   * @return true for {@link TrustLevel#TRUSTED} and {@link TrustLevel#HOLDOVER}
   */
  public boolean isTrusted() {
    long monoNanos = ruler.monoNanos();
    UtcLine current = line;
    if (monoNanos - current.startMonoNanos < 0) {
      current = current.inForceAt(monoNanos);
      if (current == null) {
        return isTrusted();
      }
    }
    return current.isTrustedAfter(monoNanos - current.startMonoNanos)
        && (inReadCheck == null || !inReadCheck.hasJumped(monoNanos, current.watch()));
  }

  /**
   * Reads time, interval, trust and reason of one instant into a reading owned by the caller. Hot.
   *
   * @param reading overwritten; must not be shared between threads
   * @return the same reading
   */
  public Reading read(Reading reading) {
    long monoNanos = ruler.monoNanos();
    UtcLine current = line;
    while (monoNanos - current.startMonoNanos < 0) {
      UtcLine earlier = current.inForceAt(monoNanos);
      if (earlier != null) {
        current = earlier;
        break;
      }
      monoNanos = ruler.monoNanos();
      current = line;
    }
    current.read(monoNanos, reading);
    if (inReadCheck != null
        && reading.isTrusted()
        && inReadCheck.hasJumped(monoNanos, current.watch())) {
      reading.trust = TrustLevel.UNTRUSTED;
      reading.reason = TrustReason.CLOCK_STEPPED;
    }
    return reading;
  }

  /**
   * The time in milliseconds, as {@link java.time.Clock#millis()} has it. Allocates nothing.
   *
   * @return milliseconds since 1970 UTC, rounded down; a date in 1677 while unknown
   */
  @Override
  public long millis() {
    return Math.floorDiv(epochNanos(), NANOS_PER_MILLI);
  }

  /**
   * The time as an {@link Instant}; may allocate it.
   *
   * @return UTC; an instant in 1677 while unknown
   */
  @Override
  public Instant instant() {
    long now = epochNanos();
    return Instant.ofEpochSecond(
        Math.floorDiv(now, NANOS_PER_SECOND), Math.floorMod(now, NANOS_PER_SECOND));
  }

  /**
   * The line in force, for monitoring: not the way to read the time.
   *
   * @return the latest published line
   */
  public UtcLine line() {
    return line;
  }

  /**
   * Out of line, to keep the hot method small: the line has just been changed, or is being
   * corrected.
   */
  private long epochInEarlierLine(long firstMonoNanos, UtcLine firstLine) {
    long monoNanos = firstMonoNanos;
    UtcLine current = firstLine;
    while (true) {
      UtcLine inForce = current.inForceAt(monoNanos);
      if (inForce != null) {
        return inForce.epochAfter(monoNanos - inForce.startMonoNanos);
      }
      // This thread slept between ruler and line for longer than earlier lines are kept: read
      // again.
      monoNanos = ruler.monoNanos();
      current = line;
    }
  }
}
