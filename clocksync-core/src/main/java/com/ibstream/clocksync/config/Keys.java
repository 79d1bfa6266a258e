package com.ibstream.clocksync.config;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The keys of the core, with their defaults and ranges. The plug-ins of a process declare more. */
public final class Keys {

  /**
   * The owner's plan: four operators, so that no single one can mislead us; the pools add
   * independent voices.
   */
  static final List<String> DEFAULT_SERVERS =
      List.of(
          "time.google.com",
          "time.cloudflare.com",
          "pool.ntp.org",
          "time.nist.gov",
          "us.pool.ntp.org");

  /** More names than this are no safer, and each is asked at once at the start. */
  private static final int MOST_SERVERS = 64;

  /**
   * Several times the round trip of the slowest continent; a lost packet is noticed well before the
   * next poll.
   */
  static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(1);

  /** Where the existing service stops calling a clock acceptable, and its health turns critical. */
  static final Duration DEFAULT_TOLERANCE = Duration.ofMillis(50);

  /** The usual shortest steady interval towards public servers. */
  static final Duration DEFAULT_POLL_MIN = Duration.ofSeconds(64);

  /** The greatest power of two under the five minutes of the owner's plan. */
  static final Duration DEFAULT_POLL_MAX = Duration.ofSeconds(256);

  /** Faster than a quarter of a second is not polite, not even on loopback. */
  private static final Duration LEAST_POLL = Duration.ofMillis(250);

  /** The owner's plan: a check at least every five minutes. */
  private static final Duration MOST_POLL = Duration.ofMinutes(5);

  /** RFC 5905's PHI: what an undisciplined crystal of ordinary quality is allowed to be off. */
  static final double DEFAULT_FREQUENCY_TOLERANCE_PPM = 15;

  /**
   * Twice chrony's own assumption (1 ppm) of what a clock gains between updates; a quartz moves by
   * about 1 ppm when a room warms by 10 degrees.
   */
  static final double DEFAULT_FREQUENCY_CHANGE_PPM = 2;

  /**
   * The greatest rate at which ntpd slews. Where the raw clock is not watched it has to be assumed
   * all the time, else only since the last look.
   */
  static final double DEFAULT_SLEW_ALLOWANCE_PPM = 500;

  /** Just above the fastest slew of chronyd, 83 333 ppm. */
  private static final double MOST_SLEW_ALLOWANCE_PPM = 100_000;

  /**
   * The limit at which common clients, too, refuse a server; a satellite link stays well under it.
   */
  static final Duration DEFAULT_ROOT_DISTANCE_MAX = Duration.ofSeconds(3);

  /** Long enough for 300 values, short enough that the statistics speak of now. */
  static final Duration DEFAULT_DRIFT_WINDOW = Duration.ofMinutes(5);

  /** A step of the system clock shows within a quarter of a second; a look costs microseconds. */
  static final Duration DEFAULT_LOOK_INTERVAL = Duration.ofMillis(200);

  /** The NTP servers, as {@code host} or {@code host:port}. */
  public static final Key<List<String>> SERVERS =
      Key.hosts("servers", DEFAULT_SERVERS, 1, MOST_SERVERS);

  /** How long an answer is waited for; nanoseconds. */
  public static final Key<Long> TIMEOUT =
      Key.duration("timeout", DEFAULT_TIMEOUT, Duration.ofMillis(1), Duration.ofSeconds(30));

  /**
   * The greatest error bound that is trusted; nanoseconds. Above ten seconds, a clock 37 s off
   * would soon pass.
   */
  public static final Key<Long> TOLERANCE =
      Key.duration("tolerance", DEFAULT_TOLERANCE, Duration.ofNanos(1_000), Duration.ofSeconds(10));

  /** The shortest steady poll interval; nanoseconds. */
  public static final Key<Long> POLL_MIN =
      Key.duration("poll.min", DEFAULT_POLL_MIN, LEAST_POLL, MOST_POLL);

  /** The longest steady poll interval; nanoseconds. */
  public static final Key<Long> POLL_MAX =
      Key.duration("poll.max", DEFAULT_POLL_MAX, LEAST_POLL, MOST_POLL);

  /** How far the ruler's frequency may be off; ppm. Zero would let a bound never grow. */
  public static final Key<Double> FREQUENCY_TOLERANCE_PPM =
      Key.ppm("frequency.tolerance.ppm", DEFAULT_FREQUENCY_TOLERANCE_PPM, 0.01, 500);

  /** How far the oscillator's frequency may move within an hour or so; ppm. */
  public static final Key<Double> FREQUENCY_CHANGE_PPM =
      Key.ppm("frequency.change.ppm", DEFAULT_FREQUENCY_CHANGE_PPM, 0.01, 500);

  /** How fast the ruler may be slewed by the host's time service; ppm. */
  public static final Key<Double> SLEW_ALLOWANCE_PPM =
      Key.ppm("slew.allowance.ppm", DEFAULT_SLEW_ALLOWANCE_PPM, 0, MOST_SLEW_ALLOWANCE_PPM);

  /** The greatest root distance of a server that is believed; nanoseconds. */
  public static final Key<Long> ROOT_DISTANCE_MAX =
      Key.duration(
          "root.distance.max",
          DEFAULT_ROOT_DISTANCE_MAX,
          Duration.ofMillis(1),
          Duration.ofSeconds(16));

  /** The span of the drift statistics; nanoseconds. */
  public static final Key<Long> DRIFT_WINDOW =
      Key.duration(
          "drift.window", DEFAULT_DRIFT_WINDOW, Duration.ofSeconds(1), Duration.ofHours(24));

  /** The time between two looks at the system clock; nanoseconds. */
  public static final Key<Long> LOOK_INTERVAL =
      Key.duration(
          "look.interval", DEFAULT_LOOK_INTERVAL, Duration.ofMillis(10), Duration.ofSeconds(5));

  /** Whether every read compares the wall clock with the ruler itself. */
  public static final Key<Boolean> IN_READ_CHECK = Key.flag("in.read.check", false);

  /**
   * Hosts that may follow their own undisciplined clock although they are not on loopback; none
   * unless somebody answers for them.
   */
  public static final Key<List<String>> UNDISCIPLINED_SERVERS =
      Key.hosts("undisciplined.servers", List.of(), 0, MOST_SERVERS);

  /** All keys of the core, in the order of the documentation. */
  public static final List<Key<?>> ALL =
      ImmutableList.<Key<?>>builder()
          .add(SERVERS, TIMEOUT, TOLERANCE, POLL_MIN, POLL_MAX)
          .add(FREQUENCY_TOLERANCE_PPM, FREQUENCY_CHANGE_PPM, SLEW_ALLOWANCE_PPM)
          .add(ROOT_DISTANCE_MAX, DRIFT_WINDOW, LOOK_INTERVAL, IN_READ_CHECK)
          .add(UNDISCIPLINED_SERVERS)
          .addAll(HostKeys.ALL)
          .addAll(HistoryKeys.ALL)
          .build();

  private Keys() {}

  /**
   * Finds a key of the core.
   *
   * @param name the bare name
   * @return empty if the core has no such key
   */
  public static Optional<Key<?>> named(String name) {
    for (Key<?> key : ALL) {
      if (key.name().equals(name)) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }
}
