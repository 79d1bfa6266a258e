package com.ibstream.clocksync.examples.trading;

import java.util.OptionalLong;

/**
 * What became of the ticks. Immutable.
 *
 * @param tickCount ticks that arrived
 * @param trustedCount ticks that were stamped, because the time was trusted
 * @param sinceFirstTrustedCount ticks that arrived from the first stamped one on, with it
 * @param maxErrorBoundNanos the widest error bound of a stamp; empty without stamps
 * @param minStepNanos the smallest step from one stamp to the next, negative if time ever went
 *     back; empty with fewer than two stamps
 */
public record StampSummary(
    long tickCount,
    long trustedCount,
    long sinceFirstTrustedCount,
    OptionalLong maxErrorBoundNanos,
    OptionalLong minStepNanos) {

  /**
   * How many ticks could be stamped once the time had been trusted for the first time.
   *
   * @return a share from 0 to 1; 0 if nothing was stamped
   */
  public double trustedShare() {
    return sinceFirstTrustedCount == 0 ? 0 : (double) trustedCount / sinceFirstTrustedCount;
  }

  /**
   * How many ticks were not stamped, because the time was not trusted.
   *
   * @return the count
   */
  public long refusedCount() {
    return tickCount - trustedCount;
  }
}
