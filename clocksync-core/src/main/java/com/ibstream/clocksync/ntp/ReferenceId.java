package com.ibstream.clocksync.ntp;

import com.google.common.base.CharMatcher;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What a server says that it follows (RFC 5905 section 7.3, reference ID): four bytes with several
 * meanings.
 */
public final class ReferenceId {

  private static final int LOCAL_CLOCK_PREFIX = 0x7F7F01;
  private static final int LOCL = 0x4C4F434C;
  private static final CharMatcher VISIBLE = CharMatcher.inRange('!', '~');

  private ReferenceId() {}

  /** Whether it names the server's own undisciplined clock: LOCL or 127.127.1.x. */
  static boolean isLocalClock(int referenceId) {
    return referenceId == LOCL || referenceId >>> Byte.SIZE == LOCAL_CLOCK_PREFIX;
  }

  /**
   * The reference ID of a server that follows another.
   *
   * @param address of the other server
   * @return what the one says that it follows
   */
  public static int of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address
        ? ByteBuffer.wrap(bytes).getInt()
        : ByteBuffer.wrap(md5(bytes)).getInt();
  }

  /** As text: a name at stratum 0 and 1, else an IPv4 address or hash in dotted form. */
  static String text(int referenceId, int stratum) {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(referenceId).array();
    if (stratum <= 1 || referenceId == LOCL) {
      String name = new String(bytes, StandardCharsets.ISO_8859_1).replace("\0", "");
      if (isName(name)) {
        return name;
      }
    }
    return (bytes[0] & 0xFF)
        + "."
        + (bytes[1] & 0xFF)
        + "."
        + (bytes[2] & 0xFF)
        + "."
        + (bytes[3] & 0xFF);
  }

  /** Whether a text has characters, all of them visible ASCII. */
  private static boolean isName(String text) {
    return !text.isEmpty() && VISIBLE.matchesAllOf(text);
  }

  /** RFC 5905 takes the first four bytes of the MD5 of an IPv6 address; no secret depends on it. */
  private static byte[] md5(byte[] bytes) {
    try {
      return MessageDigest.getInstance("MD5").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
