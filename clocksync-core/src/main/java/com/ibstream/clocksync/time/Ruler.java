package com.ibstream.clocksync.time;

/**
 * The one clock that never jumps: CLOCK_MONOTONIC, read through {@link System#nanoTime()}.
 *
 * <p>Its origin is arbitrary, so a reading is good for differences only, compared by subtraction:
 * {@code a - b < 0}. It is <em>not</em> a time of day; see {@link WallClock}. Implementations must
 * be safe for many threads and must never run backwards.
 */
@FunctionalInterface
public interface Ruler {

  /**
   * Reads the ruler.
   *
   * @return nanoseconds since an arbitrary origin
   */
  long monoNanos();

  /**
   * The ruler of this machine.
   *
   * @return a ruler over {@link System#nanoTime()}
   */
  static Ruler system() {
    return new SystemRuler();
  }
}
