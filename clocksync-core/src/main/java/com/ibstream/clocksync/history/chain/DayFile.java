package com.ibstream.clocksync.history.chain;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * One file of the chain: {@code clocksync-2026-11-26.jsonl}, with {@code .gz} when it is
 * compressed. Where the day of the records went back and a name was taken, a number stands behind
 * the day. Immutable.
 *
 * @param path where it is
 * @param day the UTC day of its records
 * @param turn 1, or more for a further file of that day
 * @param isCompressed whether its name says so
 */
public record DayFile(Path path, LocalDate day, int turn, boolean isCompressed) {

  private static final int BUFFER = 1 << 16;
  private static final String COMPRESSED = ".gz";

  private static final Pattern NAME =
      Pattern.compile(
          "clocksync-(?<day>\\d{4}-\\d\\d-\\d\\d)(?:\\.(?<turn>\\d{1,6}))?\\.jsonl(?<gz>\\.gz)?");

  /** The file of a day. */
  static DayFile of(Path directory, LocalDate day, int turn) {
    String name = "clocksync-" + day + (turn > 1 ? "." + turn : "") + ".jsonl";
    return new DayFile(directory.resolve(name), day, turn, false);
  }

  /** By its name; empty if it is none of ours. */
  static Optional<DayFile> of(Path path) {
    Matcher matcher = NAME.matcher(String.valueOf(path.getFileName()));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      String turn = matcher.group("turn");
      return Optional.of(
          new DayFile(
              path,
              LocalDate.parse(matcher.group("day")),
              turn == null ? 1 : Integer.parseInt(turn),
              matcher.group("gz") != null));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The same file when it is compressed. */
  DayFile compressed() {
    return isCompressed
        ? this
        : new DayFile(path.resolveSibling(path.getFileName() + COMPRESSED), day, turn, true);
  }

  /**
   * Opens it for reading.
   *
   * @return its lines, decompressed; to be closed
   * @throws IOException if it cannot be opened, or does not begin like a compressed file
   */
  public InputStream open() throws IOException {
    InputStream file = Files.newInputStream(path);
    if (!isCompressed) {
      return file;
    }
    try {
      return new GZIPInputStream(new BufferedInputStream(file, BUFFER), BUFFER);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /**
   * What its first line says of itself.
   *
   * @return empty if there is none, or it is no record
   * @throws IOException if it cannot be read
   */
  Optional<Link> first() throws IOException {
    try (InputStream stream = open()) {
      LineScanner lines = new LineScanner(stream);
      return lines.next() ? Link.head(lines.line()) : Optional.empty();
    }
  }
}
