package com.ibstream.clocksync.examples.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads durations with their unit: {@code 250ms}, {@code 1.5s}, {@code 2m}, {@code 1h}, {@code 1d}.
 */
final class DurationText {

  private static final Pattern SHAPE =
      Pattern.compile("([+-]?\\d{1,9}(?:\\.\\d{1,9})?)(ns|us|ms|s|m|h|d)");
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L,
          "d", 86_400_000_000_000L);

  private DurationText() {}

  /**
   * Reads a duration.
   *
   * @param text number and unit
   * @return the duration, with its sign
   * @throws TypeConversionException if it is none; the message names the text
   */
  static Duration parse(String text) {
    Matcher matcher = SHAPE.matcher(text.strip());
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'"
              + text
              + "' is not a duration: a number with ns, us, ms, s, m, h or d is wanted, for example 250ms");
    }
    try {
      BigDecimal nanos =
          new BigDecimal(matcher.group(1))
              .multiply(BigDecimal.valueOf(NANOS.get(matcher.group(2))));
      return Duration.ofNanos(nanos.toBigInteger().longValueExact());
    } catch (ArithmeticException e) {
      throw new TypeConversionException("'" + text + "' is longer than 292 years");
    }
  }
}
