package com.ibstream.clocksync.service.answers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table that {@code ntpq -pn} prints, of ntpsec or of the older ntpd. Its columns are not
 * trusted to be where the header is: wide values overflow them.
 *
 * @param peers in its order
 */
public record NtpsecPeers(List<Peer> peers) {

  private static final Pattern HEADER = Pattern.compile("\\s*remote\\s+refid\\s+st\\s+t\\s.*");
  private static final Pattern ROW =
      Pattern.compile(
          "([ x.\\-+#*o])(\\S+)\\s+(\\S+)\\s+(\\d{1,2})\\s+(\\S)\\s+(-|\\d{1,10}[smhdy]?)"
              + "\\s+(\\d{1,10}[smhdy]?)\\s+([0-7]{1,3})\\s+([-+.\\d][-+.\\d\\s]*)");
  private static final Pattern NAME_ALONE = Pattern.compile("[ x.\\-+#*o]\\S+\\s*");
  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(\\.\\d+)?");

  /** Three numbers of one digit before the point and three behind it, and what is between them. */
  private static final int LEAST_NUMBERS_LENGTH = 17;

  private static final int MOST_STRATUM = 16;

  /** Some 27 years: "when" of a peer that was never heard may be absurd, but not more. */
  private static final int MOST_SECONDS = 860_000_000;

  /** Copies the list. */
  public NtpsecPeers {
    peers = List.copyOf(peers);
  }

  /**
   * One peer.
   *
   * @param tally what ntpd thinks of it: {@code *} and {@code o} mark the one that it follows; may
   *     be a blank
   * @param remote its address, perhaps cut, or the name of a reference clock
   * @param sinceNanos time since it was last heard; empty for {@code -}, which is never or just now
   * @param pollNanos its present poll interval
   * @param reach its last eight polls, as bits
   * @param offsetNanos its clock minus ours; positive = our clock is behind; empty if the columns
   *     ran into each other
   */
  public record Peer(
      char tally,
      String remote,
      OptionalLong sinceNanos,
      long pollNanos,
      int reach,
      OptionalLong offsetNanos) {}

  /**
   * Reads the table.
   *
   * @param text a header, a rule, and one row for each peer
   * @return its rows; unreadable if one of them is
   */
  public static Answer<NtpsecPeers> parse(String text) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    if (lines.size() < 2
        || !HEADER.matcher(lines.get(0)).matches()
        || !lines.get(1).startsWith("====")) {
      return Answer.unreadable("ntpq -p has no table: " + ToolOutput.quote(text));
    }
    List<Peer> peers = new ArrayList<>();
    for (String row : rows(lines.subList(2, lines.size()))) {
      Optional<Peer> peer = peer(row);
      if (peer.isEmpty()) {
        return Answer.unreadable("ntpq -p has a garbled row: " + ToolOutput.quote(row));
      }
      peers.add(peer.get());
    }
    return peers.isEmpty()
        ? Answer.unreadable("ntpq -p names no peer")
        : Answer.read(new NtpsecPeers(peers));
  }

  /**
   * The peer that ntpd follows.
   *
   * @return the one whose tally says so; empty if there is none
   */
  public Optional<Peer> selected() {
    return peers.stream().filter(peer -> peer.tally() == '*' || peer.tally() == 'o').findFirst();
  }

  /**
   * Whether not one of them answers.
   *
   * @return true if no poll of the last eight was answered by any
   */
  public boolean areAllUnreachable() {
    return peers.stream().allMatch(peer -> peer.reach() == 0);
  }

  /** A name too long for its column may have a line of its own. */
  private static List<String> rows(List<String> lines) {
    List<String> rows = new ArrayList<>();
    String name = "";
    for (String line : lines) {
      if (NAME_ALONE.matcher(line).matches() && name.isEmpty()) {
        name = line;
      } else {
        rows.add(name + line);
        name = "";
      }
    }
    if (!name.isEmpty()) {
      rows.add(name); // the table was cut here: no row
    }
    return rows;
  }

  private static Optional<Peer> peer(String row) {
    Matcher matcher = ROW.matcher(row);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    boolean isJustNowOrNever = matcher.group(6).equals("-");
    OptionalLong since = isJustNowOrNever ? OptionalLong.of(0) : interval(matcher.group(6));
    OptionalLong poll = interval(matcher.group(7));
    OptionalInt reach = Numbers.reach(matcher.group(8));
    String rest = matcher.group(9).strip();
    List<String> numbers = NUMBER.matcher(rest).results().map(MatchResult::group).toList();
    boolean hasThree = numbers.size() == 3;
    if (since.isEmpty()
        || poll.isEmpty()
        || reach.isEmpty()
        || Numbers.whole(matcher.group(4), MOST_STRATUM).isEmpty()
        || (!hasThree && rest.length() < LEAST_NUMBERS_LENGTH)) {
      return Optional.empty();
    }
    return Optional.of(
        new Peer(
            matcher.group(1).charAt(0),
            matcher.group(2),
            isJustNowOrNever ? OptionalLong.empty() : since,
            poll.getAsLong(),
            reach.getAsInt(),
            hasThree ? Numbers.millisInNanos(numbers.get(1)) : OptionalLong.empty()));
  }

  /** Seconds, or a number with the first letter of a unit. */
  private static OptionalLong interval(String text) {
    char last = text.charAt(text.length() - 1);
    boolean hasUnit = Character.isLetter(last);
    String digits = hasUnit ? text.substring(0, text.length() - 1) : text;
    OptionalInt count = Numbers.whole(digits, MOST_SECONDS);
    long seconds =
        switch (hasUnit ? last : 's') {
          case 'm' -> 60L;
          case 'h' -> 3600L;
          case 'd' -> 86_400L;
          case 'y' -> 31_556_952L;
          default -> 1L;
        };
    return count.isEmpty() || count.getAsInt() > MOST_SECONDS / seconds
        ? OptionalLong.empty()
        : OptionalLong.of(count.getAsInt() * seconds * 1_000_000_000L);
  }
}
