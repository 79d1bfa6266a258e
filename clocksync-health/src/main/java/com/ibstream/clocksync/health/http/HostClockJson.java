package com.ibstream.clocksync.health.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.ibstream.clocksync.facts.KernelFacts;
import com.ibstream.clocksync.facts.PauseFacts;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.verdict.ClockStatus;
import com.ibstream.clocksync.verdict.Explanation;
import java.util.OptionalLong;

/** Writes what is known of this host: its clock, its kernel, its pauses. Stateless. */
final class HostClockJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private HostClockJson() {}

  /** The system clock as it stands; null without trusted time to compare it with. */
  static JsonNode systemClock(ClockStatus status) {
    return status.systemClock().map(clock -> systemClock(status, clock)).orElse(nothing());
  }

  private static JsonNode systemClock(ClockStatus status, SystemClockFacts clock) {
    ObjectNode json = JSON.objectNode();
    json.set("bound_ms", JsonValues.millis(clock.systemClockBoundNanos()));
    json.set("last_good_s", age(status, clock.goodMonoNanos()));
    json.put("claim", JsonValues.word(clock.claim()));
    ArrayNode causes = json.putArray("causes");
    status.causes().forEach(cause -> causes.add(cause(cause)));
    return json;
  }

  /** Sizes have the sign of a drift: an explanation tells of an offset. */
  private static JsonNode cause(Explanation cause) {
    ObjectNode json =
        JSON.objectNode()
            .put("cause", JsonValues.word(cause.cause()))
            .put("consistent", cause.isConsistent());
    json.set("size_ms", JsonValues.driftMillis(cause.predictedNanos()));
    json.set("residual_ms", JsonValues.driftMillis(cause.residualNanos()));
    json.set("bound_ms", JsonValues.millis(cause.errorBoundNanos()));
    json.put("text", cause.text());
    return json;
  }

  /** What the kernel claims; null where it cannot be asked. */
  static JsonNode kernel(ClockStatus status) {
    return status.kernel().map(HostClockJson::kernel).orElse(nothing());
  }

  private static JsonNode kernel(KernelFacts kernel) {
    ObjectNode json = JSON.objectNode().put("synchronised", kernel.isSynchronised());
    json.set("frequency_ppm", JsonValues.number(kernel.frequencyPpm()));
    json.set("max_error_ms", JsonValues.millis(kernel.maxErrorNanos()));
    json.set("estimated_error_ms", JsonValues.millis(kernel.estimatedErrorNanos()));
    json.set(
        "tai_utc_s",
        kernel.taiMinusUtcSeconds().isPresent()
            ? JSON.numberNode(kernel.taiMinusUtcSeconds().getAsInt())
            : nothing());
    json.put("leap", JsonValues.word(kernel.leap()));
    return json;
  }

  static JsonNode pauses(ClockStatus status) {
    PauseFacts pauses = status.pauses();
    ObjectNode json = JSON.objectNode().put("count", pauses.count());
    json.set("total_s", JsonValues.seconds(pauses.totalNanos()));
    json.set("longest_s", JsonValues.seconds(pauses.longestNanos()));
    json.set("last_s", JsonValues.seconds(pauses.lastNanos()));
    json.set("last_age_s", age(status, pauses.lastMonoNanos()));
    return json;
  }

  private static JsonNode age(ClockStatus status, OptionalLong monoNanos) {
    return monoNanos.isPresent()
        ? JsonValues.seconds(status.asOfMonoNanos() - monoNanos.getAsLong())
        : nothing();
  }

  private static JsonNode nothing() {
    return NullNode.getInstance();
  }
}
