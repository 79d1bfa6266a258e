package com.ibstream.clocksync.config;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them ({@code 250ms}, {@code 5m}) and as ISO-8601 does ({@code
 * PT0.25S}).
 */
final class DurationText {

  private static final Pattern AMOUNT_AND_UNIT =
      Pattern.compile("([+-]?\\d{1,19}(?:\\.\\d{1,18})?)\\s*(ns|us|ms|s|m|h|d)");
  private static final Pattern ISO = Pattern.compile("[+-]?[Pp].*");
  private static final Map<String, Long> UNIT_NANOS = units();

  private DurationText() {}

  /**
   * Reads a duration of either kind and any sign.
   *
   * @return nanoseconds; empty if it is no duration, is finer than a nanosecond or does not fit 64
   *     bits
   */
  static Optional<Long> parseNanos(String text) {
    Matcher matcher = AMOUNT_AND_UNIT.matcher(text);
    try {
      if (matcher.matches()) {
        BigDecimal unitNanos = BigDecimal.valueOf(UNIT_NANOS.get(matcher.group(2)));
        return Optional.of(new BigDecimal(matcher.group(1)).multiply(unitNanos).longValueExact());
      }
      return ISO.matcher(text).matches()
          ? Optional.of(Duration.parse(text).toNanos())
          : Optional.empty();
    } catch (DateTimeException | ArithmeticException notOneOfOurs) {
      return Optional.empty();
    }
  }

  /** Writes a duration in the greatest unit that needs no fraction; days are written as hours. */
  static String format(long nanos) {
    String text = "0s";
    for (Map.Entry<String, Long> unit : UNIT_NANOS.entrySet()) {
      boolean whole = nanos != 0 && nanos % unit.getValue() == 0;
      text = whole && !unit.getKey().equals("d") ? nanos / unit.getValue() + unit.getKey() : text;
    }
    return text;
  }

  /** From the smallest to the greatest. */
  private static Map<String, Long> units() {
    Map<String, Long> nanos = new LinkedHashMap<>();
    nanos.put("ns", 1L);
    nanos.put("us", 1_000L);
    nanos.put("ms", 1_000_000L);
    nanos.put("s", 1_000_000_000L);
    nanos.put("m", Duration.ofMinutes(1).toNanos());
    nanos.put("h", Duration.ofHours(1).toNanos());
    nanos.put("d", Duration.ofDays(1).toNanos());
    return nanos;
  }
}
