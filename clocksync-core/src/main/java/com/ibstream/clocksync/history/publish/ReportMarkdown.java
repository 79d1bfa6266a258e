package com.ibstream.clocksync.history.publish;

import com.ibstream.clocksync.facts.DriftStatistics;
import com.ibstream.clocksync.history.report.ClockReport;
import com.ibstream.clocksync.history.report.DriftTrend;
import com.ibstream.clocksync.history.report.Incident;
import com.ibstream.clocksync.history.report.Metric;
import com.ibstream.clocksync.history.report.PeriodFigures;
import com.ibstream.clocksync.history.report.ServerFigures;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A report for people, as Markdown. Drifts are system clock minus UTC: positive = our clock was
 * ahead. Stateless.
 */
public final class ReportMarkdown {

  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private ReportMarkdown() {}

  /**
   * Writes a report.
   *
   * @param report any
   * @return text that ends with a line feed
   */
  public static String of(ClockReport report) {
    StringBuilder text = new StringBuilder();
    line(text, "# Clock report, %s to %s UTC", report.from(), report.until());
    line(text, "");
    line(text, "| target | wanted | measured | |");
    line(text, "|---|---|---|---|");
    for (Metric metric : report.metrics()) {
      line(
          text,
          "| %s | %s | %s | %s |",
          metric.name(),
          metric.target(),
          metric.value(),
          metric.outcome().name().toLowerCase(Locale.ROOT));
    }
    figures(text, report.figures());
    trend(text, report.trend());
    incidents(text, report);
    gaps(text, report);
    servers(text, report);
    days(text, report);
    line(text, "");
    line(text, "Chain of the history: %s.", cell(report.proof()));
    if (report.skippedCount() > 0) {
      line(text, "");
      line(
          text,
          "**%,d lines of the history are no records: see `clocksync history verify`.**",
          report.skippedCount());
    }
    return text.toString();
  }

  private static void figures(StringBuilder text, PeriodFigures figures) {
    line(text, "");
    line(
        text,
        "Monitored %s of the time, trusted %s. The system clock was proved to be within 10 ms for"
            + " %s of the time, within 50 ms for %s.",
        percent(figures.monitored(), figures.length()),
        percent(figures.trusted(), figures.length()),
        percent(figures.withinTen(), figures.length()),
        percent(figures.withinFifty(), figures.length()));
    DriftStatistics offsets = figures.offsets();
    if (offsets.count() > 0) {
      line(text, "");
      line(
          text,
          "Drift over %,d samples: mean %+.3f ms, median %+.3f ms, standard deviation %.3f ms,"
              + " 95 %% under %.3f ms, 99 %% under %.3f ms, at most %.3f ms; known to %.3f ms or"
              + " better. %,d records, %,d warnings.",
          offsets.count(),
          -offsets.meanNanos() / NANOS_PER_MILLI,
          -offsets.medianNanos() / NANOS_PER_MILLI,
          offsets.stdevNanos() / NANOS_PER_MILLI,
          offsets.p95AbsNanos() / NANOS_PER_MILLI,
          offsets.p99AbsNanos() / NANOS_PER_MILLI,
          figures.greatestNanos() / NANOS_PER_MILLI,
          figures.greatestBoundNanos() / NANOS_PER_MILLI,
          figures.recordCount(),
          figures.warningCount());
    }
  }

  private static void trend(StringBuilder text, Optional<DriftTrend> trend) {
    line(text, "");
    if (trend.isEmpty()) {
      line(text, "Trend: not told of less than seven days with samples.");
      return;
    }
    DriftTrend line = trend.get();
    line(
        text,
        "Trend of the daily 95 %% size over %d days: %+.4f ms a day (95 %%: %+.4f to %+.4f), %s%s.",
        line.dayCount(),
        line.nanosPerDay() / NANOS_PER_MILLI,
        line.leastNanosPerDay() / NANOS_PER_MILLI,
        line.mostNanosPerDay() / NANOS_PER_MILLI,
        line.isSignificant() ? "significant" : "not significant",
        line.reached().map(day -> "; 50 ms are reached on " + day).orElse(""));
  }

