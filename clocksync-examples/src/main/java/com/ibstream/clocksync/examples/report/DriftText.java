package com.ibstream.clocksync.examples.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes reports for people: signs become words. */
public final class DriftText {

  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long SECONDS_FROM_NANOS = 10_000_000_000L;
  private static final String NONE = "-";

  private DriftText() {}

  /**
   * A drift in words.
   *
   * @param driftNanos system clock minus UTC
   * @return for example {@code ahead by 1.200 ms}
   */
  public static String drift(long driftNanos) {
    return (driftNanos < 0 ? "behind by " : "ahead by ") + size(driftNanos);
  }

  /**
   * A span of time without its sign.
   *
   * @param nanos any number of nanoseconds
   * @return milliseconds, or seconds from ten seconds on, to the microsecond
   */
  public static String size(long nanos) {
    double size = Math.abs((double) nanos);
    return size < SECONDS_FROM_NANOS
        ? String.format(Locale.ROOT, "%.3f ms", size / NANOS_PER_MILLI)
        : String.format(Locale.ROOT, "%.6f s", size / NANOS_PER_SECOND);
  }

  /**
   * A whole report.
   *
   * @param report what to write
   * @return several lines, the last one without a line break
   */
  public static String text(DriftReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        row(
            "status",
            report.status()
                + " ("
                + report.classification()
                + ")"
                + (report.message().isEmpty() ? "" : ": " + report.message())));
    lines.add(row("system clock", systemClock(report)));
    report.spread().ifPresent(spread -> lines.add(row("samples", samples(spread))));
    lines.add(row("consensus", consensus(report)));
    report.measuredAt().ifPresent(at -> lines.add(row("true time", at.toString())));
    lines.add("");
    lines.addAll(SourceTable.lines(report.sources()));
    return String.join(System.lineSeparator(), lines);
  }

  private static String systemClock(DriftReport report) {
    return report
        .drift()
        .map(
            drift ->
                drift(drift.nanos())
                    + ", wrong by at most "
                    + size(drift.errorBoundNanos())
                    + ": from "
                    + drift(drift.earliestNanos())
                    + " to "
                    + drift(drift.latestNanos()))
        .orElse("cannot be judged");
  }

  private static String samples(Drift.Spread spread) {
    return String.format(
        Locale.ROOT,
        "%d: mean %s, median %s, standard deviation %s, range %s (from %s to %s)",
        spread.count(),
        drift(Math.round(spread.meanNanos())),
        drift(Math.round(spread.medianNanos())),
        size(Math.round(spread.stdevNanos())),
        size(Math.round(spread.rangeNanos())),
        drift(Math.round(spread.minNanos())),
        drift(Math.round(spread.maxNanos())));
  }

  private static String consensus(DriftReport report) {
    return report.consensus().replace('_', ' ')
        + ", "
        + report.usableCount()
        + " usable of "
        + report.configuredCount()
        + " configured servers";
  }

  private static String row(String name, String value) {
    return String.format(Locale.ROOT, "%-14s%s", name, value);
  }

  static String orNone(String text) {
    return text.isEmpty() ? NONE : text;
  }
}
