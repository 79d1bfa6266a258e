package com.ibstream.clocksync.time;

/**
 * Rates as fixed-point fractions of 2<sup>62</sup>, so that a read needs integers only and is
 * monotonic to the nanosecond. Spans up to 73 years.
 */
final class Fixed62 {

  static final double ONE = 0x1p62;
  private static final double PPM = 1e-6;

  private Fixed62() {}

  static long ofPpm(double ppm) {
    return Math.round(ppm * PPM * ONE);
  }

  static double toPpm(long fraction62) {
    return fraction62 / ONE / PPM;
  }

  /** A span times a fraction, rounded down. */
  static long scale(long spanNanos, long fraction62) {
    return Math.multiplyHigh(spanNanos << 2, fraction62);
  }
}
