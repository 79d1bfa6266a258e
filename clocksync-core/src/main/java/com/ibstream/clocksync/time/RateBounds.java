package com.ibstream.clocksync.time;

/**
 * Between which rates UTC runs against some clock: how many parts per million faster than it, from
 * the least to the greatest. Immutable.
 *
 * @param minPpm the least rate; positive = the clock surely loses time
 * @param maxPpm the greatest rate
 */
public record RateBounds(double minPpm, double maxPpm) {

  private static final double PPM = 1e-6;
  private static final double GREATEST_PPM = 200_000;

  /** Rejects bounds that are empty, not finite, or beyond what any clock does. */
  public RateBounds {
    if (!(minPpm <= maxPpm && minPpm >= -GREATEST_PPM && maxPpm <= GREATEST_PPM)) {
      throw new IllegalArgumentException(
          "rates must be in order and within +-"
              + GREATEST_PPM
              + " ppm: "
              + minPpm
              + ", "
              + maxPpm);
    }
  }

  /**
   * What a clock allows that may itself run fast or slow against UTC. One that runs slow by e loses
   * e / (1 - e) of its own time, so that is taken for both sides.
   *
   * @param errorPpm how far the clock's rate may be off, either way
   * @return bounds that hold UTC's rate against it
   */
  public static RateBounds ofClockError(double errorPpm) {
    double most = errorPpm / (1 - errorPpm * PPM);
    return new RateBounds(-most, most);
  }

  /**
   * These bounds, moved out on both sides.
   *
   * @param ppm how far, not negative
   * @return wider bounds
   */
  public RateBounds widened(double ppm) {
    return new RateBounds(minPpm - ppm, maxPpm + ppm);
  }

  /**
   * What both bounds allow.
   *
   * @param other other bounds of the same rate
   * @return the intersection; {@code other} if they contradict each other
   */
  public RateBounds within(RateBounds other) {
    double min = Math.max(minPpm, other.minPpm);
    double max = Math.min(maxPpm, other.maxPpm);
    return min <= max ? new RateBounds(min, max) : other;
  }

  /**
   * Bounds against a clock that is slewed beside the one these bounds are for, as CLOCK_MONOTONIC
   * is beside CLOCK_MONOTONIC_RAW.
   *
   * @param slewPpm how much faster the slewed clock runs
   * @return bounds of UTC's rate against the slewed clock
   */
  public RateBounds againstSlewed(double slewPpm) {
    return new RateBounds(rateAgainst(minPpm, slewPpm), rateAgainst(maxPpm, slewPpm));
  }

  /**
   * A rate against a clock, said against another that is slewed beside it.
   *
   * @param ratePpm how much faster UTC runs than the first clock
   * @param slewPpm how much faster the second clock runs than the first
   * @return how much faster UTC runs than the second
   */
  public static double rateAgainst(double ratePpm, double slewPpm) {
    return (ratePpm - slewPpm) / (1 + slewPpm * PPM);
  }

  /**
   * The rate inside these bounds that is nearest to a wished one.
   *
   * @param ratePpm wished
   * @return the same, or the end it lies beyond
   */
  public double clamp(double ratePpm) {
    return Math.max(minPpm, Math.min(maxPpm, ratePpm));
  }

  /**
   * How far the rate can be from the middle.
   *
   * @return half the width, ppm
   */
  public double halfWidthPpm() {
    return (maxPpm - minPpm) / 2;
  }

  /**
   * The least that UTC goes on while the clock goes on by so much; for a negative span the most
   * that it went back.
   *
   * @param clockNanos a span of the clock, forward or back
   * @return nanoseconds, rounded down
   */
  public long leastNanos(long clockNanos) {
    double rate = clockNanos >= 0 ? minPpm : maxPpm;
    return clockNanos + (long) Math.floor(clockNanos * (rate * PPM));
  }

  /**
   * The most that UTC goes on while the clock goes on by so much.
   *
   * @param clockNanos a span of the clock, forward or back
   * @return nanoseconds, rounded up
   */
  public long mostNanos(long clockNanos) {
    double rate = clockNanos >= 0 ? maxPpm : minPpm;
    return clockNanos + (long) Math.ceil(clockNanos * (rate * PPM));
  }
}
