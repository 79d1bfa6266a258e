package com.ibstream.clocksync.health.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.ibstream.clocksync.facts.DriftStatistics;
import com.ibstream.clocksync.facts.ErrorBudget;
import com.ibstream.clocksync.facts.FrequencyFacts;
import com.ibstream.clocksync.facts.SourceFacts;
import com.ibstream.clocksync.health.HealthSnapshot;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Writes the {@code clocksync} object: everything behind the verdict, down to each server.
 * Stateless.
 */
final class DetailJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private DetailJson() {}

  static ObjectNode of(HealthSnapshot snapshot) {
    ObjectNode json = JSON.objectNode();
    ArrayNode reasons = json.putArray("reasons");
    snapshot.health().reasons().forEach(reasons::add);
    snapshot.status().ifPresent(status -> addStatus(json, status));
    return json;
  }

  private static void addStatus(ObjectNode json, ClockStatus status) {
    json.put("consensus", JsonValues.word(status.consensus()));
    json.put("truechimers", status.truechimerCount());
    json.set(
        "error_bound_ms",
        status.utc().map(utc -> JsonValues.millis(utc.errorBoundNanos())).orElse(nothing()));
    json.set("tolerance_ms", JsonValues.millis(status.toleranceNanos()));
    json.set("vote_age_s", seconds(status.voteAgeNanos()));
    json.set("trust_left_s", seconds(status.trustLeftNanos()));
    json.set(
        "rate_ppm", status.utc().map(utc -> JsonValues.number(utc.ratePpm())).orElse(nothing()));
    json.set("frequency", status.frequency().map(DetailJson::frequency).orElse(nothing()));
    json.set("slew_allowance_ppm", JsonValues.number(status.slewAllowancePpm()));
    json.put("slew_allowance_assumed", status.isSlewAllowanceAssumed());
    json.set("observation_age_s", JsonValues.seconds(status.observationAgeNanos()));
    json.put("stalled", status.isStalled());
    json.put("closed", status.isClosed());
    json.set("error_budget_ns", status.budget().map(DetailJson::budget).orElse(nothing()));
    json.set("samples", statistics(status.sampleStatistics()));
    json.set(
        "window",
        status.systemClock().map(clock -> statistics(clock.statistics())).orElse(nothing()));
    json.set(
        "day",
        status.systemClock().map(clock -> statistics(clock.dayStatistics())).orElse(nothing()));
    json.set("system_clock", HostClockJson.systemClock(status));
    json.set("kernel", HostClockJson.kernel(status));
    json.set("pauses", HostClockJson.pauses(status));
    json.set("ntp_service", HostWatchJson.service(status));
    json.set("hardware_clock", HardwareClockJson.of(status));
    json.set("repair", HostWatchJson.repair(status));
    if (!status.feeds().isEmpty()) {
      ArrayNode feeds = json.putArray("feeds");
      status.feeds().forEach(feed -> feeds.add(FeedJson.of(feed)));
    }
    ArrayNode sources = json.putArray("sources");
    status.sources().forEach(source -> sources.add(source(source)));
  }

  /**
   * Of our oscillator; positive = it loses time, so the sign of a drift rate is turned here too.
   */
  private static JsonNode frequency(FrequencyFacts frequency) {
    ObjectNode json = JSON.objectNode();
    json.set("loses_ppm", JsonValues.number(frequency.driftRatePpm()));
    json.set("skew_ppm", JsonValues.number(frequency.skewPpm()));
    json.set("least_ppm", JsonValues.number(frequency.minPpm()));
    json.set("most_ppm", JsonValues.number(frequency.maxPpm()));
    return json;
  }

  private static JsonNode budget(ErrorBudget budget) {
    return JSON.objectNode()
        .put("delay_half_ns", budget.delayHalfNanos())
        .put("root_delay_half_ns", budget.rootDelayHalfNanos())
        .put("root_dispersion_ns", budget.rootDispersionNanos())
        .put("precision_ns", budget.precisionNanos())
        .put("ageing_ns", budget.ageingNanos())
        .put("slew_residual_ns", budget.slewResidualNanos())
        .put("centring_ns", budget.centringNanos())
        .put("total_ns", budget.totalNanos());
  }

  /**
   * Statistics of drifts from those of offsets: the signs turn, so the greatest offset is the least
   * drift.
   */
  private static JsonNode statistics(DriftStatistics offsets) {
    ObjectNode json = JSON.objectNode().put("count", offsets.count());
    json.set("mean_ms", JsonValues.driftMillis(offsets.meanNanos()));
    json.set("median_ms", JsonValues.driftMillis(offsets.medianNanos()));
    json.set("stdev_ms", JsonValues.millis(offsets.stdevNanos()));
    json.set("min_ms", JsonValues.driftMillis(offsets.maxNanos()));
    json.set("max_ms", JsonValues.driftMillis(offsets.minNanos()));
    json.set("range_ms", JsonValues.millis(offsets.rangeNanos()));
    json.set("p95_abs_ms", JsonValues.millis(offsets.p95AbsNanos()));
    json.set("p99_abs_ms", JsonValues.millis(offsets.p99AbsNanos()));
    return json;
  }

  private static JsonNode source(SourceFacts source) {
    ObjectNode json =
        JSON.objectNode()
            .put("server", source.server())
            .put("address", source.address())
            .put("state", JsonValues.word(source.state()))
            .put("reason", source.rejection().map(JsonValues::word).orElse(null))
            .put("detail", source.detail());
    addMeasurement(json, source);
    json.put("sent", source.sentCount());
    json.put("accepted", source.acceptedCount());
    json.put("reach", source.reach());
    json.set("poll_s", JsonValues.seconds(source.pollNanos()));
    json.put("undisciplined_allowed", source.isUndisciplinedAllowed());
    json.put("smearing", source.isSmearing());
    ObjectNode rejections = json.putObject("rejections");
    new TreeMap<>(source.rejections())
        .forEach((reason, count) -> rejections.put(JsonValues.word(reason), count));
    return json;
  }

  private static void addMeasurement(ObjectNode json, SourceFacts source) {
    source
        .measurement()
        .ifPresentOrElse(
            found -> {
              json.set("drift_ms", JsonValues.driftMillis(found.offsetNanos()));
              // The signs turn: the greatest offset is the least drift.
              long greatest = found.offsetNanos() + found.errorBoundNanos();
              long least = found.offsetNanos() - found.errorBoundNanos();
              json.set("earliest_drift_ms", JsonValues.driftMillis(greatest));
              json.set("latest_drift_ms", JsonValues.driftMillis(least));
              json.set("error_bound_ms", JsonValues.millis(found.errorBoundNanos()));
              json.set("delay_ms", JsonValues.millis(found.delayNanos()));
              json.set("root_distance_ms", JsonValues.millis(found.rootDistanceNanos()));
              json.set("jitter_ms", JsonValues.millis(found.jitterNanos()));
              json.put("stratum", found.stratum());
              json.put("reference_id", found.referenceId());
              json.put("leap_indicator", found.leapIndicator());
              json.set("age_s", JsonValues.seconds(found.ageNanos()));
              json.put("reference_stale", found.isReferenceStale());
            },
            () -> {
              json.putNull("drift_ms");
              json.putNull("earliest_drift_ms");
              json.putNull("latest_drift_ms");
              json.putNull("error_bound_ms");
              json.putNull("delay_ms");
              json.putNull("stratum");
            });
  }

  private static JsonNode seconds(OptionalLong nanos) {
    return nanos.isPresent() ? JsonValues.seconds(nanos.getAsLong()) : nothing();
  }

  private static JsonNode nothing() {
    return NullNode.getInstance();
  }
}
