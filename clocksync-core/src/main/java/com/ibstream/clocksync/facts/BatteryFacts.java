package com.ibstream.clocksync.facts;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The cell that feeds the hardware clock while the machine is off. It cannot be measured; it is
 * judged by what it does. Immutable.
 *
 * @param verdict the judgement
 * @param reason why, for people: one clause
 * @param signs the evidence, the strongest first, for and against
 * @param powerOffs what the hardware clock did while the machine was off, oldest first
 * @param forecast when a power-off is expected to set the clock wrong by more than is allowed;
 *     empty without a significant trend
 */
public record BatteryFacts(
    Verdict verdict,
    String reason,
    List<Sign> signs,
    List<PowerOff> powerOffs,
    Optional<Forecast> forecast) {

  /** Copies the lists. */
  public BatteryFacts {
    signs = List.copyOf(signs);
    powerOffs = List.copyOf(powerOffs);
  }

  /**
   * Nothing is known of it.
   *
   * @param reason why, for people
   * @return an unknown battery
   */
  public static BatteryFacts unknown(String reason) {
    return new BatteryFacts(Verdict.UNKNOWN, reason, List.of(), List.of(), Optional.empty());
  }

  /** How it is. */
  public enum Verdict {
    /** It kept the time over a power-off, and nothing speaks against it. */
    HEALTHY,
    /** Something weak speaks against it. */
    SUSPECT,
    /** Replace it. */
    FAILING,
    /** No power-off was seen, and nothing else tells. */
    UNKNOWN
  }

  /** How much a sign proves. One weak sign is never more than a suspicion. */
  public enum Strength {
    /** It speaks for the battery. */
    GOOD,
    /** Other causes are as likely. */
    WEAK,
    /** Hardly anything else explains it. */
    STRONG
  }

  /**
   * One piece of evidence.
   *
   * @param kind what it is
   * @param strength how much it proves
   * @param text for people: one clause
   */
  public record Sign(Kind kind, Strength strength, String text) {

    /** What a battery is judged by. */
    public enum Kind {
      /** The chip's own word. */
      CHIP_STATUS,
      /** After a boot the clock stood at a date that only a clock without power shows. */
      RESET_AT_BOOT,
      /** How far the clock ran wrong while the machine was off. */
      POWER_OFF_DRIFT,
      /** That grows from one power-off to the next. */
      POWER_OFF_TREND,
      /** It runs, with power, at a rate that a sound quartz does not have. */
      RATE_BEYOND_QUARTZ
    }
  }

  /**
   * One time without power, between two boots.
   *
   * @param startEpochNanos UTC of the last trace before it, nanoseconds since 1970
   * @param endEpochNanos UTC of the first reading after it
   * @param driftNanos how far the clock ran wrong on top of its usual rate: the change of UTC minus
   *     RTC; positive = it lost time
   * @param boundNanos how wrong {@code driftNanos} can be
   * @param isReset whether the clock began anew, so that {@code driftNanos} means nothing
   * @param isStartKnown whether a trace tells when the machine went off; otherwise it may have been
   *     on for nearly all of this time
   */
  public record PowerOff(
      long startEpochNanos,
      long endEpochNanos,
      long driftNanos,
      long boundNanos,
      boolean isReset,
      boolean isStartKnown) {

    /**
     * How far it ran wrong at least.
     *
     * @return nanoseconds, not negative; 0 if it may have kept time
     */
    public long leastDriftNanos() {
      return Math.max(0, Math.abs(driftNanos) - boundNanos);
    }

    /**
     * How far it ran wrong at most.
     *
     * @return nanoseconds, not negative
     */
    public long mostDriftNanos() {
      return Math.abs(driftNanos) + boundNanos;
    }

    /**
     * How long it may have lasted.
     *
     * @return nanoseconds
     */
    public long durationNanos() {
      return endEpochNanos - startEpochNanos;
    }
  }

  /**
   * When the drift of a power-off is expected to pass a limit.
   *
   * @param limitNanos the limit
   * @param earliestEpochNanos UTC, the early end of the range, nanoseconds since 1970
   * @param latestEpochNanos the late end; empty if it may as well not happen
   * @param confidence of the range, between 0 and 1
   * @param text for people: one clause
   */
  public record Forecast(
      long limitNanos,
      long earliestEpochNanos,
      OptionalLong latestEpochNanos,
      double confidence,
      String text) {}
}
