package com.ibstream.clocksync.service.config;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A line that says something: neither blank nor a comment.
 *
 * @param number counted from 1
 * @param words at least one, as written
 */
record ConfigLine(int number, List<String> words) {

  /** No sensible line is longer; the rest of it is not looked at. */
  static final int MOST_CHARACTERS = 8_192;

  /** chrony's four; those of ntpd and systemd are among them. */
  private static final CharMatcher CHRONY_COMMENT = CharMatcher.anyOf("#;!%");

  private static final Splitter WORDS = Splitter.on(CharMatcher.whitespace()).omitEmptyStrings();

  ConfigLine {
    words = List.copyOf(words);
  }

  /** ntpd: a comment may begin anywhere. */
  static List<ConfigLine> ofNtpd(String text) {
    return of(text, line -> line.indexOf('#') < 0 ? line : line.substring(0, line.indexOf('#')));
  }

  /** chrony: only whole lines are comments. */
  static List<ConfigLine> ofChrony(String text) {
    return of(text, line -> isChronyComment(line) ? "" : line);
  }

  static boolean isChronyComment(String line) {
    String bare = line.strip();
    return !bare.isEmpty() && CHRONY_COMMENT.matches(bare.charAt(0));
  }

  private static List<ConfigLine> of(
      String text, java.util.function.UnaryOperator<String> withoutComment) {
    List<ConfigLine> lines = new ArrayList<>();
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      String bare = line.substring(0, Math.min(line.length(), MOST_CHARACTERS));
      List<String> words = WORDS.splitToList(withoutComment.apply(bare));
      if (!words.isEmpty()) {
        lines.add(new ConfigLine(number, words));
      }
    }
    return lines;
  }

  /**
   * The first word in lower case: chrony does not care, and a slip of the shift key is harmless.
   */
  String directive() {
    return lower(words.get(0));
  }

  /** Everything behind the first word, in lower case. */
  List<String> arguments() {
    return words.subList(1, words.size()).stream().map(ConfigLine::lower).toList();
  }

  boolean has(String argument) {
    return arguments().contains(argument);
  }

  /** The argument behind another one, such as the 4 of {@code maxsources 4}. */
  Optional<String> after(String argument) {
    int at = arguments().indexOf(argument);
    return at < 0 || at + 1 >= arguments().size()
        ? Optional.empty()
        : Optional.of(arguments().get(at + 1));
  }

  /** The line as far as a comment that does not belong there. */
  ConfigLine upTo(int wordCount) {
    return new ConfigLine(number, words.subList(0, wordCount));
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
