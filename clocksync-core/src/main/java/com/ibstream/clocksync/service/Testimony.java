package com.ibstream.clocksync.service;

import com.ibstream.clocksync.facts.ServiceFacts.Claim;
import com.ibstream.clocksync.facts.ServiceFacts.Finding;
import com.ibstream.clocksync.service.answers.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a running time service says of itself, and what its own words give away.
 *
 * @param claim what it claims; empty if its answers do not even tell that
 * @param findings what is wrong by its own answers, and why an answer is missing
 * @param wasSynchronised whether it has been synchronised since it was started: if so, it is not
 *     starting any more
 */
public record Testimony(Optional<Claim> claim, List<Finding> findings, boolean wasSynchronised) {

  /** Of a service that was not asked, because it does not run. */
  public static final Testimony NONE = new Testimony(Optional.empty(), List.of(), false);

  /** By its own account the clock must not be off by more than this. */
  static final long MOST_OFFSET_NANOS = 100_000_000L;

  /** Older than so many polls, and "synchronised" is not believed: all eight bits of reach. */
  static final int MOST_POLLS = 8;

  /** Beyond any real poll interval; keeps products in range. */
  private static final long MOST_POLL_NANOS = 100_000_000_000_000_000L;

  /** What rounding and reading two clocks one after the other can make of an age of zero. */
  private static final long LEAST_AGE_NANOS = -1_000_000_000L;

  /** Copies the list. */
  public Testimony {
    findings = List.copyOf(findings);
  }

  /**
   * Whether an answer is missing that was asked for.
   *
   * @return the first reason; empty if all were understood
   */
  Optional<Finding> trouble() {
    return findings.stream()
        .filter(
            finding ->
                finding.kind() == Finding.Kind.TOOL_SILENT
                    || finding.kind() == Finding.Kind.TOOL_ABSENT
                    || finding.kind() == Finding.Kind.ANSWER_UNREADABLE)
        .findFirst();
  }

  /** The reasons why answers are missing, to begin the list of findings with. */
  static List<Finding> troubles(Answer<?>... answers) {
    List<Finding> findings = new ArrayList<>();
    for (Answer<?> answer : answers) {
      answer.trouble().ifPresent(findings::add);
    }
    return findings;
  }

  /**
   * An age that may be believed.
   *
   * @param nanos the difference of two readings of a clock that may have been stepped
   * @return empty if the clock was stepped back in between: then nobody knows the age
   */
  static OptionalLong age(OptionalLong nanos) {
    return nanos.isEmpty() || nanos.getAsLong() < LEAST_AGE_NANOS
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(0, nanos.getAsLong()));
  }

  /** Adds that the reference is stale, if it is. */
  static void addStale(
      List<Finding> findings, OptionalLong age, long pollNanos, int polls, String source) {
    if (age.isPresent() && age.getAsLong() > polls * Math.min(pollNanos, MOST_POLL_NANOS)) {
      findings.add(
          new Finding(
              Finding.Kind.REFERENCE_STALE,
              "it last took the time of "
                  + source
                  + " "
                  + Phrase.seconds(age.getAsLong())
                  + " ago, at a poll interval of "
                  + Phrase.seconds(pollNanos)));
    }
  }

  /** Adds that the clock is off by the service's own account, if it is. */
  static void addOff(List<Finding> findings, OptionalLong offset) {
    if (offset.isPresent() && Math.abs(offset.getAsLong()) > MOST_OFFSET_NANOS) {
      findings.add(
          new Finding(
              Finding.Kind.CLOCK_OFF_BY_OWN_REPORT,
              "by its own account the system clock is " + Phrase.offset(offset.getAsLong())));
    }
  }
}
