package com.ibstream.clocksync.seam;

/**
 * A clock that nobody slews or steps, on which exchanges are timed and lines are fitted:
 * CLOCK_MONOTONIC_RAW where the kernel shows it, else the ruler itself.
 */
@FunctionalInterface
public interface SteadyClock {

  /** The ruler taken for steady, where the kernel shows nothing better. */
  SteadyClock RULER = monoNanos -> new Stamp(monoNanos, 0);

  /**
   * What this clock showed at an instant of the ruler that has just passed.
   *
   * @param monoNanos nanoseconds of the ruler, microseconds ago at the most
   * @return the reading
   */
  Stamp at(long monoNanos);

  /**
   * A reading.
   *
   * @param rawNanos nanoseconds, arbitrary origin
   * @param halfWidthNanos how exactly that is known, either way
   */
  record Stamp(long rawNanos, long halfWidthNanos) {}
}
