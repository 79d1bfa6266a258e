package com.ibstream.clocksync.service.config;

import com.google.common.collect.ImmutableMap;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.List;

/**
 * Which public servers do not serve UTC near a leap second, and what they do instead.
 *
 * <ul>
 *   <li>Google: linear, noon to noon UTC around the leap second
 *       (https://developers.google.com/time/smear); its users are told not to mix it with others.
 *   <li>Amazon, inside its network and in public: as Google ("Precision clock and time
 *       synchronization on your EC2 instance", section "Leap seconds", of the EC2 user guide).
 *   <li>Facebook: in the 18 hours that follow the leap second
 *       (https://engineering.fb.com/2020/03/18/production-engineering/ntp-service/), so it agrees
 *       with nobody else.
 * </ul>
 */
public final class SmearedServers {

  /** What a server does with a leap second. */
  public enum Style {
    /** It serves UTC, as far as is known. */
    UNSMEARED,
    /** Linear, from noon to noon. */
    NOON_TO_NOON,
    /** Afterwards. */
    AFTERWARDS
  }

  private static final ImmutableMap<String, Style> DOMAINS =
      ImmutableMap.of(
          "google.com",
          Style.NOON_TO_NOON,
          "metadata.google.internal",
          Style.NOON_TO_NOON,
          "time.aws.com",
          Style.NOON_TO_NOON,
          "facebook.com",
          Style.AFTERWARDS);

  private static final List<InetAddress> NOON_TO_NOON_ADDRESSES =
      List.of(
              "216.239.35.0",
              "216.239.35.4",
              "216.239.35.8",
              "216.239.35.12",
              "2001:4860:4806::",
              "2001:4860:4806:4::",
              "2001:4860:4806:8::",
              "2001:4860:4806:c::",
              "169.254.169.123",
              "fd00:ec2::123",
              "169.254.169.254")
          .stream()
          .map(InetAddresses::forString)
          .toList();

  private SmearedServers() {}

  /**
   * What is known of a server by where it is.
   *
   * @param address its address
   * @return {@link Style#UNSMEARED} if nothing is
   */
  public static Style style(InetAddress address) {
    return NOON_TO_NOON_ADDRESSES.contains(address) ? Style.NOON_TO_NOON : Style.UNSMEARED;
  }

  /**
   * What is known of a server by what it is called.
   *
   * @param host its name or literal address, in lower case, without a dot at the end
   * @return {@link Style#UNSMEARED} if nothing is
   */
  public static Style style(String host) {
    if (InetAddresses.isInetAddress(host)) {
      return style(InetAddresses.forString(host));
    }
    return DOMAINS.entrySet().stream()
        .filter(entry -> host.equals(entry.getKey()) || host.endsWith("." + entry.getKey()))
        .map(java.util.Map.Entry::getValue)
        .findFirst()
        .orElse(Style.UNSMEARED);
  }
}
