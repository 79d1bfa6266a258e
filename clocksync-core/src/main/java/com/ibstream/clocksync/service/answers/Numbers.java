package com.ibstream.clocksync.service.answers;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Numbers as the tools print them: decimals, also with an exponent, as ntpsec's Python prints small
 * ones. Anything else, also NaN, infinities and what is too great for half of 64-bit nanoseconds
 * (sums must not overflow), is no number.
 */
final class Numbers {

  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?\\d{1,15}(\\.\\d{1,20})?([eE][-+]?\\d{1,2})?");
  private static final Pattern WHOLE = Pattern.compile("\\d{1,9}");
  private static final Pattern OCTAL = Pattern.compile("[0-3]?[0-7]{1,2}");
  private static final Pattern LONG_WHOLE = Pattern.compile("\\d{1,18}");
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE / 2);

  private Numbers() {}

  static OptionalLong secondsInNanos(String text) {
    return inNanos(text, 9);
  }

  static OptionalLong millisInNanos(String text) {
    return inNanos(text, 6);
  }

  static OptionalLong inNanos(String text, int digits) {
    if (!DECIMAL.matcher(text).matches()) {
      return OptionalLong.empty();
    }
    BigDecimal nanos = new BigDecimal(text).movePointRight(digits);
    return nanos.abs().compareTo(MOST) > 0
        ? OptionalLong.empty()
        : OptionalLong.of(nanos.setScale(0, RoundingMode.HALF_EVEN).longValue());
  }

  /** A number without sign and fraction, up to a limit. */
  static OptionalInt whole(String text, int most) {
    if (!WHOLE.matcher(text).matches()) {
      return OptionalInt.empty();
    }
    int value = Integer.parseInt(text);
    return value <= most ? OptionalInt.of(value) : OptionalInt.empty();
  }

  static OptionalLong longWhole(String text) {
    return LONG_WHOLE.matcher(text).matches()
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  /** The last eight polls, as the tools print them: up to 377. */
  static OptionalInt reach(String text) {
    return OCTAL.matcher(text).matches()
        ? OptionalInt.of(Integer.parseInt(text, 8))
        : OptionalInt.empty();
  }

  /** The interval that a tool gives as a power of two of seconds. */
  static OptionalLong pollInNanos(String text) {
    boolean isNegative = text.startsWith("-");
    OptionalInt power = whole(isNegative ? text.substring(1) : text, isNegative ? 10 : 24);
    if (power.isEmpty()) {
      return OptionalLong.empty();
    }
    long second = 1_000_000_000L;
    return OptionalLong.of(isNegative ? second >> power.getAsInt() : second << power.getAsInt());
  }
}
