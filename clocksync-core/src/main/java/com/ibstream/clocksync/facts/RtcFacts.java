package com.ibstream.clocksync.facts;

import java.util.List;
import java.util.Optional;

/**
 * The hardware clock (RTC) of this host, which sets the system clock at the next boot. Immutable.
 *
 * @param measuredMonoNanos when it was looked at, on the ruler
 * @param state what it is like
 * @param reason why, for people: one clause
 * @param device the one that sets the system clock at boot; empty if there is none
 * @param others the other ones
 * @param comparison how it differs from UTC and from the system clock; empty if it cannot be read
 * @param keeping whether this host is set up to keep it in UTC or in local time
 * @param rate how fast it runs; empty until that is known
 * @param reboot what the system clock would be after a reboot now; empty if nobody can say
 * @param causes what its error is consistent with, for people, likeliest first
 * @param remedy the commands that mend it, in order; empty if nothing is to be mended
 * @param battery what feeds it while the machine is off
 */
public record RtcFacts(
    long measuredMonoNanos,
    State state,
    String reason,
    Optional<Device> device,
    List<Device> others,
    Optional<Comparison> comparison,
    Keeping keeping,
    Optional<Rate> rate,
    Optional<RebootRisk> reboot,
    List<String> causes,
    List<String> remedy,
    BatteryFacts battery) {

  /** Copies the lists. */
  public RtcFacts {
    others = List.copyOf(others);
    causes = List.copyOf(causes);
    remedy = List.copyOf(remedy);
  }

  /**
   * A hardware clock of which nothing is known.
   *
   * @param monoNanos when it was looked at, on the ruler
   * @param why for people: one clause
   * @return in an unknown state
   */
  public static RtcFacts unseen(long monoNanos, String why) {
    return without(monoNanos, State.UNKNOWN, why);
  }

  /**
   * A host without a hardware clock.
   *
   * @param monoNanos when it was looked for, on the ruler
   * @return no clock and no fault
   */
  public static RtcFacts none(long monoNanos) {
    return without(
        monoNanos, State.NOT_APPLICABLE, "this host has no hardware clock that we can see");
  }

  private static RtcFacts without(long monoNanos, State state, String why) {
    return new RtcFacts(
        monoNanos,
        state,
        why,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Keeping.UNKNOWN,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        BatteryFacts.unknown(why));
  }

  /**
   * The same clock, of which nothing is known any more but what it is.
   *
   * @param why for people: one clause
   * @return in an unknown state, without a comparison
   */
  public RtcFacts unknown(String why) {
    return new RtcFacts(
        measuredMonoNanos,
        State.UNKNOWN,
        why,
        device,
        others,
        Optional.empty(),
        keeping,
        rate,
        Optional.empty(),
        List.of(),
        List.of(),
        battery);
  }

  /** What a hardware clock is like. */
  public enum State {
    /** This host has none, like a container or a small virtual machine. No fault. */
    NOT_APPLICABLE(false),
    /** It cannot be read, or nothing is known that it could be held against. */
    UNKNOWN(false),
    /** It is right. */
    GOOD(false),
    /** It is further from UTC than is allowed. */
    WRONG(true),
    /** It shows, or is set up to show, local time. */
    LOCAL_TIME(true),
    /** It shows a date that cannot be. */
    IMPOSSIBLE_DATE(true),
    /** It does not run. */
    STUCK(true),
    /** It ran backwards without having been set. */
    BACKWARDS(true);

    private final boolean isBad;

    State(boolean isBad) {
      this.isBad = isBad;
    }

    /**
     * Whether something is wrong with the clock.
     *
     * @return false also where nobody can say
     */
    public boolean isBad() {
      return isBad;
    }

    /**
     * Whether this says how it is.
     *
     * @return false where nobody can tell, or there is nothing to tell of
     */
    public boolean isKnown() {
      return this != UNKNOWN && this != NOT_APPLICABLE;
    }
  }

  /** What {@code /etc/adjtime} says of it. */
  public enum Keeping {
    /** UTC, also where the file is absent or says nothing. */
    UTC,
    /** The host's local time. */
    LOCAL,
    /** The file cannot be read or understood. */
    UNKNOWN
  }

  /**
   * A clock of this machine.
   *
   * @param name the kernel's name, such as {@code rtc0}
   * @param driver the driver and where it sits, for people; empty if it is not told
   * @param isSystem whether the kernel set the system clock from it at boot
   */
  public record Device(String name, String driver, boolean isSystem) {}

  /**
   * The hardware clock against the others, at one instant of the ruler. Whoever sets it afterwards,
   * as the kernel does every eleven minutes, may move it by less than a second unnoticed until it
   * is compared again.
   *
   * @param monoNanos when, on the ruler; some minutes ago where the edge of its second was found
   *     then
   * @param rtcEpochNanos what it showed, taken for UTC, nanoseconds since 1970
   * @param offset UTC minus RTC; positive = the RTC is behind. Empty without trusted time
   * @param systemMinusRtc system clock minus RTC; positive = the RTC is behind the system clock
   */
  public record Comparison(
      long monoNanos, long rtcEpochNanos, Optional<Difference> offset, Difference systemMinusRtc) {}

  /**
   * A difference of two clocks.
   *
   * @param nanos the best estimate, nanoseconds
   * @param boundNanos how wrong that can be, nanoseconds
   */
  public record Difference(long nanos, long boundNanos) {

    /**
     * How large it is at least.
     *
     * @return nanoseconds, not negative; 0 if the two may be equal
     */
    public long leastNanos() {
      return Math.max(0, Math.abs(nanos) - boundNanos);
    }
  }

  /**
   * How fast it runs against UTC, with power.
   *
   * @param driftRatePpm parts per million; positive = it loses time
   * @param errorPpm how wrong that may be, 95 %
   * @param spanNanos from the first to the last observation that it comes from
   * @param observationCount how many there were
   * @param writeCount how often the clock was set in that span
   */
  public record Rate(
      double driftRatePpm, double errorPpm, long spanNanos, int observationCount, int writeCount) {}

  /**
   * What the system clock would be if this host rebooted now.
   *
   * @param offsetNanos UTC minus system clock; positive = it comes up behind
   * @param boundNanos how wrong that may be: the reading, and the battery while power is off
   * @param text for people: one sentence
   */
  public record RebootRisk(long offsetNanos, long boundNanos, String text) {}
}
