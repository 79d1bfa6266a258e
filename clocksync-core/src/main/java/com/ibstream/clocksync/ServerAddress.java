package com.ibstream.clocksync;

import com.google.common.base.CharMatcher;
import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where an NTP server is asked for: a host and a port. Two spellings of the same host (case,
 * leading zeros of an IPv6 address) are equal. Immutable; nothing is looked up.
 *
 * @param host a name in lower case, or a literal address without brackets
 * @param port 1 to 65535
 */
public record ServerAddress(String host, int port) {

  /** The port of NTP, taken where none is given. */
  public static final int NTP_PORT = 123;

  private static final int MOST_PORT = 65_535;
  private static final int MOST_HOST_LENGTH = 253;
  private static final Pattern NAME =
      Pattern.compile(
          "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*\\.?");
  private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?\\d+\\.?");
  private static final Pattern PORT = Pattern.compile("\\d{1,5}");

  /**
   * Checks both and brings the host into its normal spelling.
   *
   * @throws IllegalArgumentException if the host is neither a name nor a literal address, or the
   *     port is out of range; the message holds the offending value
   */
  public ServerAddress {
    host = normal(host);
    if (port < 1 || port > MOST_PORT) {
      throw new IllegalArgumentException("port of " + host + " must be 1 to 65535, but is " + port);
    }
  }

  /**
   * Reads {@code host}, {@code host:port}, {@code v6-address}, {@code [v6-address]} or {@code
   * [v6-address]:port}. More than one colon without brackets is an IPv6 address without port.
   *
   * @return with port 123 where the text has none
   * @throws IllegalArgumentException if it is none of these; the message holds the text
   */
  public static ServerAddress parse(String text) {
    String address = text.strip();
    try {
      int portAt = portColon(address);
      String host = portAt < 0 ? address : address.substring(0, portAt);
      int port = portAt < 0 ? NTP_PORT : parsePort(address.substring(portAt + 1));
      return new ServerAddress(unbracketed(host), port);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException("server \"" + text + "\": " + wrong.getMessage(), wrong);
    }
  }

  /** Whether a text that {@link #parse} accepts names a port. */
  static boolean namesPort(String text) {
    return portColon(text.strip()) >= 0;
  }

  /** The place of the colon before the port, or -1 if there is no port. */
  private static int portColon(String address) {
    int bracket = address.lastIndexOf(']');
    int colon = address.indexOf(':', bracket + 1);
    boolean twoColons = colon >= 0 && address.indexOf(':', colon + 1) >= 0;
    boolean bareV6 = bracket < 0 && (twoColons || address.startsWith("["));
    return bareV6 ? -1 : colon;
  }

  private static int parsePort(String text) {
    if (!PORT.matcher(text).matches()) {
      throw new IllegalArgumentException("port must be 1 to 65535, but is \"" + text + "\"");
    }
    return Integer.parseInt(text);
  }

  private static String unbracketed(String host) {
    boolean opens = host.startsWith("[");
    if (opens != host.endsWith("]")) {
      throw new IllegalArgumentException(
          "brackets must be balanced and end before the port, as in [::1]:123");
    }
    if (!opens) {
      return host;
    }
    String inner = host.substring(1, host.length() - 1);
    if (!inner.contains(":")) {
      throw new IllegalArgumentException(
          "brackets must hold an IPv6 address, but hold \"" + inner + "\"");
    }
    return inner;
  }

  private static String normal(String host) {
    if (host.isEmpty()) {
      throw new IllegalArgumentException("host is empty");
    }
    String lower = host.toLowerCase(Locale.ROOT);
    if (host.contains(":")) {
      return normalV6(host);
    }
    boolean literal = ENDS_IN_NUMBER.matcher(lower).matches();
    boolean good =
        isAscii(host)
            && (literal
                ? InetAddresses.isInetAddress(lower)
                : lower.length() <= MOST_HOST_LENGTH && NAME.matcher(lower).matches());
    if (!good) {
      throw new IllegalArgumentException(
          "\""
              + host
              + "\" is "
              + (literal ? "no IPv4 address" : "neither a host name nor an address"));
    }
    return lower;
  }

  /**
   * The parser of addresses takes any script's digits, and some letters have an ASCII lower case.
   */
  private static boolean isAscii(String host) {
    return CharMatcher.ascii().matchesAllOf(host);
  }

  private static String normalV6(String host) {
    int zoneAt = host.indexOf('%');
    String address = zoneAt < 0 ? host : host.substring(0, zoneAt);
    String zone = zoneAt < 0 ? "" : host.substring(zoneAt);
    if (!isAscii(host)
        || !InetAddresses.isInetAddress(address)
        || !zone.matches("(?:%[A-Za-z0-9_.-]+)?")) {
      throw new IllegalArgumentException("\"" + host + "\" is no IPv6 address");
    }
    InetAddress literal = InetAddresses.forString(address);
    if (literal instanceof Inet4Address && !zone.isEmpty()) {
      throw new IllegalArgumentException("\"" + host + "\" is an IPv4 address with a zone");
    }
    return InetAddresses.toAddrString(literal) + zone;
  }

  /**
   * The address as {@link #parse} reads it.
   *
   * @return {@code host} for port 123, else {@code host:port} or {@code [v6-address]:port}
   */
  @Override
  public String toString() {
    if (port == NTP_PORT) {
      return host;
    }
    return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
  }
}
