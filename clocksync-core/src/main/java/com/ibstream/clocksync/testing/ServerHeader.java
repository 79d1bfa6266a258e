package com.ibstream.clocksync.testing;

import com.google.common.net.InetAddresses;
import com.ibstream.clocksync.ntp.NtpTimestamp;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a simulated server says of itself in its packets, true or not. */
final class ServerHeader {

  private static final int BYTES = 48;
  private static final int VERSION_4_SERVER = 0x24;
  private static final int LEAP_SHIFT = 6;
  private static final int PRECISION = -23;
  private static final double NTP_SHORT_PER_NANO = 65536 / 1e9;
  private static final double MAX_NTP_SHORT = 0xFFFF_FFFFL;
  private static final long REFERENCE_AGE_NANOS = 8_000_000_000L;
  private static final double DISPERSION_PER_NANO = 15e-6;

  private final SimulatedTime time;
  private int stratum = 1;
  private int leapIndicator;
  private byte[] referenceId = "GPS".getBytes(StandardCharsets.US_ASCII);
  private long rootDelayNanos;
  private long rootDispersionNanos = 100_000;
  private boolean isSourceLost;
  private long sourceLostNanos;

  ServerHeader(SimulatedTime time) {
    this.time = time;
  }

  void identity(int newStratum, String newReference) {
    stratum = newStratum;
    referenceId =
        InetAddresses.isInetAddress(newReference)
            ? InetAddresses.forString(newReference).getAddress()
            : newReference.getBytes(StandardCharsets.US_ASCII);
  }

  void leap(int newLeapIndicator) {
    leapIndicator = newLeapIndicator;
  }

  void root(long delayNanos, long dispersionNanos) {
    rootDelayNanos = delayNanos;
    rootDispersionNanos = dispersionNanos;
  }

  void sourceLost(boolean newLost) {
    isSourceLost = newLost;
    sourceLostNanos = time.nowNanos();
  }

  byte[] packet(long cookie, long receiveEpochNanos, long transmitEpochNanos) {
    long sinceLostNanos = isSourceLost ? time.nowNanos() - sourceLostNanos : 0;
    ByteBuffer packet = ByteBuffer.allocate(BYTES);
    packet.put((byte) (leapIndicator << LEAP_SHIFT | VERSION_4_SERVER));
    packet.put((byte) stratum).put((byte) 0).put((byte) PRECISION);
    packet.putInt(ntpShort((double) rootDelayNanos));
    packet.putInt(ntpShort(rootDispersionNanos + sinceLostNanos * DISPERSION_PER_NANO));
    packet.put(referenceId, 0, Math.min(referenceId.length, Integer.BYTES));
    packet.position(16);
    packet.putLong(
        NtpTimestamp.ofEpochNanos(transmitEpochNanos - REFERENCE_AGE_NANOS - sinceLostNanos));
    packet.putLong(cookie);
    packet.putLong(NtpTimestamp.ofEpochNanos(receiveEpochNanos));
    packet.putLong(NtpTimestamp.ofEpochNanos(transmitEpochNanos));
    return packet.array();
  }

  /** Rounded up; an unsigned 32-bit number. */
  private static int ntpShort(double nanos) {
    return (int) (long) Math.min(MAX_NTP_SHORT, Math.ceil(nanos * NTP_SHORT_PER_NANO));
  }
}
