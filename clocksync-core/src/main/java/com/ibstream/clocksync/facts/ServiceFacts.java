package com.ibstream.clocksync.facts;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What is known of the host's time service. The service's own words are claims; {@link #state()} is
 * what remains of them once they were held against each other, the kernel and the vote.
 *
 * @param measuredMonoNanos when it was looked at, on the ruler
 * @param state the finding
 * @param reason why, for people: one clause
 * @param service the one that this host relies on; empty if there is none or nobody knows
 * @param unit the systemd unit of that service, by its real name; empty if there is none
 * @param units every installed time service's unit, whether it runs or not
 * @param claim what the service says of its synchronisation; empty if it said nothing that could be
 *     read
 * @param findings what is not as it should be, also beside a good state
 * @param lastSynchronisedMonoNanos when the service last took the time of a server, on the ruler;
 *     empty if unknown
 */
public record ServiceFacts(
    long measuredMonoNanos,
    State state,
    String reason,
    Optional<TimeService> service,
    Optional<Unit> unit,
    List<Unit> units,
    Optional<Claim> claim,
    List<Finding> findings,
    OptionalLong lastSynchronisedMonoNanos) {

  /** Copies the lists. */
  public ServiceFacts {
    units = List.copyOf(units);
    findings = List.copyOf(findings);
  }

  /**
   * A time service of which nothing is known.
   *
   * @param monoNanos when somebody should have looked, on the ruler
   * @param why for people: one clause
   * @return in an unknown state
   */
  public static ServiceFacts unseen(long monoNanos, String why) {
    return new ServiceFacts(
        monoNanos,
        State.UNKNOWN,
        why,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        List.of(),
        OptionalLong.empty());
  }

  /** How the time service is. */
  public enum State {
    /** It keeps the clock synchronised, and nothing speaks against that. */
    SYNCHRONISED,
    /** It runs, for a short time only, and does not claim to be synchronised yet. */
    STARTING,
    /** It runs and is not synchronised. */
    UNSYNCHRONISED,
    /** It says that it is synchronised, and something that we trust more says otherwise. */
    DISPUTED,
    /** It is installed, not running, and did not fail. */
    INACTIVE,
    /** It failed, also by meeting systemd's start limit, or systemd starts it in vain. */
    FAILED,
    /** It cannot be told: a tool is absent, silent, hangs or says what nobody understands. */
    UNKNOWN,
    /** This host has no systemd, or no time service: nothing to watch. */
    NOT_APPLICABLE;

    /**
     * Whether somebody has to do something.
     *
     * @return true for what is known to be bad
     */
    public boolean isBad() {
      return this == UNSYNCHRONISED || this == DISPUTED || this == INACTIVE || this == FAILED;
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

  /**
   * A systemd unit, in systemd's own words.
   *
   * @param service which time service it runs
   * @param name its real name, never an alias
   * @param loadState for example {@code loaded}, {@code masked}, {@code not-found}
   * @param activeState for example {@code active}, {@code inactive}, {@code failed}
   * @param subState for example {@code running}, {@code dead}
   * @param result for example {@code success}, {@code exit-code}, {@code start-limit-hit}
   * @param unitFileState for example {@code enabled}, {@code disabled}, {@code masked}
   * @param restartCount how often systemd itself restarted it; not those that somebody asked for
   * @param activeSinceMonoNanos when it became active, on the ruler; empty if it is not or nobody
   *     knows
   * @param activatingSinceMonoNanos since when systemd has been starting it, on the ruler; empty if
   *     it does not or nobody knows
   */
  public record Unit(
      TimeService service,
      String name,
      String loadState,
      String activeState,
      String subState,
      String result,
      String unitFileState,
      OptionalInt restartCount,
      OptionalLong activeSinceMonoNanos,
      OptionalLong activatingSinceMonoNanos) {

    /**
     * A unit that is not being started, or nobody knows since when.
     *
     * @param service which time service it runs
     * @param name its real name
     * @param loadState as systemd says it
     * @param activeState as systemd says it
     * @param subState as systemd says it
     * @param result as systemd says it
     * @param unitFileState as systemd says it
     * @param restartCount how often systemd itself restarted it
     * @param activeSinceMonoNanos when it became active, on the ruler
     */
    public Unit(
        TimeService service,
        String name,
        String loadState,
        String activeState,
        String subState,
        String result,
        String unitFileState,
        OptionalInt restartCount,
        OptionalLong activeSinceMonoNanos) {
      this(
          service,
          name,
          loadState,
          activeState,
          subState,
          result,
          unitFileState,
          restartCount,
          activeSinceMonoNanos,
          OptionalLong.empty());
    }

    /**
     * Whether the service runs.
     *
     * @return true for {@code active}, {@code reloading} and {@code refreshing}
     */
    public boolean isActive() {
      return activeState.equals("active")
          || activeState.equals("reloading")
          || activeState.equals("refreshing");
    }

    /**
     * Whether systemd refuses to start it until somebody resets it.
     *
     * @return true for every failed unit: a crash loop at the start limit does not show as such
     */
    public boolean isFailed() {
      return activeState.equals("failed");
    }

    /**
     * Whether it ended and systemd starts it again, as {@code Restart=} says.
     *
     * @return true between two tries, and during one that follows a failure
     */
    public boolean isTriedAgain() {
      boolean hasFailed = !result.isEmpty() && !result.equals("success");
      return activeState.equals("activating") && (subState.startsWith("auto-restart") || hasFailed);
    }

    /**
     * Whether somebody wants it to run: it is enabled, or of a kind that cannot be.
     *
     * @return true for {@code enabled}, {@code static}, {@code indirect}, {@code generated}, {@code
     *     alias}, {@code linked} and their kinds that last until the next boot
     */
    public boolean isWanted() {
      return unitFileState.startsWith("enabled")
          || unitFileState.startsWith("linked")
          || unitFileState.equals("static")
          || unitFileState.equals("indirect")
          || unitFileState.equals("generated")
          || unitFileState.equals("alias");
    }

    /**
     * Whether it was made impossible to start on purpose.
     *
     * @return true if masked
     */
    public boolean isMasked() {
      return loadState.equals("masked") || unitFileState.startsWith("masked");
    }
  }

  /**
   * What a time service says of its own synchronisation.
   *
   * @param isSynchronised whether it follows another clock than the host's own
   * @param reason why, or why not, for people: one clause
   * @param source the server or reference that it follows; empty text if none
   * @param stratum its own stratum; empty if it does not say
   * @param offsetNanos how far the system clock is behind by its own account, including what is
   *     still to be slewed; positive = our clock is behind; empty if it does not say
   * @param errorBoundNanos the greatest error that it admits: half its root delay and its root
   *     dispersion; empty if it does not say
   * @param referenceAgeNanos time since it last took the time of that source; empty if it does not
   *     say
   * @param pollNanos its present poll interval; empty if it does not say
   */
  public record Claim(
      boolean isSynchronised,
      String reason,
      String source,
      OptionalInt stratum,
      OptionalLong offsetNanos,
      OptionalLong errorBoundNanos,
      OptionalLong referenceAgeNanos,
      OptionalLong pollNanos) {}

  /**
   * Something that is not as it should be.
   *
   * @param kind what
   * @param text the particulars, for people: one clause
   */
  public record Finding(Kind kind, String text) {

    /** What can be wrong with a time service. */
    public enum Kind {
      /** More than one time service runs; they fight over the clock. */
      SECOND_SERVICE_RUNNING,
      /** systemd refuses to start it again. */
      START_LIMIT_HIT,
      /** It ended with an error. */
      CRASHED,
      /** systemd had to restart it. */
      RESTARTED_BY_SYSTEMD,
      /** It was made impossible to start. */
      MASKED,
      /** It will not be started when the host boots. */
      NOT_ENABLED,
      /** It follows the host's own clock. */
      FOLLOWS_LOCAL_CLOCK,
      /** It says synchronised, but last heard of its source too long ago. */
      REFERENCE_STALE,
      /** None of its servers answers. */
      NO_SOURCE_REACHABLE,
      /** By its own account the system clock is wrong. */
      CLOCK_OFF_BY_OWN_REPORT,
      /** The kernel says that nobody steers the clock. */
      KERNEL_UNSYNCHRONISED,
      /** The vote proves the system clock wrong. */
      VOTE_DISAGREES,
      /** Its tool did not answer in time. */
      TOOL_SILENT,
      /** Its tool could not be run. */
      TOOL_ABSENT,
      /** Its tool said what nobody understands. */
      ANSWER_UNREADABLE
    }
  }

  /**
   * Whether something particular was found.
   *
   * @param kind what
   * @return true if it is among the findings
   */
  public boolean has(Finding.Kind kind) {
    return findings.stream().anyMatch(finding -> finding.kind() == kind);
  }
}
