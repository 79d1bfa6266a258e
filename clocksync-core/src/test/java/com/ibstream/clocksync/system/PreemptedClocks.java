package com.ibstream.clocksync.system;

import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.WallClock;
import java.util.SplittableRandom;

/**
 * Ruler and wall clock of a machine so busy that every read may be interrupted, before the clock is
 * read and once more before the value is handed over. Both clocks are slewed together. NOT safe for
 * threads.
 */
final class PreemptedClocks {

  static final long MICRO = 1_000L;
  static final long MILLI = 1_000_000L;
  static final long SECOND = 1_000_000_000L;

  private static final long EPOCH = 1_795_000_000_000_000_000L;
  private static final double PPM = 1e-6;

  private final SplittableRandom random;
  private final long wallGranularityNanos;
  private long monoNanos = Long.MAX_VALUE - 100 * SECOND; // an overflow on the way
  private long epochMinusMonoNanos = EPOCH - monoNanos;
  private double slewPpm;
  private double slewedNanos;
  private long longInterruptionCount;

  /**
   * Clocks that are not slewed yet.
   *
   * @param wallGranularityNanos of what the wall clock shows, which is never ahead of what it has
   */
  PreemptedClocks(SplittableRandom random, long wallGranularityNanos) {
    this.random = random;
    this.wallGranularityNanos = wallGranularityNanos;
  }

  Ruler ruler() {
    return () -> {
      pass(interruptionNanos());
      long shown = monoNanos;
      pass(interruptionNanos());
      return shown;
    };
  }

  WallClock wallClock() {
    return () -> {
      pass(interruptionNanos());
      long epochNanos = monoNanos + epochMinusMonoNanos;
      long shown = epochNanos - Math.floorMod(epochNanos, wallGranularityNanos);
      pass(interruptionNanos());
      return shown;
    };
  }

  /** Lets time pass. */
  void pass(long rawNanos) {
    slewedNanos += rawNanos * (slewPpm * PPM);
    long whole = (long) slewedNanos;
    slewedNanos -= whole;
    monoNanos += rawNanos + whole;
  }

  /** Steps the wall clock; positive = forward. */
  void step(long nanos) {
    epochMinusMonoNanos += nanos;
  }

  /** Slews both clocks from now on; positive = they run fast. */
  void slew(double newSlewPpm) {
    slewPpm = newSlewPpm;
  }

  /** How many reads were interrupted for a millisecond or more. */
  long longInterruptionCount() {
    return longInterruptionCount;
  }

  /** Mostly none, often microseconds, sometimes milliseconds, rarely seconds. */
  private long interruptionNanos() {
    int kind = random.nextInt(10_000);
    if (kind < 7_000) {
      return random.nextLong(5, 20);
    }
    if (kind < 9_750) {
      return random.nextLong(MICRO, 50 * MICRO);
    }
    longInterruptionCount++;
    return kind < 9_998 ? random.nextLong(MILLI, 200 * MILLI) : random.nextLong(SECOND, 5 * SECOND);
  }
}
