package com.ibstream.clocksync.service;

import com.ibstream.clocksync.facts.ServiceFacts.Claim;
import com.ibstream.clocksync.facts.ServiceFacts.Finding;
import com.ibstream.clocksync.service.answers.Answer;
import com.ibstream.clocksync.service.answers.ChronySources;
import com.ibstream.clocksync.service.answers.ChronyTracking;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Weighs chronyd's answers. Its leap status says "Normal" also while the clock is an hour wrong
 * (only the part still to be slewed tells) and for hours after the last server was lost (only the
 * age of the reference tells).
 */
final class ChronyTestimony {

  private static final String NO_REFERENCE = "00000000";
  private static final int UNSYNCHRONISED_STRATUM = 16;

  /** If the list of sources tells no poll interval: chrony's own least one. */
  private static final long USUAL_POLL_NANOS = 64_000_000_000L;

  /** Its greatest poll interval as it comes; an interval between updates may be any number. */
  private static final long GREATEST_POLL_NANOS = 1_024_000_000_000L;

  private ChronyTestimony() {}

  /**
   * Weighs them.
   *
   * @param trackingAnswer of {@code chronyc -c -n tracking}
   * @param sourcesAnswer of {@code chronyc -c -n sources}
   * @param wallEpochNanos what the system clock said when the first answer came
   * @return what is left of them
   */
  static Testimony of(
      Answer<ChronyTracking> trackingAnswer,
      Answer<ChronySources> sourcesAnswer,
      long wallEpochNanos) {
    List<Finding> findings = Testimony.troubles(trackingAnswer, sourcesAnswer);
    Optional<ChronySources> sources = sourcesAnswer.value();
    if (sources.isPresent() && sources.get().areAllUnreachable()) {
      findings.add(new Finding(Finding.Kind.NO_SOURCE_REACHABLE, "no source of chronyd answers"));
    }
    if (trackingAnswer.value().isEmpty()) {
      return new Testimony(Optional.empty(), findings, false);
    }
    ChronyTracking tracking = trackingAnswer.value().get();
    OptionalLong poll =
        sources.map(each -> each.pollNanos(tracking.name())).orElse(OptionalLong.empty());
    Optional<String> objection = objection(tracking);
    if (objection.isPresent()) {
      if (isOwnClock(tracking)) {
        findings.add(new Finding(Finding.Kind.FOLLOWS_LOCAL_CLOCK, objection.get()));
      }
      return new Testimony(Optional.of(unsynchronised(objection.get(), poll)), findings, false);
    }
    OptionalLong age = Testimony.age(ageNanos(tracking, wallEpochNanos));
    long pollNanos =
        poll.orElse(
            Math.min(
                GREATEST_POLL_NANOS, Math.max(USUAL_POLL_NANOS, tracking.updateIntervalNanos())));
    Testimony.addStale(findings, age, pollNanos, Testimony.MOST_POLLS, name(tracking));
    Testimony.addOff(findings, OptionalLong.of(tracking.offsetNanos()));
    Claim claim =
        new Claim(
            true,
            "chronyd follows " + name(tracking),
            name(tracking),
            OptionalInt.of(tracking.stratum()),
            OptionalLong.of(tracking.offsetNanos()),
            OptionalLong.of(tracking.rootDelayNanos() / 2 + tracking.rootDispersionNanos()),
            age,
            poll);
    return new Testimony(Optional.of(claim), findings, true);
  }

  /** Why it is not synchronised. */
  private static Optional<String> objection(ChronyTracking tracking) {
    if (!tracking.isLeapKnown() || tracking.referenceId().equals(NO_REFERENCE)) {
      return Optional.of("chronyd says that it is not synchronised");
    }
    if (isOwnClock(tracking)) {
      return Optional.of("chronyd follows the host's own clock (" + tracking.referenceId() + ")");
    }
    boolean hasStratum = tracking.stratum() > 0 && tracking.stratum() < UNSYNCHRONISED_STRATUM;
    return hasStratum
        ? Optional.empty()
        : Optional.of("chronyd has stratum " + tracking.stratum() + ": not synchronised");
  }

  private static Claim unsynchronised(String reason, OptionalLong poll) {
    return new Claim(
        false,
        reason,
        "",
        OptionalInt.empty(),
        OptionalLong.empty(), // it prints zeros that mean nothing
        OptionalLong.empty(),
        OptionalLong.empty(),
        poll);
  }

  private static boolean isOwnClock(ChronyTracking tracking) {
    return LocalClock.isReferenceId(tracking.referenceId()) || LocalClock.isName(tracking.name());
  }

  private static String name(ChronyTracking tracking) {
    return tracking.name().isEmpty() ? tracking.referenceId() : tracking.name();
  }

  /** Its stamps are on its own corrected clock: the system clock and what is still to be slewed. */
  private static OptionalLong ageNanos(ChronyTracking tracking, long wallEpochNanos) {
    return tracking.referenceEpochNanos() == 0
        ? OptionalLong.empty()
        : OptionalLong.of(wallEpochNanos + tracking.offsetNanos() - tracking.referenceEpochNanos());
  }
}
