package com.ibstream.clocksync.health.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.ibstream.clocksync.facts.DriftStatistics;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.health.ClockHealth;
import com.ibstream.clocksync.health.HealthSnapshot;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.util.Optional;

/**
 * Writes the {@code time_sync} object: the keys of the existing service, and ours beside them.
 * Stateless.
 *
 * <p>Without a trustworthy measurement {@code drift_ms} is null and {@code message} says why; no
 * other status has a null drift. Numbers are plain, with three decimals, never NaN or infinite.
 */
public final class StatusJson {

  private static final String SIGN_CONVENTION =
      "system clock minus reference: positive = system clock is ahead";

  private StatusJson() {}

  /**
   * The {@code time_sync} object.
   *
   * @param snapshot health and status of one instant
   * @return a new object
   */
  public static ObjectNode timeSync(HealthSnapshot snapshot) {
    ClockHealth health = snapshot.health();
    Optional<ClockStatus> status = snapshot.status();
    Optional<SystemClockFacts> clock =
        health.offsetNanos().isPresent()
            ? status.flatMap(ClockStatus::systemClock)
            : Optional.empty();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("status", health.status().word());
    if (clock.isEmpty()) {
      json.put("message", health.message());
    }
    clock.ifPresentOrElse(
        facts -> json.set("drift_ms", JsonValues.driftMillis(facts.offsetNanos())),
        () -> json.putNull("drift_ms"));
    DriftStatistics samples =
        clock.isPresent() ? status.orElseThrow().sampleStatistics() : DriftStatistics.EMPTY;
    json.set("precision_ms", JsonValues.millis(samples.stdevNanos()));
    json.set("range_ms", JsonValues.millis(samples.rangeNanos()));
    json.put("servers_available", status.map(ClockStatus::usableServerCount).orElse(0));
    status.ifPresent(present -> json.put("total_servers", present.configuredServerCount()));
    json.put("classification", health.driftClass().map(JsonValues::word).orElse("unknown"));
    json.put("source", "clocksync");
    clock.ifPresent(
        facts ->
            json.put("timestamp", JsonValues.utc(facts.systemEpochNanos() + facts.offsetNanos())));
    addBounds(json, snapshot, clock);
    json.set("clocksync", DetailJson.of(snapshot));
    return json;
  }

  private static void addBounds(
      ObjectNode json, HealthSnapshot snapshot, Optional<SystemClockFacts> clock) {
    if (clock.isPresent()) {
      SystemClockFacts facts = clock.get();
      json.set("uncertainty_ms", JsonValues.millis(facts.errorBoundNanos()));
      json.set("earliest_drift_ms", JsonValues.driftMillis(facts.latestOffsetNanos()));
      json.set("latest_drift_ms", JsonValues.driftMillis(facts.earliestOffsetNanos()));
      long asOfMonoNanos = snapshot.status().orElseThrow().asOfMonoNanos();
      json.set("age_s", JsonValues.seconds(asOfMonoNanos - facts.measuredMonoNanos()));
    } else {
      json.putNull("uncertainty_ms");
      json.putNull("earliest_drift_ms");
      json.putNull("latest_drift_ms");
      json.putNull("age_s");
    }
    json.put("sign_convention", SIGN_CONVENTION);
    json.put("synchronised", snapshot.isSynchronised());
    json.put("safe_to_stamp", snapshot.isSafeToStamp());
    json.put(
        "trust",
        snapshot.status().map(status -> JsonValues.word(status.trust())).orElse("unknown"));
    json.put(
        "trust_reason",
        snapshot.status().map(status -> JsonValues.word(status.reason())).orElse("no_status"));
  }
}
