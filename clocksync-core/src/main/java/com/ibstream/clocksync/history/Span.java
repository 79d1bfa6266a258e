package com.ibstream.clocksync.history;

/**
 * All that was seen between two records, also where nothing was written: around the straight line
 * that goes on from the first as the clock ran there, UTC minus system clock stayed between two
 * distances. Immutable.
 *
 * @param fromMonoNanos the instant of the first record, on the ruler
 * @param leastNanos the least distance from the line
 * @param mostNanos the greatest
 * @param boundNanos the greatest error bound of the trusted clock
 * @param gapNanos the longest time between two looks
 */
public record Span(
    long fromMonoNanos, long leastNanos, long mostNanos, long boundNanos, long gapNanos) {

  private static final double PPM = 1e-6;

  /** What is seen at the first record alone. */
  static Span at(Sighting first) {
    return new Span(
        first.monoNanos(),
        first.leastOffsetNanos() - first.offsetNanos(),
        first.mostOffsetNanos() - first.offsetNanos(),
        first.utc().errorBoundNanos(),
        0);
  }

  /** With one look more. */
  Span and(Sighting first, Sighting before, Sighting now) {
    long line =
        first.offsetNanos() + growth(first.utc().ratePpm(), now.monoNanos() - first.monoNanos());
    return new Span(
        fromMonoNanos,
        Math.min(leastNanos, now.leastOffsetNanos() - line),
        Math.max(mostNanos, now.mostOffsetNanos() - line),
        Math.max(boundNanos, now.utc().errorBoundNanos()),
        Math.max(gapNanos, now.monoNanos() - before.monoNanos()));
  }

  /**
   * How far the line has gone from its first record.
   *
   * @param ratePpm how much faster than the system clock UTC runs
   * @param elapsedNanos since that record
   * @return nanoseconds
   */
  static long growth(double ratePpm, long elapsedNanos) {
    return Math.round(elapsedNanos * (ratePpm * PPM));
  }
}
