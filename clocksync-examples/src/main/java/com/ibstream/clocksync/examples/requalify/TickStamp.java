package com.ibstream.clocksync.examples.requalify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The host's stamp in a recorded tick, and where the record ends. Immutable.
 *
 * @param format how the record is made up
 * @param epochNanos the stamp as it stands there; empty if there is none that can be read
 * @param feedSeconds the feed's own time, whole seconds since 1970; empty if there is none, or if
 *     it may be the host's time in its place
 * @param isQualified whether somebody has added to it before
 * @param end the position of its closing brace in the line
 */
record TickStamp(
    Format format,
    OptionalLong epochNanos,
    OptionalLong feedSeconds,
    boolean isQualified,
    int end) {

  private static final JsonFactory JSON = new JsonFactory();
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long NANOS_PER_MICRO = 1_000L;
  private static final long MICROS_PER_SECOND = 1_000_000L;

  /** The year 2262, where nanoseconds end. */
  private static final long MOST_SECONDS = Long.MAX_VALUE / NANOS_PER_SECOND;

  /** The two kinds of records that IB-Stream writes. */
  enum Format {
    /** Envelope with an ISO-8601 {@code timestamp}. */
    V2("clock_time", "clock_error_us", "clock_quality"),
    /** Flat, with the host's time in {@code st}, microseconds. */
    V3("cst", "cse", "csq");

    private final String timeField;
    private final String errorField;
    private final String qualityField;

    Format(String timeField, String errorField, String qualityField) {
      this.timeField = timeField;
      this.errorField = errorField;
      this.qualityField = qualityField;
    }

    String timeField() {
      return timeField;
    }

    String errorField() {
      return errorField;
    }

    String qualityField() {
      return qualityField;
    }
  }

  /**
   * Reads a line.
   *
   * @return empty if it is not one JSON object, or neither kind of record
   */
  static Optional<TickStamp> of(byte[] bytes, int start, int length) {
    Optional<Format> format = Optional.empty();
    OptionalLong stamp = OptionalLong.empty();
    OptionalLong feed = OptionalLong.empty();
    boolean isQualified = false;
    try (JsonParser json = JSON.createParser(bytes, start, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        JsonToken value = json.nextToken();
        switch (name) {
          case "st" -> {
            format = Optional.of(Format.V3);
            stamp = value == JsonToken.VALUE_NUMBER_INT ? micros(json) : OptionalLong.empty();
          }
          case "timestamp" -> {
            if (format.isEmpty()) {
              format = Optional.of(Format.V2);
              stamp = value == JsonToken.VALUE_STRING ? iso(json.getText()) : OptionalLong.empty();
            }
          }
          case "ts" -> feed = seconds(json);
          case "data" -> {
            if (value == JsonToken.START_OBJECT) {
              feed = feedOfData(json);
            } else {
              json.skipChildren();
            }
          }
          case "csq", "clock_quality" -> isQualified = true;
          default -> json.skipChildren();
        }
      }
      if (json.currentToken() != JsonToken.END_OBJECT) {
        return Optional.empty();
      }
      int end = (int) json.currentTokenLocation().getByteOffset();
      if (json.nextToken() != null) {
        return Optional.empty();
      }
      OptionalLong found = stamp;
      OptionalLong told = feed;
      boolean isDone = isQualified;
      return format.map(kind -> new TickStamp(kind, found, told, isDone, end));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static OptionalLong micros(JsonParser json) throws IOException {
    if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      return OptionalLong.empty();
    }
    long micros = json.getLongValue();
    return micros > Long.MAX_VALUE / NANOS_PER_MICRO || micros < 0
        ? OptionalLong.empty()
        : OptionalLong.of(micros * NANOS_PER_MICRO);
  }

  private static OptionalLong feedOfData(JsonParser json) throws IOException {
    OptionalLong feed = OptionalLong.empty();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      if (name.equals("unix_time")) {
        feed = seconds(json);
      } else {
        json.skipChildren();
      }
    }
    return feed;
  }

  /**
   * Seconds, or microseconds that are whole seconds: the feed knows no better. A fraction is the
   * host's own time, put in where the feed told none.
   */
  private static OptionalLong seconds(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
        || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      json.skipChildren();
      return OptionalLong.empty();
    }
    long value = json.getLongValue();
    if (value > 0 && value <= MOST_SECONDS) {
      return OptionalLong.of(value);
    }
    return value > MOST_SECONDS * MICROS_PER_SECOND || value % MICROS_PER_SECOND != 0
        ? OptionalLong.empty()
        : OptionalLong.of(value / MICROS_PER_SECOND);
  }

  /** A time without a zone is nobody's, and not ours to guess. */
  private static OptionalLong iso(String text) {
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      return OptionalLong.of(
          Math.addExact(
              Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano()));
    } catch (DateTimeException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }
}
