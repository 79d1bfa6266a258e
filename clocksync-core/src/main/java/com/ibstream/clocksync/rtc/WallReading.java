package com.ibstream.clocksync.rtc;

import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.WallClock;

/**
 * What the system clock showed at one instant of the ruler.
 *
 * @param monoNanos the instant, on the ruler
 * @param epochNanos what it showed, nanoseconds since 1970
 * @param widthNanos how exactly the instant is known
 */
record WallReading(long monoNanos, long epochNanos, long widthNanos) {

  /** Not stepped: ruler and system clock are slewed together. */
  private static final long STEADY_NANOS = 1_000_000;

  static WallReading take(Ruler ruler, WallClock wall) {
    long before = ruler.monoNanos();
    long epochNanos = wall.epochNanos();
    long widthNanos = ruler.monoNanos() - before;
    return new WallReading(before + widthNanos / 2, epochNanos, widthNanos);
  }

  /** What it would have shown at another instant, had nobody set it. */
  long epochNanosAt(long atMonoNanos) {
    return epochNanos + (atMonoNanos - monoNanos);
  }

  /** Whether nobody has set it by a later reading. */
  boolean isSteadyUntil(WallReading later) {
    long movedNanos = later.epochNanos - epochNanosAt(later.monoNanos);
    return Math.abs(movedNanos) <= STEADY_NANOS + widthNanos + later.widthNanos;
  }
}
