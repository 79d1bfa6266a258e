package com.ibstream.clocksync.history.report;

import com.ibstream.clocksync.history.chain.ChainVerdict;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a history says of a period. Immutable.
 *
 * @param from its first instant, UTC
 * @param until its end
 * @param figures of all of it
 * @param days of each UTC day that has records
 * @param metrics the owner's targets
 * @param incidents when the system clock was 50 ms off or more; the first thousand
 * @param incidentCount how many there were
 * @param gaps when nobody looked; the longest, by time
 * @param details what else is shown
 * @param trend how the error changes over the days; empty for less than a week
 * @param skippedCount lines of the history that are no records: prove the chain
 * @param chain what became of the chain of the history; empty if nobody has proved it
 */
public record ClockReport(
    Instant from,
    Instant until,
    PeriodFigures figures,
    List<Day> days,
    List<Metric> metrics,
    List<Incident> incidents,
    long incidentCount,
    List<Gap> gaps,
    PeriodDetails details,
    Optional<DriftTrend> trend,
    long skippedCount,
    Optional<ChainVerdict> chain) {

  /** Copies the lists. */
  public ClockReport {
    days = List.copyOf(days);
    metrics = List.copyOf(metrics);
    incidents = List.copyOf(incidents);
    gaps = List.copyOf(gaps);
  }

  /**
   * A UTC day.
   *
   * @param day which
   * @param figures of it
   */
  public record Day(LocalDate day, PeriodFigures figures) {}

  /**
   * A time in which nobody looked: unmonitored, and never called good.
   *
   * @param from when it began, UTC as well as it was known
   * @param until when it ended
   */
  public record Gap(Instant from, Instant until) {}

  /**
   * The same, with what became of its chain.
   *
   * @param verdict on the whole history
   * @return a report that says so
   */
  public ClockReport proved(ChainVerdict verdict) {
    return new ClockReport(
        from,
        until,
        figures,
        days,
        metrics,
        incidents,
        incidentCount,
        gaps,
        details,
        trend,
        skippedCount,
        Optional.of(verdict));
  }

  /**
   * Whether the history is as it was written, for people.
   *
   * @return one clause
   */
  public String proof() {
    return chain
        .map(
            verdict ->
                verdict
                    .firstBreak()
                    .map(found -> "broken: " + found.text())
                    .orElseGet(
                        () ->
                            String.format(
                                Locale.ROOT,
                                "proved, %,d records, newest hash %s",
                                verdict.recordCount(),
                                verdict.lastHash())))
        .orElse("not proved");
  }

  /**
   * Whether the history is as it was written.
   *
   * @return false also where nobody has proved it
   */
  public boolean isProved() {
    return chain.filter(ChainVerdict::isIntact).isPresent() && skippedCount == 0;
  }

  /**
   * Whether every target was met.
   *
   * @return false also where something is unknown, or the history is not proved
   */
  public boolean isPassed() {
    return isProved()
        && metrics.stream().allMatch(metric -> metric.outcome() == Metric.Outcome.PASS);
  }
}
