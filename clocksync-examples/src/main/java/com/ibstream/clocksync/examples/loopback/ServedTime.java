package com.ibstream.clocksync.examples.loopback;

import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.WallClock;

/**
 * A time of day that is read from the wall clock once and lives on the ruler from then on, so that
 * a step of the wall clock does not touch it. Immutable and safe for many threads.
 */
public final class ServedTime {

  private static final int BRACKETS = 25;

  private final Ruler ruler;
  private final long baseMonoNanos;
  private final long baseEpochNanos;

  private ServedTime(Ruler ruler, long baseMonoNanos, long baseEpochNanos) {
    this.ruler = ruler;
    this.baseMonoNanos = baseMonoNanos;
    this.baseEpochNanos = baseEpochNanos;
  }

  /**
   * A time that begins as the wall clock has it now: the narrowest of several brackets (ruler, wall
   * clock, ruler).
   *
   * @param ruler what it lives on
   * @param wallClock read now and never again
   * @return the time
   */
  public static ServedTime of(Ruler ruler, WallClock wallClock) {
    long bestWidthNanos = Long.MAX_VALUE;
    ServedTime best = null;
    for (int i = 0; i < BRACKETS; i++) {
      long before = ruler.monoNanos();
      long epochNanos = wallClock.epochNanos();
      long widthNanos = ruler.monoNanos() - before;
      if (widthNanos < bestWidthNanos) {
        bestWidthNanos = widthNanos;
        best = new ServedTime(ruler, before + widthNanos / 2, epochNanos);
      }
    }
    return best;
  }

  /**
   * A time that begins at a given instant.
   *
   * @param ruler what it lives on
   * @param epochNanos the time now, nanoseconds since 1970 UTC
   * @return the time
   */
  public static ServedTime startingAt(Ruler ruler, long epochNanos) {
    return new ServedTime(ruler, ruler.monoNanos(), epochNanos);
  }

  /**
   * The same time, wrong by a fixed amount.
   *
   * @param errorNanos what is added; positive = ahead of this time
   * @return another time on the same base
   */
  public ServedTime wrongBy(long errorNanos) {
    return new ServedTime(ruler, baseMonoNanos, baseEpochNanos + errorNanos);
  }

  /**
   * What time it is.
   *
   * @return nanoseconds since 1970 UTC
   */
  public long epochNanos() {
    return baseEpochNanos + (ruler.monoNanos() - baseMonoNanos);
  }
}
