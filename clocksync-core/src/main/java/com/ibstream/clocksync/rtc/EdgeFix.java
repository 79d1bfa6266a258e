package com.ibstream.clocksync.rtc;

/**
 * Where a hardware clock stands against the ruler. Its <em>lead</em> is what has to be added to the
 * ruler to get what the clock shows, nanoseconds since 1970.
 *
 * @param monoNanos the instant, on the ruler
 * @param leastLeadNanos the least lead
 * @param mostLeadNanos the greatest lead
 */
record EdgeFix(long monoNanos, long leastLeadNanos, long mostLeadNanos) {

  /** No quartz is further off; one that is contradicts itself, and is looked for anew. */
  static final double QUARTZ_PPM = 300;

  /** What one reading tells. */
  static EdgeFix of(RtcTick tick) {
    return new EdgeFix(tick.afterMonoNanos(), tick.leastLeadNanos(), tick.mostLeadNanos());
  }

  /** Half way between the two ends. */
  long leadNanos() {
    return leastLeadNanos + widthNanos() / 2;
  }

  /** How far the two ends are apart. */
  long widthNanos() {
    return mostLeadNanos - leastLeadNanos;
  }

  /** How wrong the middle can be. */
  long halfWidthNanos() {
    return widthNanos() - widthNanos() / 2;
  }

  /** Whether no clock can be like this. */
  boolean isContradiction() {
    return mostLeadNanos < leastLeadNanos;
  }

  /**
   * What is left of it at another instant.
   *
   * @param driftRatePpm the rate of the clock, positive = it loses time
   * @param errorPpm how wrong that may be
   */
  EdgeFix at(long atMonoNanos, double driftRatePpm, double errorPpm) {
    double laterNanos = atMonoNanos - monoNanos;
    long lostNanos = Math.round(laterNanos * driftRatePpm / 1e6);
    long growthNanos = (long) Math.ceil(Math.abs(laterNanos) * errorPpm / 1e6);
    return new EdgeFix(
        atMonoNanos,
        leastLeadNanos - lostNanos - growthNanos,
        mostLeadNanos - lostNanos + growthNanos);
  }

  /** What both allow; a contradiction if the clock was set in between. */
  EdgeFix and(EdgeFix other) {
    return new EdgeFix(
        other.monoNanos,
        Math.max(leastLeadNanos, other.leastLeadNanos),
        Math.min(mostLeadNanos, other.mostLeadNanos));
  }
}
