package com.ibstream.clocksync.history.stamps;

/**
 * What a stamp meant. Immutable.
 *
 * @param quality what it is worth; where it is {@link StampQuality#UNMONITORED} nothing else is
 *     known, and the interval is all there is of a long
 * @param earliestEpochNanos the earliest UTC at which the clock showed the stamp
 * @param latestEpochNanos the latest
 */
public record Qualification(StampQuality quality, long earliestEpochNanos, long latestEpochNanos) {

  /** Nobody looked. */
  static final Qualification UNMONITORED =
      new Qualification(StampQuality.UNMONITORED, Long.MIN_VALUE, Long.MAX_VALUE);

  /**
   * Whether anything is known of it.
   *
   * @return true if the interval means something
   */
  public boolean isKnown() {
    return quality != StampQuality.UNMONITORED;
  }

  /**
   * The middle of the interval: the stamp as it should have been.
   *
   * @return nanoseconds since 1970
   */
  public long correctedEpochNanos() {
    return earliestEpochNanos + (latestEpochNanos - earliestEpochNanos) / 2;
  }

  /**
   * How wrong {@link #correctedEpochNanos()} can be.
   *
   * @return half the width, rounded up; nanoseconds
   */
  public long errorBoundNanos() {
    return latestEpochNanos - correctedEpochNanos();
  }
}
