package com.ibstream.clocksync.market;

import java.util.Optional;

/**
 * Our clocks at one look of the monitor, for a {@link FeedJudge}. Immutable.
 *
 * @param monoNanos the instant, on the ruler
 * @param rawNanos the same on the raw clock; the ruler again where that is not seen
 * @param rawHalfWidthNanos how exactly the two belong together, either way
 * @param rawErrorPpm how wrong the rate of the raw clock may be
 * @param systemEpochNanos what the system clock showed, nanoseconds since 1970
 * @param systemHalfWidthNanos how exactly that is known, either way
 * @param trustedClock what the published line said; empty while it knows no time
 * @param hasJumped whether system clock and ruler jumped against each other since the look before
 */
public record FeedLook(
    long monoNanos,
    long rawNanos,
    long rawHalfWidthNanos,
    double rawErrorPpm,
    long systemEpochNanos,
    long systemHalfWidthNanos,
    Optional<TrustedClockReading> trustedClock,
    boolean hasJumped) {

  /**
   * What the published line said in the same turn.
   *
   * @param monoNanos when, on the ruler
   * @param epochNanos the best estimate, nanoseconds since 1970
   * @param latestEpochNanos the latest UTC that it allows
   */
  public record TrustedClockReading(long monoNanos, long epochNanos, long latestEpochNanos) {}
}
