package com.ibstream.clocksync.history.publish;

import com.google.common.html.HtmlEscapers;
import com.google.common.io.ByteStreams;
import com.ibstream.clocksync.facts.DriftStatistics;
import com.ibstream.clocksync.history.report.ClockReport;
import com.ibstream.clocksync.history.report.DriftTrend;
import com.ibstream.clocksync.history.report.Incident;
import com.ibstream.clocksync.history.report.Metric;
import com.ibstream.clocksync.history.report.PeriodDetails;
import com.ibstream.clocksync.history.report.PeriodFigures;
import com.ibstream.clocksync.history.report.ServerFigures;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A report as one HTML file that needs no network: style, script and data are in it, and everything
 * but the chart is there without JavaScript. Drifts are system clock minus UTC: positive = our
 * clock was ahead. Stateless.
 */
public final class ReportHtml {

  private static final String UPLOT = "META-INF/resources/webjars/uplot/1.6.30/dist/";
  private static final Pattern PLACE = Pattern.compile("@([A-Z_]+)@");
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private ReportHtml() {}

  /**
   * Writes a report.
   *
   * @param report any
   * @return a whole page
   */
  public static String of(ClockReport report) {
    String template = resource(ReportHtml.class.getResourceAsStream("report.html"), "report.html");
    // In one pass: what is put in may look like a place itself.
    return PLACE
        .matcher(template)
        .replaceAll(place -> Matcher.quoteReplacement(part(place.group(1), report)));
  }

  private static String part(String name, ClockReport report) {
    return switch (name) {
      case "TITLE" -> escape("Clock report, " + report.from() + " to " + report.until());
      case "SUMMARY" -> summary(report);
      case "SECTIONS" -> sections(report);
      case "DATA" -> ChartData.of(report.details().drift());
      case "UPLOT_CSS" -> ofWebjar("uPlot.min.css");
      case "UPLOT_JS" -> ofWebjar("uPlot.iife.min.js");
      default -> throw new IllegalStateException("report.html has an unknown place " + name);
    };
  }

  private static String ofWebjar(String name) {
    return resource(ReportHtml.class.getClassLoader().getResourceAsStream(UPLOT + name), name);
  }

