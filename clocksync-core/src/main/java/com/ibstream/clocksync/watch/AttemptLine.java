package com.ibstream.clocksync.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.RepairFacts.Attempt;
import com.ibstream.clocksync.facts.RepairFacts.Outcome;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One action as it stands in the file.
 *
 * @param boot the boot whose ruler its instant is on
 * @param utcEpochNanos when it began, by trusted time; empty if there was none
 */
record AttemptLine(String boot, OptionalLong utcEpochNanos, Attempt attempt) {

  private static final ObjectReader JSON =
      new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int MOST_TEXT = 400;

  String text() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("boot", boot);
    json.put("mono_ns", attempt.monoNanos());
    utcEpochNanos.ifPresent(nanos -> json.put("utc", utc(nanos)));
    json.put("action", attempt.action().word());
    json.put("outcome", word(attempt.outcome()));
    json.put("reason", PlainText.line(attempt.reason(), MOST_TEXT));
    json.put("detail", PlainText.line(attempt.detail(), MOST_TEXT));
    json.put("duration_ns", attempt.durationNanos());
    attempt.offsetBeforeNanos().ifPresent(nanos -> json.put("offset_before_ns", nanos));
    attempt.offsetAfterNanos().ifPresent(nanos -> json.put("offset_after_ns", nanos));
    return json.toString();
  }

  /** Reads a line; empty if it is not exactly what {@link #text()} writes. */
  static Optional<AttemptLine> parse(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      OptionalLong utc =
          json.has("utc")
              ? OptionalLong.of(epochNanos(Instant.parse(text(json.required("utc")))))
              : OptionalLong.empty();
      Attempt attempt =
          new Attempt(
              action(text(json.required("action"))),
              integer(json.required("mono_ns")),
              text(json.required("reason")),
              Outcome.valueOf(text(json.required("outcome")).toUpperCase(Locale.ROOT)),
              text(json.required("detail")),
              integer(json.required("duration_ns")),
              optional(json, "offset_before_ns"),
              optional(json, "offset_after_ns"));
      return Optional.of(new AttemptLine(text(json.required("boot")), utc, attempt));
    } catch (JsonProcessingException
        | IllegalArgumentException
        | DateTimeException
        | ArithmeticException e) {
      return Optional.empty();
    }
  }

  static String utc(long epochNanos) {
    return Instant.ofEpochSecond(
            Math.floorDiv(epochNanos, NANOS_PER_SECOND),
            Math.floorMod(epochNanos, NANOS_PER_SECOND))
        .toString();
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static RepairAction action(String word) {
    for (RepairAction action : RepairAction.values()) {
      if (action.word().equals(word)) {
        return action;
      }
    }
    throw new IllegalArgumentException("no action: " + word);
  }

  private static OptionalLong optional(JsonNode json, String key) {
    return json.has(key) ? OptionalLong.of(integer(json.required(key))) : OptionalLong.empty();
  }

  private static long integer(JsonNode node) {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw new IllegalArgumentException("no integer: " + node);
    }
    return node.longValue();
  }

  private static String text(JsonNode node) {
    if (!node.isTextual()) {
      throw new IllegalArgumentException("no text: " + node);
    }
    return node.textValue();
  }

  private static long epochNanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
  }
}
