package com.ibstream.clocksync.config;

import com.google.common.base.Splitter;
import com.google.common.primitives.Longs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One configuration key: its name, its default, what it allows and how its text is read. Immutable.
 *
 * @param <T> {@code Long} for nanoseconds and counts, {@code Double} for ppm, {@code Boolean} for
 *     flags, a text, or a list of them
 */
public final class Key<T> {

  private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");

  private final String name;
  private final String unit;
  private final T defaultValue;
  private final String defaultText;
  private final String range;
  private final String rule;
  private final Function<String, Optional<T>> parser;

  private Key(
      String name,
      String unit,
      T defaultValue,
      String defaultText,
      String range,
      String rule,
      Function<String, Optional<T>> parser) {
    this.name = name;
    this.unit = unit;
    this.defaultValue = defaultValue;
    this.defaultText = defaultText;
    this.range = range;
    this.rule = rule;
    this.parser = parser;
  }

  static Key<Long> duration(String name, Duration byDefault, Duration least, Duration most) {
    long leastNanos = least.toNanos();
    long mostNanos = most.toNanos();
    String range = DurationText.format(leastNanos) + " to " + DurationText.format(mostNanos);
    return new Key<>(
        name,
        "duration",
        byDefault.toNanos(),
        DurationText.format(byDefault.toNanos()),
        range,
        "a duration from " + range + ", written like 250ms, 5m or PT1S",
        text ->
            DurationText.parseNanos(text)
                .filter(nanos -> nanos >= leastNanos && nanos <= mostNanos));
  }

  static Key<Double> ppm(String name, double byDefault, double least, double most) {
    String range = decimal(least) + " to " + decimal(most);
    return new Key<>(
        name,
        "parts per million",
        byDefault,
        decimal(byDefault),
        range,
        "a number from " + range + " (parts per million)",
        text ->
            Optional.of(text)
                .filter(number -> DECIMAL.matcher(number).matches())
                .map(Double::valueOf)
                .filter(ppm -> ppm >= least && ppm <= most));
  }

  static Key<Boolean> flag(String name, boolean byDefault) {
    return new Key<>(
        name,
        "flag",
        byDefault,
        Boolean.toString(byDefault),
        "true or false",
        "true or false",
        text ->
            Optional.of(text)
                .filter(word -> word.equals("true") || word.equals("false"))
                .map(Boolean::valueOf));
  }

  static Key<List<String>> hosts(String name, List<String> byDefault, int least, int most) {
    String range = least + " to " + most;
    return new Key<>(
        name,
        "host names or literal addresses",
        List.copyOf(byDefault),
        String.join(",", byDefault),
        range,
        "a comma-separated list of " + range + " hosts without an empty entry",
        text ->
            Optional.of(split(text))
                .filter(hosts -> hosts.size() >= least && hosts.size() <= most)
                .filter(hosts -> !hosts.contains("")));
  }

  static Key<String> choice(String name, String byDefault, List<String> words) {
    String range = String.join(", ", words);
    return new Key<>(
        name,
        "word",
        byDefault,
        byDefault,
        range,
        "one of " + range,
        text -> Optional.of(text).filter(words::contains));
  }

  static Key<List<String>> choices(String name, List<String> byDefault, List<String> words) {
    String range = "any of " + String.join(", ", words);
    return new Key<>(
        name,
        "words",
        List.copyOf(byDefault),
        String.join(",", byDefault),
        range,
        "a comma-separated list of " + range,
        text -> Optional.of(split(text)).filter(words::containsAll));
  }

  static Key<Long> count(String name, String unit, long byDefault, long least, long most) {
    String range = least + " to " + most;
    return new Key<>(
        name,
        unit,
        byDefault,
        Long.toString(byDefault),
        range,
        "a whole number from " + range,
        text ->
            Optional.of(text)
                .map(Longs::tryParse)
                .filter(number -> number >= least && number <= most));
  }

  /** A text of which somebody else knows whether it makes sense. */
  static Key<String> text(
      String name, String unit, String byDefault, String range, Pattern pattern) {
    return new Key<>(
        name,
        unit,
        byDefault,
        byDefault,
        range,
        range,
        text -> Optional.of(text).filter(value -> pattern.matcher(value).matches()));
  }

  private static List<String> split(String text) {
    return text.isEmpty() ? List.of() : Splitter.on(',').trimResults().splitToList(text);
  }

  private static String decimal(double value) {
    return Double.toString(value).replaceFirst("\\.0$", "");
  }

  /**
   * The bare name.
   *
   * @return for example {@code poll.min}
   */
  public String name() {
    return name;
  }

  /**
   * What the value is counted in, or what it is, for people.
   *
   * @return for example {@code parts per million}
   */
  public String unit() {
    return unit;
  }

  /**
   * The value where nobody sets one.
   *
   * @return within the range
   */
  public T defaultValue() {
    return defaultValue;
  }

  /**
   * The default as it would be written.
   *
   * @return empty text for an empty list
   */
  public String defaultText() {
    return defaultText;
  }

  /**
   * What is allowed, for people.
   *
   * @return least and greatest value, or least and greatest number of entries
   */
  public String range() {
    return range;
  }

  /**
   * Reads and checks a text.
   *
   * @param setting what somebody wrote for this key
   * @return the value, within the range
   * @throws IllegalArgumentException if it is not allowed; the message holds the key, the rule, the
   *     text and its origin
   */
  public T read(Setting setting) {
    return parser
        .apply(setting.value().strip())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    name
                        + " must be "
                        + rule
                        + ", but is \""
                        + setting.value()
                        + "\" ("
                        + setting.where()
                        + ")"));
  }
}
