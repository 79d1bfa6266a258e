package com.ibstream.clocksync.rtc;

import java.util.Optional;

/**
 * Finds the edge of a hardware clock's second. A reading tells on which side of it the second
 * turns, so that each one at the right moment halves what is possible: some ten short readings in
 * as many seconds the first time, two where the clock is known. Nobody waits for the edge.
 *
 * <p>Arithmetic only: whoever drives it reads at the instants that it asks for, or later. A reading
 * that comes late tells less, never something wrong. NOT safe for threads.
 */
final class EdgeSearch {

  /** What is good enough. */
  static final long GOOD_NANOS = 2_000_000;

  /** A known edge is looked for this far on both sides of where it should be. */
  private static final long MARGIN_NANOS = 900_000;

  /** A clock that cannot be found by so many is busy or wild. */
  private static final int MOST_READINGS = 40;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Optional<Long> guessNanos;
  private Optional<EdgeFix> known = Optional.empty();
  private int readings;
  private boolean isContradicted;

  /**
   * A search that has seen nothing.
   *
   * @param guessNanos where the lead should be; only chooses where to look first
   */
  EdgeSearch(Optional<Long> guessNanos) {
    this.guessNanos = guessNanos;
  }

  /** Takes a reading, not older than the one before. */
  void take(RtcTick tick) {
    readings++;
    EdgeFix seen = EdgeFix.of(tick);
    Optional<EdgeFix> both =
        known.map(fix -> fix.at(seen.monoNanos(), 0, EdgeFix.QUARTZ_PPM).and(seen));
    if (both.filter(EdgeFix::isContradiction).isPresent()) {
      isContradicted = true; // the clock was set, or the ruler stood still: all before is worthless
      both = Optional.empty();
    }
    known = Optional.of(both.orElse(seen));
  }

  /** Whether there is nothing more to learn. */
  boolean isDone() {
    return readings >= MOST_READINGS
        || known.filter(fix -> fix.widthNanos() <= GOOD_NANOS).isPresent();
  }

  /** Whether the readings contradicted each other on the way. */
  boolean isContradicted() {
    return isContradicted;
  }

  /** What is known by now; empty before the first reading. */
  Optional<EdgeFix> fix() {
    return known;
  }

  /**
   * When to read next.
   *
   * @param nowMonoNanos the present, on the ruler
   * @return the first instant from the present on at which a reading tells most
   */
  long nextMonoNanos(long nowMonoNanos) {
    if (known.isEmpty()) {
      return nowMonoNanos;
    }
    long untilEdgeNanos =
        Math.floorMod(-(nowMonoNanos + candidateNanos(known.get())), NANOS_PER_SECOND);
    return nowMonoNanos + untilEdgeNanos;
  }

  /** The lead that the next reading decides about: whether the true one is more or less. */
  private long candidateNanos(EdgeFix fix) {
    if (guessNanos.isPresent()) {
      long more = guessNanos.get() + MARGIN_NANOS; // its turn comes first in every second
      long less = guessNanos.get() - MARGIN_NANOS;
      if (isInside(fix, more)) {
        return more;
      }
      if (isInside(fix, less)) {
        return less;
      }
    }
    return fix.leadNanos();
  }

  private static boolean isInside(EdgeFix fix, long leadNanos) {
    return leadNanos > fix.leastLeadNanos() && leadNanos < fix.mostLeadNanos();
  }
}
