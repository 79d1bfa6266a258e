package com.ibstream.clocksync.config;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** The keys about the host around its clocks: what is looked at, and what may be repaired. */
public final class HostKeys {

  private static final List<String> ACTIONS =
      List.of("restart_service", "step_clock", "write_rtc", "set_rtc_utc");

  private static final Pattern PATH = Pattern.compile("/[^\\x00]*");

  /** An address of ib-contract: its parts by name, if there are any. */
  public static final Pattern CONTRACT_ADDRESS =
      Pattern.compile(
          "(?:http://\\[?(?<host>[^/@\\s\\]\\[]+)]?:(?<port>\\d{1,5})"
              + "/trading-hours/(?<contract>\\d{1,18}))?");

  private static final Pattern ANYTHING = Pattern.compile(".*");

  /** Whether the host's time service is looked at. Looking changes nothing. */
  public static final Key<Boolean> WATCH = Key.flag("host.watch", true);

  /** The time between two looks at the host, while all is well; nanoseconds. */
  public static final Key<Long> INTERVAL =
      Key.duration(
          "host.interval", Duration.ofSeconds(20), Duration.ofSeconds(2), Duration.ofMinutes(5));

  /** The error of the hardware clock from which on it is wrong; nanoseconds. The owner's plan. */
  public static final Key<Long> RTC_THRESHOLD =
      Key.duration(
          "rtc.offset.threshold",
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          Duration.ofHours(1));

  /** The time between two searches for the edge of the hardware clock's second; nanoseconds. */
  public static final Key<Long> RTC_INTERVAL =
      Key.duration(
          "rtc.interval", Duration.ofMinutes(2), Duration.ofSeconds(30), Duration.ofMinutes(3));

  /** What may be done about the host. */
  public static final Key<String> REPAIR_MODE =
      Key.choice("repair.mode", "observe", List.of("observe", "dry-run", "act"));

  /** Which actions are allowed where the mode is to act. */
  public static final Key<List<String>> REPAIR_ACTIONS =
      Key.choices("repair.actions", ACTIONS, ACTIONS);

  /** The error of the system clock from which on it is set; nanoseconds. The owner's plan. */
  public static final Key<Long> OFFSET_THRESHOLD =
      Key.duration(
          "repair.offset.threshold",
          Duration.ofMillis(100),
          Duration.ofMillis(10),
          Duration.ofHours(1));

  /** The error from which on the clock is set in trading hours, too; nanoseconds. 0: never. */
  public static final Key<Long> EMERGENCY_THRESHOLD =
      Key.duration(
          "repair.emergency.threshold", Duration.ZERO, Duration.ZERO, Duration.ofDays(365));

  /** How long a running service may be unsynchronised before it is restarted; nanoseconds. */
  public static final Key<Long> RESTART_GRACE =
      Key.duration(
          "repair.restart.grace",
          Duration.ofMinutes(5),
          Duration.ofSeconds(30),
          Duration.ofHours(1));

  /** The least time between two restarts, doubled after each; nanoseconds. */
  public static final Key<Long> RESTART_COOLDOWN =
      Key.duration(
          "repair.restart.cooldown",
          Duration.ofMinutes(5),
          Duration.ofMinutes(1),
          Duration.ofHours(6));

  /** Restarts in 24 hours. */
  public static final Key<Long> RESTART_DAILY_MAX =
      Key.count("repair.restart.daily.max", "count", 6, 1, 24);

  /** The least time between two steps of the clock; nanoseconds. */
  public static final Key<Long> STEP_COOLDOWN =
      Key.duration(
          "repair.step.cooldown",
          Duration.ofMinutes(10),
          Duration.ofMinutes(1),
          Duration.ofHours(24));

  /** Steps of the clock in 24 hours. */
  public static final Key<Long> STEP_DAILY_MAX =
      Key.count("repair.step.daily.max", "count", 4, 1, 24);

  /** Whether the service may be restarted in trading hours although the clock may step then. */
  public static final Key<Boolean> RESTART_IN_TRADING_HOURS =
      Key.flag("repair.restart.in.trading.hours", false);

  /** How many independent servers must agree before a clock is set. */
  public static final Key<Long> MIN_VOTERS = Key.count("repair.min.voters", "count", 3, 1, 16);

  /** How commands get their privilege. */
  public static final Key<String> PRIVILEGE =
      Key.choice("repair.privilege", "sudo", List.of("sudo", "direct"));

  /** Where attempts, lock and audit of this host are kept. */
  public static final Key<String> DIRECTORY =
      Key.text("repair.directory", "path", "/var/lib/clocksync", "an absolute path", PATH);

  /** When the market trades, by the week. */
  public static final Key<String> TRADING_SESSIONS =
      Key.text("trading.sessions", "sessions", "", "sessions by the week", ANYTHING);

  /** On which days it does not. */
  public static final Key<String> TRADING_HOLIDAYS =
      Key.text("trading.holidays", "dates", "", "dates", ANYTHING);

  /** Where ib-contract says when a contract trades. */
  public static final Key<String> TRADING_URL =
      Key.text(
          "trading.url",
          "address",
          "",
          "http://HOST:PORT/trading-hours/CONTRACT, or none",
          CONTRACT_ADDRESS);

  /** All keys about the host, in the order of the documentation. */
  public static final List<Key<?>> ALL =
      List.of(
          WATCH,
          INTERVAL,
          RTC_THRESHOLD,
          RTC_INTERVAL,
          REPAIR_MODE,
          REPAIR_ACTIONS,
          OFFSET_THRESHOLD,
          EMERGENCY_THRESHOLD,
          RESTART_GRACE,
          RESTART_COOLDOWN,
          RESTART_DAILY_MAX,
          STEP_COOLDOWN,
          STEP_DAILY_MAX,
          RESTART_IN_TRADING_HOURS,
          MIN_VOTERS,
          PRIVILEGE,
          DIRECTORY,
          TRADING_SESSIONS,
          TRADING_HOLIDAYS,
          TRADING_URL);

  private HostKeys() {}
}
