package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.RepairFacts;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What may be done to the host, when and how often. Immutable; times in nanoseconds. Every value
 * has its default, its range and its reason at the builder's setter.
 */
public final class RepairPolicy {

  /** Two starts of the service are never closer: systemd's limit is five in ten seconds. */
  static final long LEAST_GAP_NANOS = Duration.ofMinutes(1).toNanos();

  private final RepairFacts.Mode mode;
  private final Set<RepairAction> allowed;
  private final long offsetThresholdNanos;
  private final OptionalLong emergencyThresholdNanos;
  private final long confirmationNanos;
  private final long restartGraceNanos;
  private final boolean isRestartInTradingHours;
  private final Map<RepairAction, Long> cooldownNanos;
  private final long longestRestartCooldownNanos;
  private final Map<RepairAction, Integer> dailyLimits;
  private final int minVoteSources;
  private final long runningLimitNanos;
  private final long synchronisedLimitNanos;
  private final long steppedLimitNanos;

  private RepairPolicy(Builder from) {
    mode = from.mode;
    allowed = Collections.unmodifiableSet(EnumSet.copyOf(from.allowed));
    offsetThresholdNanos = from.offsetThreshold.toNanos();
    emergencyThresholdNanos = from.emergencyThresholdNanos;
    confirmationNanos = from.confirmation.toNanos();
    restartGraceNanos = from.restartGrace.toNanos();
    isRestartInTradingHours = from.isRestartInTradingHours;
    cooldownNanos = new EnumMap<>(from.cooldownNanos);
    longestRestartCooldownNanos = from.longestRestartCooldown.toNanos();
    dailyLimits = new EnumMap<>(from.dailyLimits);
    minVoteSources = from.minVoteSources;
    runningLimitNanos = from.runningLimit.toNanos();
    synchronisedLimitNanos = from.synchronisedLimit.toNanos();
    steppedLimitNanos = from.steppedLimit.toNanos();
  }

  /** Starts from the defaults, which only observe. */
  public static Builder builder() {
    return new Builder();
  }

  /** What is allowed at all. */
  public RepairFacts.Mode mode() {
    return mode;
  }

  /** Whether this action may ever be taken. */
  public boolean allows(RepairAction action) {
    return allowed.contains(action);
  }

  /** The error of the system clock, either way, above which it is to be stepped. */
  public long offsetThresholdNanos() {
    return offsetThresholdNanos;
  }

  /** The error above which it is stepped even while the market trades; empty: never. */
  public OptionalLong emergencyThresholdNanos() {
    return emergencyThresholdNanos;
  }

  /** How long a stopped service or a wrong system clock is only watched. */
  public long confirmationNanos() {
    return confirmationNanos;
  }

  /** How long a running service may be unsynchronised before it is restarted. */
  public long restartGraceNanos() {
    return restartGraceNanos;
  }

  /** Whether the service is restarted while the market trades even if a step may follow. */
  public boolean isRestartInTradingHours() {
    return isRestartInTradingHours;
  }

  /** The least time between two actions of this kind; for restarts that of one that helped. */
  public long cooldownNanos(RepairAction action) {
    return cooldownNanos.getOrDefault(action, Long.MAX_VALUE);
  }

  /** Where the time between two restarts stops doubling. */
  public long longestRestartCooldownNanos() {
    return longestRestartCooldownNanos;
  }

  /** How many actions of this kind there may be in 24 hours. */
  public int dailyLimit(RepairAction action) {
    return dailyLimits.getOrDefault(action, 0);
  }

  /** How many sources must stand behind what a clock is set by. */
  public int minVoteSources() {
    return minVoteSources;
  }

  /** How long a service that was down may take until it runs. */
  public long runningLimitNanos() {
    return runningLimitNanos;
  }

  /** How long a service that ran unsynchronised may take until it is synchronised. */
  public long synchronisedLimitNanos() {
    return synchronisedLimitNanos;
  }

  /** How long a step may take until it is measured. */
  public long steppedLimitNanos() {
    return steppedLimitNanos;
  }

  /**
   * Collects what may be done. Every setter throws {@link IllegalArgumentException} for a value out
   * of its range. Not for use by several threads at once.
   */
  public static final class Builder {

    private RepairFacts.Mode mode = RepairFacts.Mode.OBSERVE;
    private EnumSet<RepairAction> allowed = EnumSet.allOf(RepairAction.class);
    private Duration offsetThreshold = Duration.ofMillis(100);
    private OptionalLong emergencyThresholdNanos = OptionalLong.empty();
    private Duration confirmation = Duration.ofSeconds(5);
    private Duration restartGrace = Duration.ofMinutes(5);
    private boolean isRestartInTradingHours;
    private final EnumMap<RepairAction, Long> cooldownNanos = new EnumMap<>(RepairAction.class);
    private Duration longestRestartCooldown = Duration.ofHours(1);
    private final EnumMap<RepairAction, Integer> dailyLimits = new EnumMap<>(RepairAction.class);
    private int minVoteSources = 3;
    private Duration runningLimit = Duration.ofSeconds(30);
    private Duration synchronisedLimit = Duration.ofMinutes(6);
    private Duration steppedLimit = Duration.ofSeconds(45);

