package com.ibstream.clocksync.health.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Numbers and times as JSON has them here: plain decimals with three places, UTC with microseconds.
 * The only place in this module where an offset (reference minus local) becomes a drift (local
 * minus reference).
 */
final class JsonValues {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int MILLI_SHIFT = 6;
  private static final int SECOND_SHIFT = 9;
  private static final int DECIMALS = 3;

  private static final DateTimeFormatter UTC_MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private JsonValues() {}

  /** The drift in milliseconds, exactly: the sign turns. */
  static BigDecimal drift(long offsetNanos) {
    return BigDecimal.valueOf(offsetNanos, MILLI_SHIFT).negate();
  }

  static JsonNode driftMillis(long offsetNanos) {
    return plain(drift(offsetNanos));
  }

  /** The drift of a statistic; null if there is none. */
  static JsonNode driftMillis(double offsetNanos) {
    return millis(-offsetNanos);
  }

  static JsonNode millis(long nanos) {
    return plain(BigDecimal.valueOf(nanos, MILLI_SHIFT));
  }

  /** Milliseconds of a statistic; null if there is none. */
  static JsonNode millis(double nanos) {
    return Double.isFinite(nanos)
        ? plain(new BigDecimal(nanos).movePointLeft(MILLI_SHIFT))
        : NullNode.getInstance();
  }

  static JsonNode seconds(long nanos) {
    return plain(BigDecimal.valueOf(nanos, SECOND_SHIFT));
  }

  /** A number as it is; null if it is none. */
  static JsonNode number(double value) {
    return Double.isFinite(value) ? plain(new BigDecimal(value)) : NullNode.getInstance();
  }

  /** A time, for example {@code 2026-11-22T12:11:29.873529+00:00}, rounded down. */
  static String utc(long epochNanos) {
    return UTC_MICROS.format(
        Instant.ofEpochSecond(
            Math.floorDiv(epochNanos, NANOS_PER_SECOND),
            Math.floorMod(epochNanos, NANOS_PER_SECOND)));
  }

  /** A number in a sentence, with one decimal. */
  static String oneDecimal(BigDecimal value) {
    return value.setScale(1, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** The name of a constant as JSON has it: lower case. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static JsonNode plain(BigDecimal value) {
    return DecimalNode.valueOf(value.setScale(DECIMALS, RoundingMode.HALF_EVEN));
  }
}