  private static String resource(InputStream stream, String name) {
    if (stream == null) {
      throw new IllegalStateException(name + " is missing from the class path");
    }
    try (stream) {
      return new String(ByteStreams.toByteArray(stream), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  private static String summary(ClockReport report) {
    PeriodFigures figures = report.figures();
    HtmlTable targets = new HtmlTable("target", "wanted", "measured", "outcome");
    for (Metric metric : report.metrics()) {
      targets.row(
          metric.name(),
          metric.target(),
          metric.value(),
          HtmlTable.marked(metric.outcome().name().toLowerCase(Locale.ROOT)));
    }
    HtmlTable shares = new HtmlTable("of the time", "");
    shares.row("monitored", percent(figures.monitored(), figures.length()));
    shares.row("trusted", percent(figures.trusted(), figures.length()));
    shares.row("proved to be within 10 ms", percent(figures.withinTen(), figures.length()));
    shares.row("proved to be within 50 ms", percent(figures.withinFifty(), figures.length()));
    return targets + "<h2>Shares</h2>" + shares + statistics(figures);
  }

  private static String statistics(PeriodFigures figures) {
    DriftStatistics offsets = figures.offsets();
    if (offsets.count() == 0) {
      return "<p>Drift: nothing was measured.</p>";
    }
    return "<p>"
        + escape(
            String.format(
                Locale.ROOT,
                "Drift over %,d samples: mean %+.3f ms, median %+.3f ms, standard deviation %.3f ms,"
                    + " 95 %% under %.3f ms, 99 %% under %.3f ms, at most %.3f ms; known to %.3f ms"
                    + " or better. %,d records, %,d warnings.",
                offsets.count(),
                -offsets.meanNanos() / NANOS_PER_MILLI,
                -offsets.medianNanos() / NANOS_PER_MILLI,
                offsets.stdevNanos() / NANOS_PER_MILLI,
                offsets.p95AbsNanos() / NANOS_PER_MILLI,
                offsets.p99AbsNanos() / NANOS_PER_MILLI,
                figures.greatestNanos() / NANOS_PER_MILLI,
                figures.greatestBoundNanos() / NANOS_PER_MILLI,
                figures.recordCount(),
                figures.warningCount()))
        + "</p>";
  }

  private static String sections(ClockReport report) {
    return report.trend().map(ReportHtml::trend).orElse("")
        + "<h2>Incidents: "
        + report.incidentCount()
        + " times 50 ms off or more</h2>"
        + incidents(report.incidents())
        + "<h2>Unmonitored</h2>"
        + gaps(report.gaps())
        + "<h2>Servers, by one record an hour</h2>"
        + servers(report.details().servers())
        + "<h2>Time service and hardware clock</h2>"
        + states(report.details())
        + "<h2>Warnings</h2>"
        + warnings(report.details().warnings())
        + "<h2>Days</h2>"
        + days(report.days())
        + "<p class=\"note\">Chain of the history: "
        + escape(report.proof())
        + ".</p>"
        + (report.skippedCount() > 0
            ? "<p class=\"fail\">"
                + report.skippedCount()
                + " lines of the history are no records: see clocksync history verify.</p>"
            : "");
  }

  private static String trend(DriftTrend trend) {
    return "<h2>Trend</h2><p>"
        + escape(
            String.format(
                Locale.ROOT,
                "Each day's 95th percentile of the size, over %d days: %+.4f ms a day (95 %%: %+.4f"
                    + " to %+.4f), %s%s.",
                trend.dayCount(),
                trend.nanosPerDay() / NANOS_PER_MILLI,
                trend.leastNanosPerDay() / NANOS_PER_MILLI,
                trend.mostNanosPerDay() / NANOS_PER_MILLI,
                trend.isSignificant() ? "significant" : "not significant",
                trend.reached().map(day -> "; 50 ms are reached on " + day).orElse("")))
        + "</p>";
  }

  private static String incidents(List<Incident> incidents) {
    HtmlTable table = new HtmlTable("began", "ended", "peak", "detection", "recovery", "cause");
    for (Incident incident : incidents) {
      table.row(
          incident.began().toString(),
          incident.ended().map(Object::toString).orElse("not over"),
          HtmlTable.number(millis((double) incident.peakNanos())),
          incident.detection().map(ReportHtml::seconds).orElse("nobody looked"),
          incident.recovery().map(ReportHtml::seconds).orElse("unknown"),
          incident.cause().orElse(""));
    }
    return table.orElse("None.");
  }

  private static String gaps(List<ClockReport.Gap> gaps) {
    HtmlTable table = new HtmlTable("from", "until", "length");
    for (ClockReport.Gap gap : gaps) {
      table.row(
          gap.from().toString(),
          gap.until().toString(),
          HtmlTable.number(seconds(Duration.between(gap.from(), gap.until()))));
    }
    return table.orElse("Never.");
  }

  private static String servers(List<ServerFigures> servers) {
    HtmlTable table =
        new HtmlTable(
            "server", "address", "seen", "agreeing", "outvoted", "stratum", "follows", "known to");
    for (ServerFigures server : servers) {
      table.row(
          server.server(),
          server.address(),
          HtmlTable.number(Long.toString(server.seenCount())),
          HtmlTable.number(Long.toString(server.agreeingCount())),
          HtmlTable.number(Long.toString(server.falsetickerCount())),
          HtmlTable.number(server.stratum() == 0 ? "-" : Integer.toString(server.stratum())),
          server.reference(),
          HtmlTable.number(
              server.lastOffsetNanos().isPresent()
                  ? millis((double) server.lastBoundNanos())
                  : "-"));
    }
    return table.orElse("None was seen.");
  }

  private static String states(PeriodDetails details) {
    HtmlTable table = new HtmlTable("", "state", "for");
    addStates(table, "time service", details.serviceStates());
    addStates(table, "hardware clock", details.rtcStates());
    return table.orElse("Nobody looked.");
  }

  private static void addStates(HtmlTable table, String what, Map<String, Duration> states) {
    states.entrySet().stream()
        .sorted(Map.Entry.<String, Duration>comparingByValue().reversed())
        .forEach(
            state -> table.row(what, state.getKey(), HtmlTable.number(seconds(state.getValue()))));
  }

  private static String warnings(List<PeriodDetails.Warning> warnings) {
    HtmlTable table = new HtmlTable("at", "what");
    warnings.forEach(warning -> table.row(warning.at().toString(), warning.text()));
    return table.orElse("None.");
  }

  private static String days(List<ClockReport.Day> days) {
    HtmlTable table =
        new HtmlTable(
            "day", "monitored", "within 10 ms", "within 50 ms", "mean", "95 %", "most", "warnings");
    for (ClockReport.Day day : days) {
      PeriodFigures figures = day.figures();
      boolean hasSamples = figures.offsets().count() > 0;
      table.row(
          day.day().toString(),
          HtmlTable.number(percent(figures.monitored(), figures.length())),
          HtmlTable.number(percent(figures.withinTen(), figures.length())),
          HtmlTable.number(percent(figures.withinFifty(), figures.length())),
          HtmlTable.number(hasSamples ? millis(-figures.offsets().meanNanos()) : "-"),
          HtmlTable.number(hasSamples ? millis(figures.offsets().p95AbsNanos()) : "-"),
          HtmlTable.number(hasSamples ? millis((double) figures.greatestNanos()) : "-"),
          HtmlTable.number(Long.toString(figures.warningCount())));
    }
    return table.orElse("None.");
  }

  private static String percent(Duration part, Duration whole) {
    double share = PeriodFigures.share(part, whole);
    return Double.isNaN(share)
        ? "-"
        : String.format(Locale.ROOT, "%.3f %%", Math.floor(share * 100_000) / 1_000);
  }

  private static String millis(double nanos) {
    return String.format(Locale.ROOT, "%.3f ms", nanos / NANOS_PER_MILLI);
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toNanos() / NANOS_PER_SECOND);
  }

  private static String escape(String text) {
    return HtmlEscapers.htmlEscaper().escape(text);
  }
}