  private static void incidents(StringBuilder text, ClockReport report) {
    line(text, "");
    line(text, "## Incidents: %,d times 50 ms off or more", report.incidentCount());
    if (report.incidents().isEmpty()) {
      return;
    }
    line(text, "");
    line(text, "| began | ended | peak | detection | recovery | cause |");
    line(text, "|---|---|---|---|---|---|");
    for (Incident incident : report.incidents()) {
      line(
          text,
          "| %s | %s | %.3f ms | %s | %s | %s |",
          incident.began(),
          incident.ended().map(Object::toString).orElse("not over"),
          incident.peakNanos() / NANOS_PER_MILLI,
          incident.detection().map(ReportMarkdown::seconds).orElse("nobody looked"),
          incident.recovery().map(ReportMarkdown::seconds).orElse("unknown"),
          incident.cause().map(ReportMarkdown::cell).orElse(""));
    }
  }

  private static void gaps(StringBuilder text, ClockReport report) {
    line(text, "");
    line(text, "## Unmonitored");
    line(text, "");
    for (ClockReport.Gap gap : report.gaps()) {
      line(
          text,
          "- %s to %s, %s",
          gap.from(),
          gap.until(),
          seconds(Duration.between(gap.from(), gap.until())));
    }
    if (report.gaps().isEmpty()) {
      line(text, "Never.");
    }
  }

  private static void servers(StringBuilder text, ClockReport report) {
    line(text, "");
    line(text, "## Servers, by one record an hour");
    line(text, "");
    line(
        text,
        "| server | address | seen | agreeing | outvoted | stratum | follows | last known to |");
    line(text, "|---|---|---|---|---|---|---|---|");
    for (ServerFigures server : report.details().servers()) {
      line(
          text,
          "| %s | %s | %,d | %,d | %,d | %s | %s | %s |",
          cell(server.server()),
          cell(server.address()),
          server.seenCount(),
          server.agreeingCount(),
          server.falsetickerCount(),
          server.stratum() == 0 ? "-" : Integer.toString(server.stratum()),
          cell(server.reference()),
          server.lastOffsetNanos().isPresent()
              ? millis((double) server.lastBoundNanos(), "%.3f ms")
              : "-");
    }
    states(text, "Time service", report.details().serviceStates());
    states(text, "Hardware clock", report.details().rtcStates());
  }

  private static void states(StringBuilder text, String what, Map<String, Duration> states) {
    line(text, "");
    line(
        text,
        "%s: %s.",
        what,
        states.entrySet().stream()
            .sorted(Map.Entry.<String, Duration>comparingByValue().reversed())
            .map(state -> cell(state.getKey()) + " for " + seconds(state.getValue()))
            .collect(Collectors.joining(", ")));
  }

  private static void days(StringBuilder text, ClockReport report) {
    line(text, "");
    line(text, "## Days");
    line(text, "");
    line(
        text,
        "| day | monitored | within 10 ms | within 50 ms | mean ms | 95 %% ms | most ms | warnings |");
    line(text, "|---|---|---|---|---|---|---|---|");
    for (ClockReport.Day day : report.days()) {
      PeriodFigures figures = day.figures();
      boolean hasSamples = figures.offsets().count() > 0;
      line(
          text,
          "| %s | %s | %s | %s | %s | %s | %s | %,d |",
          day.day(),
          percent(figures.monitored(), figures.length()),
          percent(figures.withinTen(), figures.length()),
          percent(figures.withinFifty(), figures.length()),
          hasSamples ? millis(-figures.offsets().meanNanos(), "%+.3f") : "-",
          hasSamples ? millis(figures.offsets().p95AbsNanos(), "%.3f") : "-",
          hasSamples ? millis((double) figures.greatestNanos(), "%.3f") : "-",
          figures.warningCount());
    }
  }

  /** Shares are cut off, not rounded: 99.9996 % is not all of it. */
  private static String percent(Duration part, Duration whole) {
    double share = PeriodFigures.share(part, whole);
    return Double.isNaN(share)
        ? "-"
        : String.format(Locale.ROOT, "%.3f %%", Math.floor(share * 100_000) / 1_000);
  }

  private static String millis(double nanos, String format) {
    return String.format(Locale.ROOT, format, nanos / NANOS_PER_MILLI);
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toNanos() / NANOS_PER_SECOND);
  }

  /** Text of events may hold what came over the network. */
  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;").replaceAll("\\p{Cntrl}", " ");
  }

  private static void line(StringBuilder text, String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
