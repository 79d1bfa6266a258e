package com.ibstream.clocksync.health.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.ibstream.clocksync.facts.RepairFacts;
import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes what is known of the host's time service, and what is done about it. Stateless. */
public final class HostWatchJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private HostWatchJson() {}

  /** The time service; null where nobody looks, or before the first look. */
  static JsonNode service(ClockStatus status) {
    return status.host().service().map(facts -> service(status, facts)).orElse(nothing());
  }

  private static JsonNode service(ClockStatus status, ServiceFacts facts) {
    ObjectNode json =
        JSON.objectNode()
            .put("state", JsonValues.word(facts.state()))
            .put("reason", facts.reason())
            .put("service", facts.service().map(service -> service.word()).orElse(null))
            .put("unit", facts.unit().map(ServiceFacts.Unit::name).orElse(null));
    json.set("age_s", age(status, OptionalLong.of(facts.measuredMonoNanos())));
    json.set("last_synchronised_age_s", age(status, facts.lastSynchronisedMonoNanos()));
    json.put("last_synchronised", lastSynchronised(status, facts).orElse(null));
    ArrayNode findings = json.putArray("findings");
    facts
        .findings()
        .forEach(
            finding ->
                findings
                    .addObject()
                    .put("kind", JsonValues.word(finding.kind()))
                    .put("text", finding.text()));
    json.set("claim", facts.claim().map(HostWatchJson::claim).orElse(nothing()));
    ArrayNode units = json.putArray("units");
    facts.units().forEach(unit -> units.add(unit(unit)));
    return json;
  }

  /** By the trusted clock; nothing where that is not to be believed. */
  private static Optional<String> lastSynchronised(ClockStatus status, ServiceFacts facts) {
    return facts.lastSynchronisedMonoNanos().isPresent() && status.isSafeToStamp()
        ? status
            .utc()
            .map(
                utc ->
                    JsonValues.utc(
                        utc.epochNanos()
                            - (status.asOfMonoNanos()
                                - facts.lastSynchronisedMonoNanos().getAsLong())))
        : Optional.empty();
  }

  private static JsonNode claim(ServiceFacts.Claim claim) {
    ObjectNode json =
        JSON.objectNode()
            .put("synchronised", claim.isSynchronised())
            .put("reason", claim.reason())
            .put("source", claim.source());
    json.set(
        "stratum",
        claim.stratum().isPresent() ? JSON.numberNode(claim.stratum().getAsInt()) : nothing());
    json.set("drift_ms", drift(claim.offsetNanos()));
    json.set(
        "error_bound_ms",
        claim.errorBoundNanos().isPresent()
            ? JsonValues.millis(claim.errorBoundNanos().getAsLong())
            : nothing());
    json.set("reference_age_s", seconds(claim.referenceAgeNanos()));
    json.set("poll_s", seconds(claim.pollNanos()));
    return json;
  }

  private static JsonNode unit(ServiceFacts.Unit unit) {
    return JSON.objectNode()
        .put("service", unit.service().word())
        .put("unit", unit.name())
        .put("load", unit.loadState())
        .put("active", unit.activeState())
        .put("sub", unit.subState())
        .put("result", unit.result())
        .put("unit_file", unit.unitFileState());
  }

  /**
   * What is done about the host.
   *
   * @param status what is known
   * @return a new object; null where nobody looks, or before the first look
   */
  public static JsonNode repair(ClockStatus status) {
    return status.host().repair().map(facts -> repair(status, facts)).orElse(nothing());
  }

  private static JsonNode repair(ClockStatus status, RepairFacts facts) {
    ObjectNode json =
        JSON.objectNode()
            .put("mode", JsonValues.word(facts.mode()))
            .put("decision", facts.decision())
            .put("wanted", facts.wanted().map(action -> action.word()).orElse(null))
            .put("settled", facts.isSettled());
    ArrayNode attempts = json.putArray("attempts");
    facts.attempts().forEach(attempt -> attempts.add(attempt(status, attempt)));
    return json;
  }

  private static JsonNode attempt(ClockStatus status, RepairFacts.Attempt attempt) {
    ObjectNode json =
        JSON.objectNode()
            .put("action", attempt.action().word())
            .put("reason", attempt.reason())
            .put("outcome", JsonValues.word(attempt.outcome()))
            .put("detail", attempt.detail());
    json.set("age_s", age(status, OptionalLong.of(attempt.monoNanos())));
    json.set("duration_s", JsonValues.seconds(attempt.durationNanos()));
    json.set("drift_before_ms", drift(attempt.offsetBeforeNanos()));
    json.set("drift_after_ms", drift(attempt.offsetAfterNanos()));
    return json;
  }

  private static JsonNode drift(OptionalLong offsetNanos) {
    return offsetNanos.isPresent() ? JsonValues.driftMillis(offsetNanos.getAsLong()) : nothing();
  }

  private static JsonNode age(ClockStatus status, OptionalLong monoNanos) {
    return monoNanos.isPresent()
        ? JsonValues.seconds(status.asOfMonoNanos() - monoNanos.getAsLong())
        : nothing();
  }

  private static JsonNode seconds(OptionalLong nanos) {
    return nanos.isPresent() ? JsonValues.seconds(nanos.getAsLong()) : nothing();
  }

  private static JsonNode nothing() {
    return NullNode.getInstance();
  }
}
