package com.ibstream.clocksync.health.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.ibstream.clocksync.facts.RtcFacts;
import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.health.HealthSnapshot;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.util.Optional;

/** The clock in a few words, for those who watch a system from outside. Stateless. */
final class ClockSummaryJson {

  private ClockSummaryJson() {}

  static ObjectNode of(HealthSnapshot time) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Optional<ClockStatus> status = time.status();
    boolean isKnown = time.health().offsetNanos().isPresent();
    json.put("status", time.health().status().word());
    json.put("safe_to_stamp", time.isSafeToStamp());
    if (isKnown) {
      json.set("drift_ms", JsonValues.driftMillis(time.health().offsetNanos().getAsLong()));
      json.set(
          "error_bound_ms",
          status
              .flatMap(ClockStatus::systemClock)
              .map(SystemClockFacts::errorBoundNanos)
              .map(bound -> JsonValues.millis((long) bound))
              .orElseThrow());
    } else {
      json.putNull("drift_ms").putNull("error_bound_ms");
    }
    Optional<ServiceFacts> service = status.flatMap(known -> known.host().service());
    json.put("ntp_service", service.map(facts -> JsonValues.word(facts.state())).orElse("unknown"));
    json.set("last_sync", lastSync(time, service));
    Optional<RtcFacts> rtc = status.flatMap(known -> known.host().rtc());
    json.put("hardware_clock", rtc.map(facts -> JsonValues.word(facts.state())).orElse("unknown"));
    json.set(
        "system_minus_hardware_clock_ms",
        rtc.flatMap(RtcFacts::comparison)
            .map(found -> JsonValues.millis(found.systemMinusRtc().nanos()))
            .orElse(JsonNodeFactory.instance.nullNode()));
    json.put(
        "battery", rtc.map(facts -> JsonValues.word(facts.battery().verdict())).orElse("unknown"));
    return json;
  }

  /** By trusted time; null where that or the service's word is missing. */
  private static JsonNode lastSync(HealthSnapshot time, Optional<ServiceFacts> service) {
    return time.status()
        .filter(ClockStatus::isSafeToStamp)
        .flatMap(
            status ->
                service
                    .filter(facts -> facts.lastSynchronisedMonoNanos().isPresent())
                    .flatMap(
                        facts ->
                            status
                                .utc()
                                .map(
                                    utc ->
                                        JsonValues.utc(
                                            utc.epochNanos()
                                                - status.asOfMonoNanos()
                                                + facts.lastSynchronisedMonoNanos().getAsLong()))))
        .<JsonNode>map(JsonNodeFactory.instance::textNode)
        .orElse(JsonNodeFactory.instance.nullNode());
  }
}
