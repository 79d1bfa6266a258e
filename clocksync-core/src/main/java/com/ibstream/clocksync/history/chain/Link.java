package com.ibstream.clocksync.history.chain;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * One line of the chain: {@code {"n":17,"prev":"<hash>",...,"hash":"<hash>"}}. The hash is SHA-256
 * over the bytes of the line before {@code ,"hash":}, in lower case hexadecimal. Immutable.
 *
 * @param number how many records were written before it, since the chain began
 * @param previous the hash of the record before; 64 zeros for the first of all
 * @param hash its own
 */
record Link(long number, String previous, String hash) {

  /** What comes before the first record. */
  static final Link NONE = new Link(-1, "", "0".repeat(64));

  private static final int HASH_LENGTH = 64;
  private static final String NUMBER_MARK = "{\"n\":";
  private static final String PREVIOUS_MARK = ",\"prev\":\"";
  private static final String HASH_MARK = ",\"hash\":\"";
  private static final String END = "\"}";
  private static final int TAIL_LENGTH = HASH_MARK.length() + HASH_LENGTH + END.length();
  private static final int MOST_DIGITS = 18;

  /** A record as it is written. */
  static final class Line {

    private final Link link;
    private final byte[] bytes;

    private Line(Link link, byte[] bytes) {
      this.link = link;
      this.bytes = bytes;
    }

    Link link() {
      return link;
    }

    /** The line with its line feed. */
    byte[] bytes() {
      return bytes.clone();
    }
  }

  /**
   * The record that follows this one.
   *
   * @param members what it says: JSON members without the braces, and without a line feed
   */
  Line next(String members) {
    if (members.isEmpty() || members.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a record is one line: " + members);
    }
    String head = NUMBER_MARK + (number + 1) + PREVIOUS_MARK + hash + "\"," + members;
    byte[] covered = head.getBytes(StandardCharsets.UTF_8);
    String own = hash(covered, covered.length);
    byte[] tail = (HASH_MARK + own + END + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = Arrays.copyOf(covered, covered.length + tail.length);
    System.arraycopy(tail, 0, bytes, covered.length, tail.length);
    return new Line(new Link(number + 1, hash, own), bytes);
  }

  /**
   * Reads a line.
   *
   * @param line without its line feed
   * @return the link; empty if it is no record, or its hash is not that of its bytes
   */
  static Optional<Link> of(byte[] line) {
    int covered = line.length - TAIL_LENGTH;
    if (covered <= 0) {
      return Optional.empty();
    }
    String tail = text(line, covered, line.length);
    if (!tail.startsWith(HASH_MARK) || !tail.endsWith(END)) {
      return Optional.empty();
    }
    String own = tail.substring(HASH_MARK.length(), TAIL_LENGTH - END.length());
    if (!own.equals(hash(line, covered))) {
      return Optional.empty();
    }
    return head(line).map(head -> new Link(head.number, head.previous, own));
  }

  /**
   * What a line says of itself, without a look at its hash: to find one's way.
   *
   * @param line its beginning
   */
  static Optional<Link> head(byte[] line) {
    String text =
        text(line, 0, Math.min(line.length, NUMBER_MARK.length() + MOST_DIGITS + HASH_LENGTH + 32));
    int mark = text.indexOf(PREVIOUS_MARK);
    int end = mark + PREVIOUS_MARK.length() + HASH_LENGTH;
    if (!text.startsWith(NUMBER_MARK) || mark < 0 || !text.startsWith("\",", end)) {
      return Optional.empty();
    }
    String digits = text.substring(NUMBER_MARK.length(), mark);
    if (digits.isEmpty()
        || digits.length() > MOST_DIGITS
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    return Optional.of(
        new Link(Long.parseLong(digits), text.substring(mark + PREVIOUS_MARK.length(), end), ""));
  }

  /** Whether this record follows that one. */
  boolean follows(Link before) {
    return number == before.number + 1 && previous.equals(before.hash);
  }

  /**
   * Whether these bytes are the beginning of a record that follows this one, or all of it but for
   * its line feed.
   */
  boolean isBegunBy(byte[] bytes) {
    String start = NUMBER_MARK + (number + 1) + PREVIOUS_MARK + hash + "\",";
    String text = text(bytes, 0, bytes.length);
    if (text.length() <= start.length()) {
      return start.startsWith(text);
    }
    int end = text.indexOf(HASH_MARK);
    while (end >= 0 && end + TAIL_LENGTH < text.length()) {
      if (of(Arrays.copyOf(bytes, end + TAIL_LENGTH)).isPresent()) {
        return false; // a whole record, and something in the place of its line feed
      }
      end = text.indexOf(HASH_MARK, end + 1);
    }
    return text.startsWith(start);
  }

  private static String hash(byte[] bytes, int length) {
    HashCode code = Hashing.sha256().hashBytes(bytes, 0, length);
    return code.toString();
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
