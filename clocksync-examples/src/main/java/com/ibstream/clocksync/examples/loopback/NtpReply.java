package com.ibstream.clocksync.examples.loopback;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads an NTPv4 client request and writes the answer to it (RFC 5905, figure 8). Bytes only: no
 * socket, no clock.
 */
final class NtpReply {

  /** Bytes of an NTP header without extensions. */
  static final int HEADER_BYTES = 48;

  private static final int MODE_CLIENT = 3;
  private static final int MODE_SERVER = 4;
  private static final int MODE_MASK = 7;
  private static final int VERSION_SHIFT = 3;
  private static final int TRANSMIT_AT = 40;
  private static final int STRATUM = 1;
  private static final byte PRECISION_LOG2_SECONDS = -20;
  private static final int ROOT_DELAY_16_16 = 0;
  private static final int ROOT_DISPERSION_16_16 = 1; // 15 microseconds

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;
  private static final long LAST_SET_NANOS = 4 * NANOS_PER_SECOND;
  private static final int FRACTION_BITS = 32;

  private NtpReply() {}

  /** Whether these bytes are a request of an NTP client of version 3 or 4. */
  static boolean isRequest(byte[] bytes, int length) {
    int version = (bytes[0] >> VERSION_SHIFT) & MODE_MASK;
    return length >= HEADER_BYTES
        && (bytes[0] & MODE_MASK) == MODE_CLIENT
        && (version == 3 || version == 4);
  }

  /**
   * The answer, all but its transmit stamp.
   *
   * @param request a request, see {@link #isRequest}
   * @param referenceId four letters
   * @param receivedEpochNanos when the request came, by the server's time
   */
  static byte[] answer(byte[] request, String referenceId, long receivedEpochNanos) {
    ByteBuffer reply = ByteBuffer.allocate(HEADER_BYTES);
    int version = (request[0] >> VERSION_SHIFT) & MODE_MASK;
    reply.put((byte) (version << VERSION_SHIFT | MODE_SERVER)); // leap indicator 0
    reply.put((byte) STRATUM);
    reply.put(request[2]); // poll interval as asked
    reply.put(PRECISION_LOG2_SECONDS);
    reply.putInt(ROOT_DELAY_16_16);
    reply.putInt(ROOT_DISPERSION_16_16);
    reply.put(referenceBytes(referenceId));
    reply.putLong(timestamp(receivedEpochNanos - LAST_SET_NANOS));
    reply.putLong(ByteBuffer.wrap(request).getLong(TRANSMIT_AT)); // the client's cookie
    reply.putLong(timestamp(receivedEpochNanos));
    return reply.array();
  }

  /** Adds the transmit stamp, the last thing before sending. */
  static byte[] transmittedAt(long epochNanos, byte[] reply) {
    ByteBuffer.wrap(reply).putLong(TRANSMIT_AT, timestamp(epochNanos));
    return reply;
  }

  /** NTP's 64 bits: seconds since 1900 modulo 2^32 and a binary fraction, rounded down. */
  static long timestamp(long epochNanos) {
    long seconds = Math.floorDiv(epochNanos, NANOS_PER_SECOND) + SECONDS_1900_TO_1970;
    long fraction =
        (Math.floorMod(epochNanos, NANOS_PER_SECOND) << FRACTION_BITS) / NANOS_PER_SECOND;
    return seconds << FRACTION_BITS | fraction;
  }

  private static byte[] referenceBytes(String referenceId) {
    byte[] bytes = new byte[Integer.BYTES];
    byte[] letters = referenceId.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(letters, 0, bytes, 0, Math.min(letters.length, bytes.length));
    return bytes;
  }
}
