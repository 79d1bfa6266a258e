package com.ibstream.clocksync.history.report;

import com.ibstream.clocksync.facts.DriftStatistics;
import com.ibstream.clocksync.history.report.Metric.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Holds figures against the targets of the owner's plan. Stateless. */
final class Metrics {

  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MOST_AVERAGE_MILLIS = 10;
  private static final double MOST_MILLIS = 50;
  private static final Duration MOST_VOTE_AGE = Duration.ofMinutes(5);
  private static final Duration MOST_DETECTION = Duration.ofMinutes(5);
  private static final Duration MOST_RECOVERY = Duration.ofMinutes(1);
  private static final double LEAST_AVAILABILITY = 0.999;

  /**
   * A target is met only if so much of the period is known; where nobody looked, or nothing was to
   * be trusted, anything may have been.
   */
  private static final double LEAST_KNOWN = 0.999;

  private static final String NOT_ALL = ", as far as known";

  private Metrics() {}

  static List<Metric> of(PeriodFigures figures, List<Incident> incidents) {
    DriftStatistics offsets = figures.offsets();
    boolean hasOffsets = offsets.count() > 0;
    boolean isAllKnown = PeriodFigures.share(figures.trusted(), figures.length()) >= LEAST_KNOWN;
    double average = Math.abs(offsets.meanNanos()) / NANOS_PER_MILLI;
    double greatest = figures.greatestNanos() / NANOS_PER_MILLI;
    double available = PeriodFigures.share(figures.serviceGood(), figures.serviceKnown());
    return List.of(
        metric(
            "average drift",
            "< 10 ms",
            hasOffsets,
            isAllKnown,
            millis(average),
            average < MOST_AVERAGE_MILLIS),
        metric(
            "greatest drift",
            "< 50 ms",
            hasOffsets,
            isAllKnown,
            millis(greatest),
            greatest < MOST_MILLIS),
        metric(
            "longest time without a successful vote",
            "<= 300 s",
            hasOffsets,
            true, // time in which nobody looked is in it
            seconds(figures.longestVoteAge()),
            figures.longestVoteAge().compareTo(MOST_VOTE_AGE) <= 0),
        metric(
            "availability of the time service",
            ">= 99.9 %",
            !Double.isNaN(available),
            PeriodFigures.share(figures.serviceKnown(), figures.length()) >= LEAST_KNOWN,
            String.format(Locale.ROOT, "%.3f %%", 100 * available),
            available >= LEAST_AVAILABILITY),
        slowest(
            "slowest detection of critical drift",
            "< 300 s",
            MOST_DETECTION,
            hasOffsets,
            isAllKnown,
            incidents.stream().map(Incident::detection).toList()),
        slowest(
            "slowest recovery from critical drift",
            "< 60 s",
            MOST_RECOVERY,
            hasOffsets,
            isAllKnown,
            incidents.stream().map(Incident::recovery).toList()));
  }

  private static Metric metric(
      String name,
      String target,
      boolean isKnown,
      boolean isAllKnown,
      String value,
      boolean isMet) {
    if (!isKnown) {
      return new Metric(name, target, "unknown", Outcome.UNKNOWN);
    }
    if (!isMet) {
      return new Metric(name, target, value, Outcome.FAIL);
    }
    return isAllKnown
        ? new Metric(name, target, value, Outcome.PASS)
        : new Metric(name, target, value + NOT_ALL, Outcome.UNKNOWN);
  }

  /** Without incidents there was nothing to be slow at; one that nobody can time is no pass. */
  private static Metric slowest(
      String name,
      String target,
      Duration limit,
      boolean isKnown,
      boolean isAllKnown,
      List<Optional<Duration>> durations) {
    if (!isKnown || durations.isEmpty()) {
      return metric(name, target, isKnown, isAllKnown, "no incident", true);
    }
    Optional<Duration> slowest =
        durations.stream().flatMap(Optional::stream).max(Duration::compareTo);
    boolean isMet = slowest.filter(time -> time.compareTo(limit) >= 0).isEmpty();
    boolean isComplete = durations.stream().allMatch(Optional::isPresent);
    String value =
        slowest.map(Metrics::seconds).orElse("unknown")
            + (isComplete ? "" : ", and one that is not over or that nobody can time");
    return metric(name, target, true, isComplete && isAllKnown, value, isMet);
  }

  private static String millis(double millis) {
    return String.format(Locale.ROOT, "%.3f ms", millis);
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toNanos() / 1e9);
  }
}
