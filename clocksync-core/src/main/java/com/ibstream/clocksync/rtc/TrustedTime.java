package com.ibstream.clocksync.rtc;

/**
 * UTC at one instant of the ruler, as it may be believed.
 *
 * @param monoNanos the instant
 * @param epochNanos the best estimate, nanoseconds since 1970
 * @param errorBoundNanos how wrong that can be, nanoseconds
 */
public record TrustedTime(long monoNanos, long epochNanos, long errorBoundNanos) {

  /** As far as a ruler that nobody looks at may be slewed; only over seconds. */
  private static final double RULER_PPM = 500;

  /** The same at another instant, some seconds away. */
  TrustedTime at(long atMonoNanos) {
    long laterNanos = atMonoNanos - monoNanos;
    long growthNanos = (long) Math.ceil(Math.abs(laterNanos) * RULER_PPM / 1e6);
    return new TrustedTime(atMonoNanos, epochNanos + laterNanos, errorBoundNanos + growthNanos);
  }
}
