package com.ibstream.clocksync.facts;

import java.util.OptionalInt;

/**
 * A mistake in the configuration of a time service.
 *
 * @param file the file, as it was named by who asked
 * @param line where, counted from 1; empty if something is missing from the file as a whole
 * @param kind what is wrong
 * @param severity how bad it is
 * @param reason what follows from it, for people: one sentence without its full stop; holds no
 *     control characters
 * @param remedy what to write instead, for people; empty text if there is nothing to write
 */
public record ConfigFinding(
    String file, OptionalInt line, Kind kind, Severity severity, String reason, String remedy) {

  /** What can be wrong with a configuration. */
  public enum Kind {
    /** The host's own clock counts as a source: a service without network looks synchronised. */
    LOCAL_CLOCK,
    /** Servers that smear leap seconds together with servers that do not, or smear otherwise. */
    SMEARED_AND_UNSMEARED,
    /** Too few sources to outvote one that is wrong. */
    FEW_SOURCES,
    /** A name of the NTP pool on a {@code server} line. */
    POOL_AS_SERVER,
    /** A source without {@code iburst}: minutes to the first synchronisation, not seconds. */
    NO_IBURST,
    /** The frequency of the clock is forgotten at each restart. */
    NO_DRIFT_FILE,
    /** Strangers may question, or reconfigure, the service. */
    OPEN_ACCESS,
    /** A clock that is wrong at the start is slewed, for hours, where a step was needed. */
    NO_STEP_AT_START,
    /** The clock may be stepped at any time, or by any amount. */
    UNLIMITED_STEPS,
    /** The kernel does not copy the time to the hardware clock. */
    NO_RTC_SYNC,
    /** The service is told not to steer the clock. */
    CLOCK_NOT_DISCIPLINED,
    /** One server is believed without a second opinion. */
    NO_VOTE,
    /** More than one time service is configured; they would fight over the clock. */
    TWO_SERVICES,
    /** Another file belongs to the configuration and was not looked at. */
    NOT_FOLLOWED,
    /** The line, or the whole file, is not what a time service could read. */
    UNREADABLE,
    /** Only a part was looked at. */
    TOO_LONG
  }

  /** How bad a finding is; the worst has the greatest number. */
  public enum Severity {
    /** Worth knowing. */
    NOTE(0),
    /** The time will be worse, or later, than it need be. */
    WARNING(1),
    /** The time may be wrong without anybody noticing, or the service does not run at all. */
    ERROR(2);

    private final int rank;

    Severity(int rank) {
      this.rank = rank;
    }

    /**
     * For comparing.
     *
     * @return greater is worse; 0 for a note
     */
    public int rank() {
      return rank;
    }
  }
}
