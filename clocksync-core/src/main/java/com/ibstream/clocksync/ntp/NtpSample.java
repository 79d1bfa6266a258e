package com.ibstream.clocksync.ntp;

import java.net.InetAddress;

/**
 * What one exchange proved: UTC at one instant of the ruler, within a half width. RFC 5905 section
 * 8 on the ruler: UTC at (M1+M4)/2 is (T2+T3)/2, within delay/2 + root delay/2 + root dispersion +
 * precisions + what the ruler may have lost during the exchange.
 *
 * @param monoNanos the middle of the exchange, on the ruler
 * @param epochNanos UTC there by the server, nanoseconds since 1970
 * @param delayNanos round trip without the server's holding time, at least 0
 * @param rootDelayNanos the server's own round trip to its stratum 1
 * @param rootDispersionNanos the server's own accumulated error
 * @param precisionNanos granularity of the server's clock and of the ruler
 * @param rulerErrorNanos what the ruler may have lost or gained from the middle to either end
 * @param stratum 1 to 15
 * @param referenceId what the server follows
 * @param leapIndicator 0 to 2
 * @param isReferenceStale whether the server was never set, or more than an hour ago: three polls
 *     in a row failed at the longest usual interval
 */
public record NtpSample(
    long monoNanos,
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

  private static final double PPM = 1e-6;

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
   * Half the width of the interval at another instant of the ruler.
   *
   * @param atMonoNanos nanoseconds of the ruler
   * @param rulerErrorPpm how much faster or slower than UTC the ruler may run
   * @return nanoseconds, rounded up
   */
  public long halfWidthNanos(long atMonoNanos, double rulerErrorPpm) {
    return halfWidthNanos() + ageingNanos(atMonoNanos, rulerErrorPpm);
  }

  /**
   * What the ruler may have lost or gained between the middle of the exchange and another instant.
   *
   * @param atMonoNanos nanoseconds of the ruler
   * @param rulerErrorPpm how much faster or slower than UTC the ruler may run
   * @return nanoseconds, rounded up
   */
  public long ageingNanos(long atMonoNanos, double rulerErrorPpm) {
    return (long) Math.ceil(Math.abs((double) (atMonoNanos - monoNanos)) * (rulerErrorPpm * PPM));
  }

  /**
   * UTC by this server at another instant, if the ruler runs true.
   *
   * @param atMonoNanos nanoseconds of the ruler
   * @return nanoseconds since 1970
   */
  public long epochNanosAt(long atMonoNanos) {
    return epochNanos + (atMonoNanos - monoNanos);
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
   * Whether the reference ID is that of an address.
   *
   * @param address of another server
   * @return true if this server follows that one
   */
  public boolean follows(InetAddress address) {
    return referenceId == ReferenceId.of(address);
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
