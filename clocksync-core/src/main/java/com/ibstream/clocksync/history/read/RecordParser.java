package com.ibstream.clocksync.history.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.ibstream.clocksync.time.TrustLevel;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/** Reads one line, as far as the details. For one thread. */
final class RecordParser {

  private static final JsonFactory JSON = new JsonFactory();
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private HistoryRecord.Kind kind = HistoryRecord.Kind.OTHER;
  private OptionalLong at = OptionalLong.empty();
  private boolean isByUtc;
  private long mono;
  private long wall;
  private long wallError;
  private TrustLevel trust = TrustLevel.UNKNOWN;
  private String reason = "";
  private OptionalLong utc = OptionalLong.empty();
  private long utcLeast;
  private long utcMost;
  private double rate;
  private double slewAllowance;
  private Optional<HistoryRecord.Since> since = Optional.empty();
  private long tolerance;
  private OptionalLong voteAge = OptionalLong.empty();
  private Optional<String> service = Optional.empty();
  private Optional<String> rtc = Optional.empty();
  private List<HistoryRecord.Event> events = List.of();
  private List<HistoryRecord.Source> sources = List.of();
  private final LongPredicate isDetailed;

  private RecordParser(LongPredicate isDetailed) {
    this.isDetailed = isDetailed;
  }

  /**
   * Reads a line.
   *
   * @param isDetailed whether the servers of a record of that time are wanted
   * @return empty if it is no record
   */
  static Optional<HistoryRecord> parse(
      byte[] bytes, int start, int length, LongPredicate isDetailed) {
    RecordParser parser = new RecordParser(isDetailed);
    try (JsonParser json = JSON.createParser(bytes, start, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      String name = json.nextFieldName();
      while (name != null && (!name.equals("details") || parser.wantsDetails())) {
        json.nextToken();
        parser.take(name, json);
        name = json.nextFieldName();
      }
    } catch (IOException | DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
    return Optional.of(parser.record());
  }

  private boolean wantsDetails() {
    return at.isPresent() && isDetailed.test(at.getAsLong());
  }

  private void take(String name, JsonParser json) throws IOException {
    switch (name) {
      case "kind" -> kind = kind(json.getText());
      case "at" -> at = OptionalLong.of(epochNanos(json.getText()));
      case "by" -> isByUtc = json.getText().equals("utc");
      case "mono_ns" -> mono = json.getLongValue();
      case "wall_ns" -> wall = json.getLongValue();
      case "wall_error_ns" -> wallError = json.getLongValue();
      case "trust" -> trust = trust(json.getText());
      case "reason" -> reason = json.getText();
      case "utc_ns" -> utc = OptionalLong.of(json.getLongValue());
      case "utc_least_ns" -> utcLeast = json.getLongValue();
      case "utc_most_ns" -> utcMost = json.getLongValue();
      case "rate_ppm" -> rate = json.getDoubleValue();
      case "slew_allowance_ppm" -> slewAllowance = json.getDoubleValue();
      case "since" -> since = Optional.of(since(json));
      case "tolerance_ns" -> tolerance = json.getLongValue();
      case "vote_age_ns" -> voteAge = OptionalLong.of(json.getLongValue());
      case "service" -> service = Optional.of(json.getText());
      case "rtc" -> rtc = Optional.of(json.getText());
      case "events" -> events = events(json);
      case "details" -> details(json);
      default -> json.skipChildren();
    }
  }

  private HistoryRecord record() {
    return new HistoryRecord(
        at.isPresent() ? kind : HistoryRecord.Kind.OTHER,
        at.orElse(0),
        isByUtc,
        mono,
        wall,
        wallError,
        trust,
        reason,
        utc.isPresent()
            ? Optional.of(
                new HistoryRecord.Utc(utc.getAsLong(), utcLeast, utcMost, rate, slewAllowance))
            : Optional.empty(),
        since,
        tolerance,
        voteAge,
        service,
        rtc,
        events,
        sources);
  }

  private void details(JsonParser json) throws IOException {
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      if (name.equals("sources")) {
        sources = SourceParser.sources(json);
      } else {
        json.skipChildren();
      }
    }
  }

  private static HistoryRecord.Kind kind(String word) {
    return switch (word) {
      case "status" -> HistoryRecord.Kind.STATUS;
      case "start" -> HistoryRecord.Kind.START;
      case "stop" -> HistoryRecord.Kind.STOP;
      case "gap" -> HistoryRecord.Kind.GAP;
      default -> HistoryRecord.Kind.OTHER;
    };
  }

  /** A word that nobody knows is no reason to trust. */
  private static TrustLevel trust(String word) {
    for (TrustLevel level : TrustLevel.values()) {
      if (level.name().toLowerCase(Locale.ROOT).equals(word)) {
        return level;
      }
    }
    return TrustLevel.UNKNOWN;
  }

  private static long epochNanos(String text) {
    Instant instant = Instant.parse(text);
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
  }

  private static HistoryRecord.Since since(JsonParser json) throws IOException {
    long from = Long.MIN_VALUE;
    long least = Long.MIN_VALUE / 4;
    long most = Long.MAX_VALUE / 4;
    long bound = Long.MAX_VALUE / 4;
    long gap = Long.MAX_VALUE / 4;
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      switch (name) {
        case "mono_ns" -> from = json.getLongValue();
        case "least_ns" -> least = json.getLongValue();
        case "most_ns" -> most = json.getLongValue();
        case "bound_ns" -> bound = json.getLongValue();
        case "gap_ns" -> gap = json.getLongValue();
        default -> json.skipChildren();
      }
    }
    return new HistoryRecord.Since(from, least, most, bound, gap);
  }

  private static List<HistoryRecord.Event> events(JsonParser json) throws IOException {
    List<HistoryRecord.Event> events = new ArrayList<>();
    while (json.nextToken() == JsonToken.START_OBJECT) {
      String type = "";
      boolean isWarning = false;
      String text = "";
      OptionalLong from = OptionalLong.empty();
      OptionalLong until = OptionalLong.empty();
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        json.nextToken();
        switch (name) {
          case "type" -> type = json.getText();
          case "warning" -> isWarning = json.getBooleanValue();
          case "text" -> text = json.getText();
          case "from_ns" -> from = OptionalLong.of(json.getLongValue());
          case "until_ns" -> until = OptionalLong.of(json.getLongValue());
          default -> json.skipChildren();
        }
      }
      events.add(new HistoryRecord.Event(type, isWarning, text, from, until));
    }
    return events;
  }
}
