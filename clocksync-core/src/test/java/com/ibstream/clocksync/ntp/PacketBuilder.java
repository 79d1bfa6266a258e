package com.ibstream.clocksync.ntp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Server packets for tests, good unless told otherwise. */
final class PacketBuilder {

  static final long EPOCH = 1_795_000_000_000_000_000L;

  private int leap;
  private int version = 4;
  private int mode = 4;
  private int stratum = 1;
  private int precision = -20;
  private int rootDelay = 65; // 65 / 65536 s, about 1 ms
  private int rootDispersion = 131;
  private byte[] referenceId = "GPS\0".getBytes(StandardCharsets.US_ASCII);
  private long reference = NtpTimestamp.ofEpochNanos(EPOCH - 10_000_000_000L);
  private long originate;
  private long receive = NtpTimestamp.ofEpochNanos(EPOCH);
  private long transmit = NtpTimestamp.ofEpochNanos(EPOCH + 100_000);

  PacketBuilder leap(int value) {
    leap = value;
    return this;
  }

  PacketBuilder version(int value) {
    version = value;
    return this;
  }

  PacketBuilder mode(int value) {
    mode = value;
    return this;
  }

  PacketBuilder stratum(int value) {
    stratum = value;
    return this;
  }

  PacketBuilder precision(int value) {
    precision = value;
    return this;
  }

  PacketBuilder root(int delayShort, int dispersionShort) {
    rootDelay = delayShort;
    rootDispersion = dispersionShort;
    return this;
  }

  PacketBuilder referenceId(int a, int b, int c, int d) {
    referenceId = new byte[] {(byte) a, (byte) b, (byte) c, (byte) d};
    return this;
  }

  PacketBuilder referenceId(String name) {
    referenceId = ByteBuffer.allocate(4).put(name.getBytes(StandardCharsets.US_ASCII)).array();
    return this;
  }

  PacketBuilder referenceEpochNanos(long value) {
    reference = NtpTimestamp.ofEpochNanos(value);
    return this;
  }

  PacketBuilder reference(long ntp) {
    reference = ntp;
    return this;
  }

  PacketBuilder originate(long cookie) {
    originate = cookie;
    return this;
  }

  PacketBuilder receive(long ntp) {
    receive = ntp;
    return this;
  }

  PacketBuilder transmit(long ntp) {
    transmit = ntp;
    return this;
  }

  byte[] build() {
    return ByteBuffer.allocate(48)
        .put((byte) (leap << 6 | version << 3 | mode))
        .put((byte) stratum)
        .put((byte) 6)
        .put((byte) precision)
        .putInt(rootDelay)
        .putInt(rootDispersion)
        .put(referenceId)
        .putLong(reference)
        .putLong(originate)
        .putLong(receive)
        .putLong(transmit)
        .array();
  }
}
