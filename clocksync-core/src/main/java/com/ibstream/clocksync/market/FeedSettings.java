package com.ibstream.clocksync.market;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What has to be known of a feed before its stamps prove anything. Immutable.
 *
 * @param name names the feed in status, events and JSON: 1 to 64 letters, digits and {@code ._:/-}
 * @param resolution what a stamp is cut to: it stands for the span from itself to itself plus this.
 *     Zero for exact stamps, a second for IB's {@code unix_time}. At most a minute. A feed that
 *     <em>rounds</em> needs half of it as allowance on top
 * @param allowance how far ahead of UTC the exchange's own clock may be. At most a minute
 * @param lateRise how much later than usual stamps must come in to be worth an event: 1 ms to an
 *     hour
 */
public record FeedSettings(
    String name, Duration resolution, Duration allowance, Duration lateRise) {

  /**
   * 50 ms: what FINRA Rule 4590 and the CAT NMS plan demand of the clocks of broker-dealers, which
   * many a feed passes through. Exchanges themselves owe CAT 100 us; who takes their own stamps may
   * set that.
   */
  public static final Duration DEFAULT_ALLOWANCE = Duration.ofMillis(50);

  /** 250 ms: more than ordinary congestion makes of the fastest tick of a minute. */
  public static final Duration DEFAULT_LATE_RISE = Duration.ofMillis(250);

  private static final Duration MOST = Duration.ofMinutes(1);
  private static final Duration LEAST_RISE = Duration.ofMillis(1);
  private static final Duration MOST_RISE = Duration.ofHours(1);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:/-]{1,64}");

  /** Checks every value; the message names the culprit. */
  public FeedSettings {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name of a feed must be 1 to 64 letters, digits and ._:/- : \"" + name + "\"");
    }
    check(name, "resolution", resolution, Duration.ZERO, MOST);
    check(name, "allowance", allowance, Duration.ZERO, MOST);
    check(name, "lateRise", lateRise, LEAST_RISE, MOST_RISE);
  }

  private static void check(
      String name, String culprit, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          culprit + " of feed " + name + " must be " + least + " to " + most + ": " + value);
    }
  }

  /**
   * A feed with exact stamps and the default limits.
   *
   * @param name names the feed
   * @return its settings
   */
  public static FeedSettings of(String name) {
    return new FeedSettings(name, Duration.ZERO, DEFAULT_ALLOWANCE, DEFAULT_LATE_RISE);
  }

  /**
   * The same feed with stamps that are cut.
   *
   * @param newResolution to what; a second for whole seconds
   * @return other settings
   */
  public FeedSettings withResolution(Duration newResolution) {
    return new FeedSettings(name, newResolution, allowance, lateRise);
  }

  /**
   * The same feed with another trust in the exchange's clock.
   *
   * @param newAllowance how far ahead of UTC it may be
   * @return other settings
   */
  public FeedSettings withAllowance(Duration newAllowance) {
    return new FeedSettings(name, resolution, newAllowance, lateRise);
  }

  /**
   * The same feed with another idea of late.
   *
   * @param newLateRise how much later than usual is worth an event
   * @return other settings
   */
  public FeedSettings withLateRise(Duration newLateRise) {
    return new FeedSettings(name, resolution, allowance, newLateRise);
  }
}
