package com.ibstream.clocksync.examples.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Writes reports as JSON, one document a line. Milliseconds carry six decimals, which is every
 * nanosecond.
 */
public final class DriftJson {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);
  private static final int MILLI_DECIMALS = 6;

  private DriftJson() {}

  /**
   * One document.
   *
   * @param report what to write
   * @return JSON without a line break
   */
  public static String line(DriftReport report) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("status", report.status());
    json.put("classification", report.classification());
    json.put("message", report.message());
    json.put("drift_ms", millis(report.drift(), Drift::nanos));
    json.put("error_bound_ms", millis(report.drift(), Drift::errorBoundNanos));
    json.put("earliest_drift_ms", millis(report.drift(), Drift::earliestNanos));
    json.put("latest_drift_ms", millis(report.drift(), Drift::latestNanos));
    json.put("mean_ms", rounded(report, Drift.Spread::meanNanos));
    json.put("median_ms", rounded(report, Drift.Spread::medianNanos));
    json.put("stdev_ms", rounded(report, Drift.Spread::stdevNanos));
    json.put("min_ms", rounded(report, Drift.Spread::minNanos));
    json.put("max_ms", rounded(report, Drift.Spread::maxNanos));
    json.put("range_ms", rounded(report, Drift.Spread::rangeNanos));
    json.put("consensus", report.consensus());
    json.put("servers", report.usableCount());
    json.put("total_servers", report.configuredCount());
    json.put("timestamp", report.measuredAt().map(DriftJson::text).orElse(null));
    ArrayNode sources = json.putArray("sources");
    report.sources().forEach(source -> sources.add(source(source)));
    return text(json);
  }

  private static ObjectNode source(SourceReport source) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("server", source.server());
    json.put("address", source.address().orElse(null));
    json.put("state", source.state());
    json.put("reason", source.reason().orElse(null));
    json.put("drift_ms", millis(source.measured(), SourceReport.Measured::driftNanos));
    json.put("error_bound_ms", millis(source.measured(), SourceReport.Measured::errorBoundNanos));
    json.put("delay_ms", millis(source.measured(), SourceReport.Measured::delayNanos));
    json.put("stratum", source.measured().map(SourceReport.Measured::stratum).orElse(null));
    return json;
  }

  private static <T> BigDecimal millis(Optional<T> value, ToLongFunction<T> nanos) {
    return value
        .map(known -> BigDecimal.valueOf(nanos.applyAsLong(known), MILLI_DECIMALS))
        .orElse(null);
  }

  private static BigDecimal rounded(DriftReport report, ToDoubleFunction<Drift.Spread> nanos) {
    return report
        .spread()
        .map(
            spread ->
                BigDecimal.valueOf(nanos.applyAsDouble(spread))
                    .movePointLeft(MILLI_DECIMALS)
                    .setScale(MILLI_DECIMALS, RoundingMode.HALF_EVEN))
        .orElse(null);
  }

  private static String text(Instant instant) {
    return ISO.format(instant);
  }

  private static String text(ObjectNode json) {
    try {
      return MAPPER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
