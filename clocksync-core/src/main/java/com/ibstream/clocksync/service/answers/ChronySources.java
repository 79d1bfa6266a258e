package com.ibstream.clocksync.service.answers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The answer of {@code chronyc -c -n sources}.
 *
 * @param sources in its order
 */
public record ChronySources(List<Source> sources) {

  private static final int FIELDS = 10;

  /** Copies the list. */
  public ChronySources {
    sources = List.copyOf(sources);
  }

  /**
   * One source.
   *
   * @param state {@code *} for the selected one
   * @param name its address, or the name of a reference clock
   * @param pollNanos its present poll interval
   * @param reach its last eight polls, as bits
   */
  public record Source(char state, String name, long pollNanos, int reach) {}

  /**
   * Reads the answer.
   *
   * @param text one line of ten fields for each source; more fields at their ends are left alone
   * @return what it says; unreadable if one line is
   */
  public static Answer<ChronySources> parse(String text) {
    List<Source> sources = new ArrayList<>();
    for (String line : text.lines().filter(each -> !each.isBlank()).toList()) {
      Optional<Source> source = source(line.strip().split(",", -1));
      if (source.isEmpty()) {
        return Answer.unreadable("chronyc sources is garbled: " + ToolOutput.quote(line));
      }
      sources.add(source.get());
    }
    return sources.isEmpty()
        ? Answer.unreadable("chronyc sources names no source")
        : Answer.read(new ChronySources(sources));
  }

  /**
   * Whether not one of them answers.
   *
   * @return true if no poll of the last eight was answered by any
   */
  public boolean areAllUnreachable() {
    return sources.stream().allMatch(source -> source.reach() == 0);
  }

  /**
   * The poll interval of the source that chronyd follows.
   *
   * @param name what it says that it follows
   * @return of the selected one; without one, of the one of that name; empty if there is neither
   */
  public OptionalLong pollNanos(String name) {
    return sources.stream()
        .filter(source -> source.state() == '*')
        .findFirst()
        .or(() -> sources.stream().filter(source -> source.name().equals(name)).findFirst())
        .map(source -> OptionalLong.of(source.pollNanos()))
        .orElse(OptionalLong.empty());
  }

  private static Optional<Source> source(String[] fields) {
    if (fields.length < FIELDS || fields[0].length() != 1 || fields[1].length() != 1) {
      return Optional.empty();
    }
    OptionalLong poll = Numbers.pollInNanos(fields[4]);
    OptionalInt reach = Numbers.reach(fields[5]);
    boolean isWhole =
        "^=#".contains(fields[0])
            && "*+-x~?".contains(fields[1])
            && !fields[2].isEmpty()
            && Numbers.whole(fields[3], 16).isPresent()
            && poll.isPresent()
            && reach.isPresent()
            && Numbers.longWhole(fields[6]).isPresent()
            && Numbers.secondsInNanos(fields[9]).isPresent();
    return isWhole
        ? Optional.of(
            new Source(fields[1].charAt(0), fields[2], poll.getAsLong(), reach.getAsInt()))
        : Optional.empty();
  }
}
