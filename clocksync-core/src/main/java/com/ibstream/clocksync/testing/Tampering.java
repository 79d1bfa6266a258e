package com.ibstream.clocksync.testing;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Common ways in which an answer gets spoiled, for {@link SimulatedServer#tamper}. */
public final class Tampering {

  private static final int ORIGIN_AT = 24;

  private Tampering() {}

  /**
   * Cuts the packet.
   *
   * @param bytes what is left of it
   * @return the tampering
   */
  public static UnaryOperator<byte[]> truncated(int bytes) {
    return packet -> Arrays.copyOf(packet, Math.min(bytes, packet.length));
  }

  /**
   * Puts something behind the header: extension fields, a MAC, or rubbish.
   *
   * @param tail what
   * @return the tampering
   */
  public static UnaryOperator<byte[]> extended(byte... tail) {
    byte[] copy = tail.clone();
    return packet -> {
      byte[] longer = Arrays.copyOf(packet, packet.length + copy.length);
      System.arraycopy(copy, 0, longer, packet.length, copy.length);
      return longer;
    };
  }

  /**
   * Returns another cookie than the one in the request.
   *
   * @param cookie NTP timestamp in the origin field
   * @return the tampering
   */
  public static UnaryOperator<byte[]> cookie(long cookie) {
    return packet -> {
      ByteBuffer.wrap(packet).putLong(ORIGIN_AT, cookie);
      return packet;
    };
  }

  /**
   * Overwrites one byte.
   *
   * @param at where, from 0
   * @param value its lowest eight bits
   * @return the tampering
   */
  public static UnaryOperator<byte[]> octet(int at, int value) {
    return packet -> {
      packet[at] = (byte) value;
      return packet;
    };
  }
}
