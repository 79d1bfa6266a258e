package com.ibstream.clocksync.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.ibstream.clocksync.time.Correction;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.ClockStatus;
import com.ibstream.clocksync.verdict.HostClockEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes the members of a record. What the reports need comes first and in a fixed order, so that
 * they can leave the rest unread; names end in their unit. Stateless.
 */
final class RecordText {

  private static final JsonFactory JSON = new JsonFactory();
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private RecordText() {}

  @FunctionalInterface
  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  private static String members(String kind, Sighting sighting, Body body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("kind", kind);
      json.writeStringField("at", instant(sighting).toString());
      json.writeStringField("by", sighting.status().isSafeToStamp() ? "utc" : "system");
      json.writeNumberField("mono_ns", sighting.monoNanos());
      json.writeNumberField("wall_ns", sighting.wallEpochNanos());
      json.writeNumberField("wall_error_ns", sighting.wallErrorNanos());
      body.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return text.getBuffer().substring(1, text.getBuffer().length() - 1);
  }

  /** When it was: by the trusted clock, or else by the system clock. */
  static Instant instant(Sighting sighting) {
    long epochNanos =
        sighting.status().isSafeToStamp() ? sighting.utc().epochNanos() : sighting.wallEpochNanos();
    return Instant.ofEpochSecond(
        Math.floorDiv(epochNanos, NANOS_PER_SECOND), Math.floorMod(epochNanos, NANOS_PER_SECOND));
  }

  static String start(Sighting sighting, Origin origin, List<String> findings) {
    return members(
        "start",
        sighting,
        json -> {
          json.writeStringField("version", origin.version());
          json.writeStringField("boot", origin.bootId());
          json.writeNumberField("pid", origin.processId());
          json.writeStringField("configuration", origin.configuration());
          json.writeArrayFieldStart("mended");
          for (String finding : findings) {
            json.writeString(finding);
          }
          json.writeEndArray();
        });
  }

  static String stop(Sighting sighting) {
    return members("stop", sighting, json -> {});
  }

  static String gap(Sighting sighting, Optional<Instant> since, long count, String reason) {
    return members(
        "gap",
        sighting,
        json -> {
          if (since.isPresent()) {
            json.writeStringField("since", since.get().toString());
          }
          json.writeNumberField("records_lost", count);
          json.writeStringField("reason", reason);
        });
  }

  static String status(Sighting sighting, Optional<Span> since) {
    ClockStatus status = sighting.status();
    return members(
        "status",
        sighting,
        json -> {
          json.writeStringField("trust", word(status.trust()));
          json.writeStringField("reason", word(status.reason()));
          if (status.utc().isPresent()) {
            utc(json, status.utc().get());
            json.writeNumberField("slew_allowance_ppm", status.slewAllowancePpm());
          }
          if (since.isPresent()) {
            span(json, since.get());
          }
          json.writeNumberField("tolerance_ns", status.toleranceNanos());
          json.writeStringField("consensus", word(status.consensus()));
          json.writeNumberField("truechimers", status.truechimerCount());
          if (status.voteAgeNanos().isPresent()) {
            json.writeNumberField("vote_age_ns", status.voteAgeNanos().getAsLong());
          }
          if (status.host().service().isPresent()) {
            json.writeStringField("service", word(status.host().service().get().state()));
          }
          if (status.host().rtc().isPresent()) {
            json.writeStringField("rtc", word(status.host().rtc().get().state()));
          }
          events(json, sighting.events());
          DetailText.write(json, status);
        });
  }

  private static void utc(JsonGenerator json, ClockStatus.Utc utc) throws IOException {
    json.writeNumberField("utc_ns", utc.epochNanos());
    json.writeNumberField("utc_least_ns", utc.earliestEpochNanos());
    json.writeNumberField("utc_most_ns", utc.latestEpochNanos());
    json.writeNumberField("rate_ppm", utc.ratePpm());
  }

  private static void span(JsonGenerator json, Span since) throws IOException {
    json.writeObjectFieldStart("since");
    json.writeNumberField("mono_ns", since.fromMonoNanos());
    json.writeNumberField("least_ns", since.leastNanos());
    json.writeNumberField("most_ns", since.mostNanos());
    json.writeNumberField("bound_ns", since.boundNanos());
    json.writeNumberField("gap_ns", since.gapNanos());
    json.writeEndObject();
  }

  private static void events(JsonGenerator json, List<ClockEvent> events) throws IOException {
    if (events.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("events");
    for (ClockEvent event : events) {
      json.writeStartObject();
      json.writeStringField("type", event.getClass().getSimpleName());
      json.writeNumberField("mono_ns", event.monoNanos());
      json.writeBooleanField("warning", event.isWarning());
      if (event instanceof HostClockEvent.StampsWithdrawn withdrawn) {
        json.writeNumberField("from_ns", withdrawn.fromEpochNanos());
        json.writeNumberField("until_ns", withdrawn.untilEpochNanos());
      } else if (event instanceof HostClockEvent.ClockJumped jumped) {
        json.writeStringField("jump", word(jumped.kind()));
        json.writeNumberField("jump_ns", jumped.jumpNanos());
        json.writeNumberField("jump_error_ns", jumped.jumpErrorNanos());
      } else if (event instanceof ClockEvent.TimeCorrected corrected) {
        Correction correction = corrected.correction();
        json.writeStringField("correction", word(correction.kind()));
        json.writeNumberField("correction_ns", correction.nanos());
      }
      json.writeStringField("text", event.text());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** A word of a fixed list, in lower case. */
  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
