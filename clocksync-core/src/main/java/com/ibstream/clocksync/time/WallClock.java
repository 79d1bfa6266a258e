package com.ibstream.clocksync.time;

/**
 * The operating system's clock of day: the clock under test, never a source of truth.
 *
 * <p>It may be stepped, slewed or hours wrong at any moment. Nothing that measures a duration may
 * use it; see {@link Ruler}. Implementations must be safe for many threads.
 */
@FunctionalInterface
public interface WallClock {

  /**
   * Reads the system clock as it stands, right or wrong.
   *
   * @return nanoseconds since 1970-01-01T00:00:00Z as the system clock claims
   */
  long epochNanos();

  /**
   * The system clock of this machine.
   *
   * @return a wall clock over {@link java.time.Instant#now()}
   */
  static WallClock system() {
    return new SystemWallClock();
  }
}
