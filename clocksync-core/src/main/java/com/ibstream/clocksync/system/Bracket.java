package com.ibstream.clocksync.system;

import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.WallClock;

/**
 * A reading of the wall clock between two readings of the ruler: what the system clock showed at
 * one instant of the ruler, and how exactly that is known.
 *
 * @param monoNanos the middle, on the ruler
 * @param epochNanos what the system clock showed, nanoseconds since 1970
 * @param widthNanos distance of the two ruler readings; the instant is known to half of it
 */
public record Bracket(long monoNanos, long epochNanos, long widthNanos) {

  private static final int ATTEMPTS = 5;

  /** So many where none is narrow: a reader that is interrupted all the time is lucky once. */
  private static final int MOST_ATTEMPTS = 50;

  /** Wider than this a bracket was interrupted, on any machine of today. */
  private static final long NARROW_NANOS = 20_000;

  /**
   * Takes the narrowest of several brackets, so that being put to sleep between two readings does
   * no harm.
   *
   * @param ruler the ruler
   * @param wallClock the system clock
   * @return the narrowest bracket
   */
  public static Bracket take(Ruler ruler, WallClock wallClock) {
    Bracket best = once(ruler, wallClock);
    for (int i = 1; i < ATTEMPTS || (i < MOST_ATTEMPTS && best.widthNanos > NARROW_NANOS); i++) {
      best = best.narrower(once(ruler, wallClock));
    }
    return best;
  }

  /**
   * The narrower of two.
   *
   * @param other another bracket
   * @return that one if it is narrower than this
   */
  public Bracket narrower(Bracket other) {
    return other.widthNanos < widthNanos ? other : this;
  }

  private static Bracket once(Ruler ruler, WallClock wallClock) {
    long before = ruler.monoNanos();
    long epoch = wallClock.epochNanos();
    long width = ruler.monoNanos() - before;
    return new Bracket(before + width / 2, epoch, width);
  }

  /**
   * What the system clock would have shown at another instant, had it run with the ruler.
   *
   * @param atMonoNanos nanoseconds of the ruler
   * @return nanoseconds since 1970
   */
  public long epochNanosAt(long atMonoNanos) {
    return epochNanos + (atMonoNanos - monoNanos);
  }

  /**
   * How exactly the instant is known.
   *
   * @return half the width, rounded up, nanoseconds
   */
  public long halfWidthNanos() {
    return widthNanos - widthNanos / 2;
  }
}
