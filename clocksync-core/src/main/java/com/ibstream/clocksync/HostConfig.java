package com.ibstream.clocksync;

import com.ibstream.clocksync.config.HostKeys;
import com.ibstream.clocksync.config.Key;
import com.ibstream.clocksync.config.Settings;
import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.RepairFacts;
import com.ibstream.clocksync.market.MarketHours;
import com.ibstream.clocksync.market.TradingSessions;
import com.ibstream.clocksync.repair.RepairPolicy;
import com.ibstream.clocksync.rtc.RtcWatch;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.watch.IbTradingHours;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/**
 * What a {@link ClockMonitor} is told about its host: whether to watch the time service, and what
 * may be repaired. Immutable; every value lies within the range that {@code docs/configuration.md}
 * states.
 */
public final class HostConfig {

  private final boolean isWatched;
  private final long intervalNanos;
  private final RtcWatch.Settings rtc;
  private final RepairPolicy policy;
  private final boolean isSudo;
  private final Path directory;
  private final Optional<TradingSessions> tradingSessions;
  private final Optional<IbContract> ibContract;

  HostConfig(Settings inForce) {
    isWatched = inForce.value(HostKeys.WATCH);
    intervalNanos = inForce.value(HostKeys.INTERVAL);
    rtc =
        new RtcWatch.Settings(
            inForce.value(HostKeys.RTC_THRESHOLD), inForce.value(HostKeys.RTC_INTERVAL));
    policy = policy(inForce);
    isSudo = inForce.value(HostKeys.PRIVILEGE).equals("sudo");
    directory = Path.of(inForce.value(HostKeys.DIRECTORY));
    tradingSessions = sessions(inForce);
    ibContract = ibContract(inForce);
    refuseIdleRepairs(inForce);
  }

  private static RepairPolicy policy(Settings inForce) {
    try {
      return checkedPolicy(inForce);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          e.getMessage()
              + "; in "
              + HostKeys.ALL.stream()
                  .filter(key -> key.name().startsWith("repair.") && inForce.isSet(key))
                  .map(inForce::describe)
                  .collect(Collectors.joining(", ")),
          e);
    }
  }

  private static RepairPolicy checkedPolicy(Settings inForce) {
    RepairPolicy.Builder builder =
        RepairPolicy.builder()
            .mode(mode(inForce.value(HostKeys.REPAIR_MODE)))
            .allowed(actions(inForce.value(HostKeys.REPAIR_ACTIONS)))
            .offsetThreshold(duration(inForce, HostKeys.OFFSET_THRESHOLD))
            .restartGrace(duration(inForce, HostKeys.RESTART_GRACE))
            .restartInTradingHours(inForce.value(HostKeys.RESTART_IN_TRADING_HOURS))
            .cooldown(RepairAction.RESTART_SERVICE, duration(inForce, HostKeys.RESTART_COOLDOWN))
            .dailyLimit(RepairAction.RESTART_SERVICE, count(inForce, HostKeys.RESTART_DAILY_MAX))
            .cooldown(RepairAction.STEP_CLOCK, duration(inForce, HostKeys.STEP_COOLDOWN))
            .dailyLimit(RepairAction.STEP_CLOCK, count(inForce, HostKeys.STEP_DAILY_MAX))
            .minVoteSources(count(inForce, HostKeys.MIN_VOTERS));
    Duration emergency = duration(inForce, HostKeys.EMERGENCY_THRESHOLD);
    return (emergency.isZero() ? builder : builder.emergencyThreshold(emergency)).build();
  }

  private void refuseIdleRepairs(Settings inForce) {
    if (!isWatched && policy.mode() != RepairFacts.Mode.OBSERVE) {
      throw new IllegalArgumentException(
          "nothing is repaired where nobody looks: "
              + inForce.describe(HostKeys.WATCH)
              + ", but "
              + inForce.describe(HostKeys.REPAIR_MODE));
    }
  }

  /**
   * Where ib-contract answers, and for what.
   *
   * @param host a name, or an address without brackets
   * @param port of HTTP
   * @param contractId IB's number of the contract
   */
  public record IbContract(String host, int port, long contractId) {

    /** Who asks it. */
    MarketHours hours(Ruler ruler) {
      return new IbTradingHours(host, port, contractId, ruler);
    }
  }

  private static Optional<IbContract> ibContract(Settings inForce) {
    Matcher matcher = HostKeys.CONTRACT_ADDRESS.matcher(inForce.value(HostKeys.TRADING_URL));
    if (!matcher.matches() || matcher.group("host") == null) {
      return Optional.empty();
    }
    IbContract contract =
        new IbContract(
            matcher.group("host"),
            Integer.parseInt(matcher.group("port")),
            Long.parseLong(matcher.group("contract")));
    try {
      contract.hours(Ruler.system());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          e.getMessage() + "; in " + inForce.describe(HostKeys.TRADING_URL), e);
    }
    return Optional.of(contract);
  }

  private static Optional<TradingSessions> sessions(Settings inForce) {
    String sessions = inForce.value(HostKeys.TRADING_SESSIONS);
    if (sessions.isBlank() && !inForce.value(HostKeys.TRADING_HOLIDAYS).isBlank()) {
      throw new IllegalArgumentException(
          inForce.describe(HostKeys.TRADING_HOLIDAYS) + " says nothing without trading.sessions");
    }
    try {
      return sessions.isBlank()
          ? Optional.empty()
          : Optional.of(TradingSessions.weekly(sessions, inForce.value(HostKeys.TRADING_HOLIDAYS)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          e.getMessage()
              + "; in "
              + inForce.describe(HostKeys.TRADING_SESSIONS)
              + ", "
              + inForce.describe(HostKeys.TRADING_HOLIDAYS),
          e);
    }
  }

  private static RepairFacts.Mode mode(String word) {
    return RepairFacts.Mode.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static Set<RepairAction> actions(List<String> words) {
    Set<RepairAction> actions = EnumSet.noneOf(RepairAction.class);
    words.forEach(word -> actions.add(RepairAction.valueOf(word.toUpperCase(Locale.ROOT))));
    return actions;
  }

  private static Duration duration(Settings inForce, Key<Long> key) {
    return Duration.ofNanos(inForce.value(key));
  }

  private static int count(Settings inForce, Key<Long> key) {
    return Math.toIntExact(inForce.value(key));
  }

  /** Whether the host is looked at. */
  public boolean isWatched() {
    return isWatched;
  }

  /** The time between two looks while all is well; nanoseconds. */
  public long intervalNanos() {
    return intervalNanos;
  }

  /** The error of the hardware clock from which on it is wrong; nanoseconds. */
  public long rtcOffsetThresholdNanos() {
    return rtc.thresholdNanos();
  }

  /** How the hardware clock is watched. */
  RtcWatch.Settings rtc() {
    return rtc;
  }

  /** What may be repaired, how often and when. */
  public RepairPolicy repairPolicy() {
    return policy;
  }

  /** Whether commands that change something run through {@code sudo -n} unless we are root. */
  public boolean isSudo() {
    return isSudo;
  }

  /** Where attempts, lock and audit are kept; absolute. */
  public Path directory() {
    return directory;
  }

  /** When the market trades by the week; empty if that is not configured. */
  public Optional<TradingSessions> tradingSessions() {
    return tradingSessions;
  }

  /** Whom to ask when a contract trades; empty if nobody is to be asked. */
  public Optional<IbContract> ibContract() {
    return ibContract;
  }
}
