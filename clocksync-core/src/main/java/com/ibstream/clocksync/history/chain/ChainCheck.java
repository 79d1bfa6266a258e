package com.ibstream.clocksync.history.chain;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Proves a chain: every byte of every record, and that none is missing, doubled or out of order.
 *
 * <p>That the newest records were cut off cannot be seen in the files alone; whoever wants to prove
 * that notes the newest hash elsewhere.
 */
public final class ChainCheck {

  private final ChainFiles files;
  private final List<String> notes = new ArrayList<>();
  private Link before = Link.NONE;
  private long count;

  private ChainCheck(ChainFiles files) {
    this.files = files;
  }

  /**
   * Proves the chain in a directory. Reads all of it.
   *
   * @param directory of one chain
   * @return what became of it
   * @throws IOException if the directory cannot be read
   */
  public static ChainVerdict of(Path directory) throws IOException {
    ChainCheck check = new ChainCheck(ChainFiles.in(directory));
    Optional<ChainVerdict.Break> firstBreak = check.firstBreak();
    return new ChainVerdict(
        check.files.inOrder().size(), check.count, firstBreak, check.before.hash(), check.notes);
  }

  private Optional<ChainVerdict.Break> firstBreak() throws IOException {
    Optional<Link> anchor = files.anchor();
    if (anchor.isEmpty()) {
      return wrong(ChainFiles.ANCHOR, 0, "it is not as it was written");
    }
    before = anchor.get();
    if (before.number() >= 0) {
      notes.add("the first " + (before.number() + 1) + " records were removed by age");
    }
    for (String name : files.setAside()) {
      notes.add(name + " holds what was found where records should be, and counts for nothing");
    }
    if (!files.removed().isEmpty()) {
      notes.add(files.removed().size() + " files that are removed by age are still there");
    }
    for (int i = 0; i < files.inOrder().size(); i++) {
      boolean isNewest = i == files.inOrder().size() - 1;
      Optional<ChainVerdict.Break> found = check(files.inOrder().get(i), isNewest);
      if (found.isPresent()) {
        return found;
      }
    }
    for (DayFile file : files.unreadable()) {
      if (file.path().toFile().length() > 0) {
        return wrong(name(file), 1, "it is no record");
      }
      notes.add(name(file) + " is empty");
    }
    return Optional.empty();
  }

  private Optional<ChainVerdict.Break> check(DayFile file, boolean isNewest) {
    long line = 0;
    try {
      if (file.isCompressed() && !SealedGzip.isIntact(file.path())) {
        return wrong(name(file), 0, "the compressed file is not as it was written");
      }
      try (InputStream stream = file.open()) {
        LineScanner lines = new LineScanner(stream);
        while (lines.next()) {
          line++;
          byte[] bytes = lines.line();
          if (!lines.isTerminated() && isNewest && !file.isCompressed()) {
            return unfinished(file, line, bytes);
          }
          Optional<ChainVerdict.Break> found = check(file, line, bytes, lines.isTerminated());
          if (found.isPresent()) {
            return found;
          }
        }
      }
    } catch (IOException e) {
      return wrong(name(file), line, "cannot be read: " + e.getMessage());
    }
    return Optional.empty();
  }

  /**
   * A crash leaves the beginning of the next record, or zeros where its bytes should be. Anything
   * else was put there.
   */
  private Optional<ChainVerdict.Break> unfinished(DayFile file, long line, byte[] bytes) {
    if (before.isBegunBy(bytes)) {
      notes.add(name(file) + " ends with a record that is not finished, and does not count");
      return Optional.empty();
    }
    if (isZero(bytes)) {
      notes.add(name(file) + " ends with zeros, as after a loss of power");
      return Optional.empty();
    }
    return wrong(name(file), line, "the end is not the beginning of a record");
  }

  private static boolean isZero(byte[] bytes) {
    for (byte each : bytes) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  private Optional<ChainVerdict.Break> check(
      DayFile file, long line, byte[] bytes, boolean isTerminated) {
    Optional<Link> link = Link.of(bytes);
    if (link.isEmpty() || !isTerminated) {
      return wrong(name(file), line, "the record is not as it was written");
    }
    if (!link.get().follows(before)) {
      return wrong(
          name(file),
          line,
          "record "
              + link.get().number()
              + " does not follow record "
              + before.number()
              + (link.get().number() > before.number() + 1 ? ": records are missing" : ""));
    }
    if (line == 1 && !opens(file, bytes)) {
      return wrong(name(file), line, "it does not open " + file.day());
    }
    before = link.get();
    count++;
    return Optional.empty();
  }

  private static boolean opens(DayFile file, byte[] line) {
    return new String(line, StandardCharsets.UTF_8).contains(ChainWriter.opening(file.day()));
  }

  private static String name(DayFile file) {
    return String.valueOf(file.path().getFileName());
  }

  private static Optional<ChainVerdict.Break> wrong(String file, long line, String reason) {
    return Optional.of(new ChainVerdict.Break(file, line, reason));
  }
}
