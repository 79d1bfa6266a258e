package com.ibstream.clocksync.ntp;

import java.net.DatagramPacket;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.net.ntp.NtpV3Impl;
import org.apache.commons.net.ntp.TimeStamp;

/**
 * The fields of an NTP header (RFC 5905 section 7.3) as they came, unjudged. Extension fields and
 * MACs behind it are ignored. Coded with Commons Net's packet classes; none of its millisecond
 * arithmetic is used.
 *
 * @param leapIndicator 0 to 3
 * @param version protocol version
 * @param mode 3 client, 4 server
 * @param stratum 0 to 255
 * @param precision of the server's clock, log2 seconds
 * @param rootDelayNanos round trip from the server to its stratum 1
 * @param rootDispersionNanos accumulated error of the server
 * @param referenceId four bytes: address or name of what it follows, or kiss code
 * @param referenceTime when the server was last set, NTP timestamp
 * @param originate our cookie, as returned, NTP timestamp
 * @param receive T2, NTP timestamp
 * @param transmit T3, NTP timestamp
 */
record NtpPacket(
    int leapIndicator,
    int version,
    int mode,
    int stratum,
    int precision,
    long rootDelayNanos,
    long rootDispersionNanos,
    int referenceId,
    long referenceTime,
    long originate,
    long receive,
    long transmit) {

  /** Length of the header in bytes. */
  static final int HEADER_BYTES = 48;

  private static final int VERSION = 4;
  private static final int MODE_CLIENT = 3;

  /**
   * A client's request: version, mode and cookie, all else zero, so that it tells nothing about our
   * clock.
   *
   * @param cookie random; comes back as {@link #originate}
   */
  static byte[] request(long cookie) {
    NtpV3Impl packet = new NtpV3Impl();
    packet.setMode(MODE_CLIENT);
    packet.setVersion(VERSION);
    packet.setTransmitTime(new TimeStamp(cookie));
    return Arrays.copyOf(packet.getDatagramPacket().getData(), HEADER_BYTES);
  }

  /** Parses bytes; empty if they are fewer than a header. Never throws. */
  static Optional<NtpPacket> parse(byte[] payload) {
    if (payload.length < HEADER_BYTES) {
      return Optional.empty();
    }
    NtpV3Impl packet = new NtpV3Impl();
    packet.setDatagramPacket(new DatagramPacket(payload, HEADER_BYTES));
    return Optional.of(
        new NtpPacket(
            packet.getLeapIndicator(),
            packet.getVersion(),
            packet.getMode(),
            packet.getStratum(),
            packet.getPrecision(),
            NtpTimestamp.shortToNanos(packet.getRootDelay()),
            NtpTimestamp.shortToNanos(packet.getRootDispersion()),
            packet.getReferenceId(),
            packet.getReferenceTimeStamp().ntpValue(),
            packet.getOriginateTimeStamp().ntpValue(),
            packet.getReceiveTimeStamp().ntpValue(),
            packet.getTransmitTimeStamp().ntpValue()));
  }

  /** The precision of the server's clock in nanoseconds, rounded up. */
  long precisionNanos() {
    return (long) Math.ceil(Math.min(Math.scalb(1e9, precision), Long.MAX_VALUE / 4.0));
  }
}
