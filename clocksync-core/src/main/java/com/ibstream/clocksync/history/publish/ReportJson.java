package com.ibstream.clocksync.history.publish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.ibstream.clocksync.facts.DriftStatistics;
import com.ibstream.clocksync.history.report.ClockReport;
import com.ibstream.clocksync.history.report.DriftTrend;
import com.ibstream.clocksync.history.report.Incident;
import com.ibstream.clocksync.history.report.Metric;
import com.ibstream.clocksync.history.report.PeriodFigures;
import com.ibstream.clocksync.history.report.ServerFigures;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A report as one JSON document. As everywhere outside of Java, a drift is system clock minus UTC:
 * positive = our clock was ahead. Stateless.
 */
public final class ReportJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MILLI_SHIFT = 6;
  private static final int DECIMALS = 6;

  private ReportJson() {}

  /**
   * Writes a report.
   *
   * @param report any
   * @return one line
   */
  public static String of(ClockReport report) {
    ObjectNode json = JSON.objectNode();
    json.put("from", report.from().toString());
    json.put("until", report.until().toString());
    json.put("passed", report.isPassed());
    ArrayNode metrics = json.putArray("metrics");
    for (Metric metric : report.metrics()) {
      metrics
          .addObject()
          .put("name", metric.name())
          .put("target", metric.target())
          .put("value", metric.value())
          .put("outcome", metric.outcome().name().toLowerCase(Locale.ROOT));
    }
    json.set("figures", figures(report.figures()));
    report.trend().ifPresent(trend -> json.set("trend", trend(trend)));
    json.put("incident_count", report.incidentCount());
    ArrayNode incidents = json.putArray("incidents");
    report.incidents().forEach(incident -> incidents.add(incident(incident)));
    ArrayNode gaps = json.putArray("unmonitored");
    report
        .gaps()
        .forEach(
            gap ->
                gaps.addObject()
                    .put("from", gap.from().toString())
                    .put("until", gap.until().toString()));
    json.set("servers", servers(report));
    json.set("service_states_s", states(report.details().serviceStates()));
    json.set("hardware_clock_states_s", states(report.details().rtcStates()));
    ArrayNode warnings = json.putArray("warnings");
    report
        .details()
        .warnings()
        .forEach(
            warning ->
                warnings
                    .addObject()
                    .put("at", warning.at().toString())
                    .put("text", warning.text()));
    ArrayNode days = json.putArray("days");
    for (ClockReport.Day day : report.days()) {
      ObjectNode figures = figures(day.figures());
      days.add(JSON.objectNode().put("day", day.day().toString()).setAll(figures));
    }
    json.put("chain", report.proof());
    json.put("broken_lines", report.skippedCount());
    return json.toString();
  }

  private static ArrayNode servers(ClockReport report) {
    ArrayNode servers = JSON.arrayNode();
    for (ServerFigures server : report.details().servers()) {
      ObjectNode json = servers.addObject();
      json.put("server", server.server());
      json.put("address", server.address());
      json.put("seen", server.seenCount());
      json.put("agreeing", server.agreeingCount());
      json.put("outvoted", server.falsetickerCount());
      json.put("last_state", server.lastState());
      if (server.lastOffsetNanos().isPresent()) {
        json.put("stratum", server.stratum());
        json.put("reference", server.reference());
        json.put("last_drift_ms", millis((double) -server.lastOffsetNanos().getAsLong()));
        json.put("last_bound_ms", millis((double) server.lastBoundNanos()));
        json.put("last_root_distance_ms", millis((double) server.lastRootDistanceNanos()));
      }
    }
    return servers;
  }

  private static ObjectNode states(Map<String, Duration> states) {
    ObjectNode json = JSON.objectNode();
    new TreeMap<>(states).forEach((state, time) -> json.put(state, seconds(time)));
    return json;
  }

  private static ObjectNode figures(PeriodFigures figures) {
    ObjectNode json = JSON.objectNode();
    json.put("records", figures.recordCount());
    json.put("warnings", figures.warningCount());
    json.put("length_s", seconds(figures.length()));
    json.put("monitored_s", seconds(figures.monitored()));
    json.put("trusted_s", seconds(figures.trusted()));
    json.put("within_10_ms_s", seconds(figures.withinTen()));
    json.put("within_50_ms_s", seconds(figures.withinFifty()));
    json.put("service_known_s", seconds(figures.serviceKnown()));
    json.put("service_good_s", seconds(figures.serviceGood()));
    json.put("longest_vote_age_s", seconds(figures.longestVoteAge()));
    DriftStatistics offsets = figures.offsets();
    json.put("samples", offsets.count());
    if (offsets.count() > 0) {
      json.put("mean_drift_ms", millis(-offsets.meanNanos()));
      json.put("median_drift_ms", millis(-offsets.medianNanos()));
      json.put("stdev_ms", millis(offsets.stdevNanos()));
      json.put("p95_abs_ms", millis(offsets.p95AbsNanos()));
      json.put("p99_abs_ms", millis(offsets.p99AbsNanos()));
      json.put("max_abs_ms", millis((double) figures.greatestNanos()));
      json.put("max_bound_ms", millis((double) figures.greatestBoundNanos()));
    }
    return json;
  }

  private static ObjectNode trend(DriftTrend trend) {
    ObjectNode json = JSON.objectNode();
    json.put("days", trend.dayCount());
    json.put("ms_per_day", millis(trend.nanosPerDay()));
    if (Double.isFinite(trend.leastNanosPerDay()) && Double.isFinite(trend.mostNanosPerDay())) {
      json.put("least_ms_per_day", millis(trend.leastNanosPerDay()));
      json.put("most_ms_per_day", millis(trend.mostNanosPerDay()));
    }
    json.put("significant", trend.isSignificant());
    json.put("growing", trend.isGrowing());
    trend.reached().ifPresent(day -> json.put("reaches_50_ms", day.toString()));
    return json;
  }

  private static ObjectNode incident(Incident incident) {
    ObjectNode json = JSON.objectNode();
    json.put("began", incident.began().toString());
    incident.ended().ifPresent(end -> json.put("ended", end.toString()));
    json.put("peak_ms", millis((double) incident.peakNanos()));
    incident.detection().ifPresent(time -> json.put("detection_s", seconds(time)));
    incident.recovery().ifPresent(time -> json.put("recovery_s", seconds(time)));
    incident.cause().ifPresent(cause -> json.put("cause", cause));
    return json;
  }

  private static BigDecimal seconds(Duration duration) {
    return plain(BigDecimal.valueOf(duration.toNanos(), 9));
  }

  private static BigDecimal millis(double nanos) {
    return plain(new BigDecimal(nanos).movePointLeft(MILLI_SHIFT));
  }

  private static BigDecimal plain(BigDecimal value) {
    BigDecimal rounded = value.setScale(DECIMALS, RoundingMode.HALF_EVEN).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }
}
