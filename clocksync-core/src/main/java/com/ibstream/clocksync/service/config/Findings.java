package com.ibstream.clocksync.service.config;

import com.google.common.base.CharMatcher;
import com.ibstream.clocksync.facts.ConfigFinding;
import com.ibstream.clocksync.facts.ConfigFinding.Kind;
import com.ibstream.clocksync.facts.ConfigFinding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/** Collects what is found in one file. One thread. */
final class Findings {

  /** Nobody reads more, and a hostile file must not fill the memory. */
  static final int MOST = 500;

  private static final int MOST_QUOTED = 80;
  private static final CharMatcher UNPRINTABLE = CharMatcher.forPredicate(Findings::isUnprintable);

  private final String file;
  private final List<ConfigFinding> found = new ArrayList<>();
  private boolean isFull;

  Findings(String file) {
    this.file = file;
  }

  void add(Kind kind, Severity severity, ConfigLine line, String reason, String remedy) {
    add(kind, severity, OptionalInt.of(line.number()), reason, remedy);
  }

  /** Something that concerns the file as a whole. */
  void add(Kind kind, Severity severity, String reason, String remedy) {
    add(kind, severity, OptionalInt.empty(), reason, remedy);
  }

  private void add(Kind kind, Severity severity, OptionalInt line, String reason, String remedy) {
    if (found.size() < MOST) {
      found.add(
          new ConfigFinding(file, line, kind, severity, printable(reason), printable(remedy)));
    } else {
      isFull = true;
    }
  }

  /** In the order of the lines; what concerns the whole file comes last. */
  List<ConfigFinding> inOrder() {
    List<ConfigFinding> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparingInt(finding -> finding.line().orElse(Integer.MAX_VALUE)));
    if (isFull) {
      sorted.add(
          new ConfigFinding(
              file,
              OptionalInt.empty(),
              Kind.TOO_LONG,
              Severity.WARNING,
              "there is more to find than the " + MOST + " findings listed",
              ""));
    }
    return List.copyOf(sorted);
  }

  /** A word of the file, for a sentence: as written, but never endless. */
  static String bare(String word) {
    return word.length() <= MOST_QUOTED ? word : word.substring(0, MOST_QUOTED) + "...";
  }

  private static boolean isUnprintable(char character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** A file may hold control characters; they do not reach anybody's terminal. */
  private static String printable(String text) {
    return UNPRINTABLE.replaceFrom(text, '?');
  }
}
