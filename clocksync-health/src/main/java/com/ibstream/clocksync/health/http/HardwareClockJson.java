package com.ibstream.clocksync.health.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.ibstream.clocksync.facts.BatteryFacts;
import com.ibstream.clocksync.facts.RtcFacts;
import com.ibstream.clocksync.verdict.ClockStatus;

/**
 * Writes what is known of the hardware clock and its battery. A drift is RTC minus UTC here,
 * positive = the RTC is ahead. Stateless.
 */
public final class HardwareClockJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private HardwareClockJson() {}

  /**
   * The hardware clock.
   *
   * @param status what is known
   * @return a new object; null where nobody looks, or before the first look
   */
  public static JsonNode of(ClockStatus status) {
    return status.host().rtc().map(facts -> of(status, facts)).orElse(nothing());
  }

  private static JsonNode of(ClockStatus status, RtcFacts facts) {
    ObjectNode json =
        JSON.objectNode()
            .put("state", JsonValues.word(facts.state()))
            .put("reason", facts.reason())
            .put("device", facts.device().map(RtcFacts.Device::name).orElse(null))
            .put("driver", facts.device().map(RtcFacts.Device::driver).orElse(null))
            .put(
                "sets_system_clock_at_boot",
                facts.device().map(RtcFacts.Device::isSystem).orElse(false))
            .put("kept_in", JsonValues.word(facts.keeping()));
    json.set("age_s", JsonValues.seconds(status.asOfMonoNanos() - facts.measuredMonoNanos()));
    json.set(
        "compared_age_s",
        facts
            .comparison()
            .map(known -> JsonValues.seconds(status.asOfMonoNanos() - known.monoNanos()))
            .orElse(nothing()));
    json.set(
        "time",
        facts
            .comparison()
            .<JsonNode>map(known -> JSON.textNode(JsonValues.utc(known.rtcEpochNanos())))
            .orElse(nothing()));
    json.set(
        "drift_ms",
        facts
            .comparison()
            .flatMap(RtcFacts.Comparison::offset)
            .map(offset -> JsonValues.driftMillis(offset.nanos()))
            .orElse(nothing()));
    json.set(
        "error_bound_ms",
        facts
            .comparison()
            .flatMap(RtcFacts.Comparison::offset)
            .map(offset -> JsonValues.millis(offset.boundNanos()))
            .orElse(nothing()));
    json.set(
        "system_minus_rtc_ms",
        facts
            .comparison()
            .map(known -> JsonValues.millis(known.systemMinusRtc().nanos()))
            .orElse(nothing()));
    json.set(
        "system_minus_rtc_bound_ms",
        facts
            .comparison()
            .map(known -> JsonValues.millis(known.systemMinusRtc().boundNanos()))
            .orElse(nothing()));
    json.set("rate", facts.rate().map(HardwareClockJson::rate).orElse(nothing()));
    json.set("reboot", facts.reboot().map(HardwareClockJson::reboot).orElse(nothing()));
    ArrayNode causes = json.putArray("causes");
    facts.causes().forEach(causes::add);
    ArrayNode remedy = json.putArray("remedy");
    facts.remedy().forEach(remedy::add);
    ArrayNode others = json.putArray("others");
    facts.others().forEach(device -> others.add(device.name()));
    json.set("battery", battery(facts.battery()));
    return json;
  }

  private static JsonNode rate(RtcFacts.Rate rate) {
    ObjectNode json = JSON.objectNode();
    json.set("loses_ppm", JsonValues.number(rate.driftRatePpm()));
    json.set("error_ppm", JsonValues.number(rate.errorPpm()));
    json.set("span_s", JsonValues.seconds(rate.spanNanos()));
    json.put("observations", rate.observationCount());
    json.put("writes", rate.writeCount());
    return json;
  }

  private static JsonNode reboot(RtcFacts.RebootRisk risk) {
    ObjectNode json = JSON.objectNode();
    json.set("drift_ms", JsonValues.driftMillis(risk.offsetNanos()));
    json.set("error_bound_ms", JsonValues.millis(risk.boundNanos()));
    json.put("text", risk.text());
    return json;
  }

  private static JsonNode battery(BatteryFacts battery) {
    ObjectNode json =
        JSON.objectNode()
            .put("verdict", JsonValues.word(battery.verdict()))
            .put("reason", battery.reason());
    ArrayNode signs = json.putArray("signs");
    battery
        .signs()
        .forEach(
            sign ->
                signs
                    .addObject()
                    .put("kind", JsonValues.word(sign.kind()))
                    .put("strength", JsonValues.word(sign.strength()))
                    .put("text", sign.text()));
    ArrayNode powerOffs = json.putArray("power_offs");
    battery.powerOffs().forEach(off -> powerOffs.add(powerOff(off)));
    json.set("forecast", battery.forecast().map(HardwareClockJson::forecast).orElse(nothing()));
    return json;
  }

  private static JsonNode powerOff(BatteryFacts.PowerOff off) {
    ObjectNode json =
        JSON.objectNode()
            .put("start", JsonValues.utc(off.startEpochNanos()))
            .put("end", JsonValues.utc(off.endEpochNanos()));
    json.set("lost_ms", off.isReset() ? nothing() : JsonValues.millis(off.driftNanos()));
    json.set("error_bound_ms", off.isReset() ? nothing() : JsonValues.millis(off.boundNanos()));
    json.put("reset", off.isReset());
    json.put("start_known", off.isStartKnown());
    return json;
  }

  private static JsonNode forecast(BatteryFacts.Forecast forecast) {
    ObjectNode json = JSON.objectNode();
    json.set("limit_ms", JsonValues.millis(forecast.limitNanos()));
    json.put("earliest", JsonValues.utc(forecast.earliestEpochNanos()));
    json.put(
        "latest",
        forecast.latestEpochNanos().isPresent()
            ? JsonValues.utc(forecast.latestEpochNanos().getAsLong())
            : null);
    json.set("confidence", JsonValues.number(forecast.confidence()));
    json.put("text", forecast.text());
    return json;
  }

  private static JsonNode nothing() {
    return NullNode.getInstance();
  }
}