    private Builder() {
      Arrays.stream(RepairAction.values())
          .forEach(action -> cooldown(action, Duration.ofMinutes(10)).dailyLimit(action, 6));
      cooldown(RepairAction.RESTART_SERVICE, Duration.ofMinutes(5));
      dailyLimit(RepairAction.STEP_CLOCK, 4);
    }

    /** Default {@code OBSERVE}: a library does not change a host unless it is told to. */
    public Builder mode(RepairFacts.Mode newMode) {
      mode = newMode;
      return this;
    }

    /** Default all: {@link #mode} is the switch. */
    public Builder allowed(Set<RepairAction> actions) {
      allowed = EnumSet.noneOf(RepairAction.class);
      allowed.addAll(actions);
      return this;
    }

    /**
     * Default 100 ms, 10 ms to 1 h: what the operations plan calls critical. Below, the service
     * slews.
     */
    public Builder offsetThreshold(Duration offset) {
      offsetThreshold = within(offset, Duration.ofMillis(10), Duration.ofHours(1), "offset");
      return this;
    }

    /**
     * Default none, at least the offset threshold, up to 365 days: when wrong stamps do more harm
     * than a step under open positions, which only the trader can say.
     */
    public Builder emergencyThreshold(Duration offset) {
      emergencyThresholdNanos =
          OptionalLong.of(
              within(offset, Duration.ofMillis(10), Duration.ofDays(365), "emergency").toNanos());
      return this;
    }

    /**
     * Default 5 s, 0 to 30 s: an administrator's own restart, and a service that notices a step by
     * itself, take less; a minute is all there is until time must be good again.
     */
    public Builder confirmation(Duration span) {
      confirmation = within(span, Duration.ZERO, Duration.ofSeconds(30), "confirmation");
      return this;
    }

    /** Default 5 min, 30 s to 1 h: a service that has just been started needs minutes. */
    public Builder restartGrace(Duration span) {
      restartGrace = within(span, Duration.ofSeconds(30), Duration.ofHours(1), "restart grace");
      return this;
    }

    /** Default false: a service that is started may step the clock. */
    public Builder restartInTradingHours(boolean isAllowed) {
      isRestartInTradingHours = isAllowed;
      return this;
    }

    /**
     * Default 5 min for a restart, doubled by each one that does not help, and 10 min otherwise; 1
     * min, far below systemd's start limit, to 24 h.
     */
    public Builder cooldown(RepairAction action, Duration span) {
      Duration least = Duration.ofNanos(LEAST_GAP_NANOS);
      cooldownNanos.put(action, within(span, least, Duration.ofHours(24), "cooldown").toNanos());
      return this;
    }

    /** Default 1 h, 1 min to 24 h: what an hour has not mended no doubling will. */
    public Builder longestRestartCooldown(Duration span) {
      Duration least = Duration.ofNanos(LEAST_GAP_NANOS);
      longestRestartCooldown = within(span, least, Duration.ofHours(24), "longest cooldown");
      return this;
    }

    /** Default 6, for a step 4; 1 to 48: what needs more is broken otherwise. */
    public Builder dailyLimit(RepairAction action, int count) {
      dailyLimits.put(action, within(count, 48, "daily limit"));
      return this;
    }

    /** Default 3, 1 to 16: the least of which one may lie. 1 suits a single trusted server. */
    public Builder minVoteSources(int count) {
      minVoteSources = within(count, 16, "vote sources");
      return this;
    }

    /** Default 30 s, 15 s to 10 min: it must run for 10 s to count as running. */
    public Builder runningLimit(Duration span) {
      runningLimit = within(span, Duration.ofSeconds(15), Duration.ofMinutes(10), "running limit");
      return this;
    }

    /** Default 6 min, 30 s to 1 h: ntpd without a drift file measures for five. */
    public Builder synchronisedLimit(Duration span) {
      synchronisedLimit =
          within(span, Duration.ofSeconds(30), Duration.ofHours(1), "synchronised limit");
      return this;
    }

    /** Default 45 s, 15 s to 10 min: ntpd steps 11 to 20 s after its start. */
    public Builder steppedLimit(Duration span) {
      steppedLimit = within(span, Duration.ofSeconds(15), Duration.ofMinutes(10), "stepped limit");
      return this;
    }

    /**
     * Ends the collection.
     *
     * @throws IllegalArgumentException if the emergency threshold is below the offset threshold
     */
    public RepairPolicy build() {
      if (emergencyThresholdNanos.orElse(Long.MAX_VALUE) < offsetThreshold.toNanos()) {
        throw new IllegalArgumentException(
            "emergency threshold below the offset threshold " + offsetThreshold);
      }
      return new RepairPolicy(this);
    }

    private static Duration within(Duration value, Duration least, Duration most, String what) {
      if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
        throw new IllegalArgumentException(
            what + " " + value + " is not within " + least + " to " + most);
      }
      return value;
    }

    private static int within(int value, int most, String what) {
      if (value < 1 || value > most) {
        throw new IllegalArgumentException(what + " " + value + " is not within 1 to " + most);
      }
      return value;
    }
  }
}
