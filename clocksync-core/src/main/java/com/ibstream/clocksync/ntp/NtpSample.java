package com.ibstream.clocksync.ntp;

import com.ibstream.clocksync.time.RateBounds;

/**
 * What one exchange proved: UTC at one instant of the steady clock, within a half width. RFC 5905
 * section 8 on that clock: UTC at (M1+M4)/2 is (T2+T3)/2, within delay/2 + root delay/2 + root
 * dispersion + precisions + what the clock may have lost during the exchange.
 *
 * @param rawNanos the middle of the exchange, on the steady clock
 * @param epochNanos UTC there by the server, nanoseconds since 1970
 * @param delayNanos round trip without the server's holding time, at least 0
 * @param rootDelayNanos the server's own round trip to its stratum 1
 * @param rootDispersionNanos the server's own accumulated error
 * @param precisionNanos granularity of the server's clock and of ours
 * @param rulerErrorNanos what our clock may have lost or gained from the middle to either end
 * @param stratum 1 to 15
 * @param referenceId what the server follows
 * @param leapIndicator 0 to 2
 * @param isReferenceStale whether the server was never set, or more than an hour ago: three polls
 *     in a row failed at the longest usual interval
 */
public record NtpSample(
    long rawNanos,
    long epochNanos,
    long delayNanos,
    long rootDelayNanos,
    long rootDispersionNanos,
    long precisionNanos,
    long rulerErrorNanos,
    int stratum,
    int referenceId,
    int leapIndicator,
    boolean isReferenceStale) {

  /**
   * Half the width of the interval that holds UTC at the middle of the exchange.
   *
   * @return nanoseconds, rounded up
   */
  public long halfWidthNanos() {
    return halfUp(delayNanos)
        + halfUp(rootDelayNanos)
        + rootDispersionNanos
        + precisionNanos
        + rulerErrorNanos;
  }

  /**
   * The earliest UTC possible at another instant.
   *
   * @param atRawNanos nanoseconds of the steady clock
   * @param rates between which rates UTC runs against it
   * @return nanoseconds since 1970, rounded down
   */
  public long earliestAt(long atRawNanos, RateBounds rates) {
    return epochNanos - halfWidthNanos() + rates.leastNanos(atRawNanos - rawNanos);
  }

  /**
   * The latest UTC possible at another instant.
   *
   * @param atRawNanos nanoseconds of the steady clock
   * @param rates between which rates UTC runs against it
   * @return nanoseconds since 1970, rounded up
   */
  public long latestAt(long atRawNanos, RateBounds rates) {
    return epochNanos + halfWidthNanos() + rates.mostNanos(atRawNanos - rawNanos);
  }

  /**
   * UTC by this server at another instant, if our clock runs true.
   *
   * @param atRawNanos nanoseconds of the steady clock
   * @return nanoseconds since 1970
   */
  public long epochNanosAt(long atRawNanos) {
    return epochNanos + (atRawNanos - rawNanos);
  }

  /**
   * Half of an odd number rounded up.
   *
   * @param nanos not negative
   * @return at least {@code nanos / 2}
   */
  public static long halfUp(long nanos) {
    return nanos - nanos / 2;
  }

  /**
   * What the server follows, as text.
   *
   * @return a name such as GPS, or an address
   */
  public String referenceText() {
    return ReferenceId.text(referenceId, stratum);
  }

  /**
   * Whether the reference ID names a parent that other servers may share: at stratum 1 it names a
   * kind of clock.
   *
   * @return true from stratum 2, unless the server follows its own clock or names nobody
   */
  public boolean hasParent() {
    return stratum > 1 && referenceId != 0 && !ReferenceId.isLocalClock(referenceId);
  }
}
