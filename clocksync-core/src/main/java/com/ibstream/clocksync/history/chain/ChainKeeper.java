package com.ibstream.clocksync.history.chain;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Compresses files of past days, and removes those that are too old. Stateless. */
public final class ChainKeeper {

  private static final String UNFINISHED = ".new";

  private ChainKeeper() {}

  /**
   * Does what is due. The newest file is left as it is.
   *
   * @param directory of one chain, whose lock is held
   * @param today the UTC day, from a clock that is trusted
   * @param days how many days are kept, today among them; at least 1
   * @throws IOException if something could not be done; it is then tried again the next time
   */
  public static void keep(Path directory, LocalDate today, long days) throws IOException {
    removeUnfinished(directory);
    remove(directory, today.minusDays(days - 1));
    List<DayFile> files = ChainFiles.in(directory).inOrder();
    for (DayFile file : files.subList(0, Math.max(0, files.size() - 1))) {
      if (!file.isCompressed()) {
        compress(file);
      }
    }
  }

  private static void removeUnfinished(Path directory) throws IOException {
    try (var paths = Files.newDirectoryStream(directory, "*" + UNFINISHED)) {
      for (Path path : paths) {
        Files.delete(path);
      }
    }
  }

  /** The copy is complete before the original goes; until then the copy does not count. */
  private static void compress(DayFile file) throws IOException {
    Path done = file.compressed().path();
    Path unfinished = done.resolveSibling(done.getFileName() + UNFINISHED);
    SealedGzip.compress(file.path(), unfinished);
    Files.move(
        unfinished, done, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    ChainFiles.force(done.getParent());
    Files.delete(file.path());
  }

  private static void remove(Path directory, LocalDate firstKept) throws IOException {
    for (DayFile old : ChainFiles.in(directory).removed()) {
      Files.delete(old.path());
    }
    List<DayFile> files = ChainFiles.in(directory).inOrder();
    // The order is that of the records: what was written before an old day is older still, whatever
    // date a wrong clock gave it.
    int removed = files.size() - 1;
    while (removed > 0 && !files.get(removed - 1).day().isBefore(firstKept)) {
      removed--;
    }
    if (removed <= 0) {
      return;
    }
    Optional<Link> first = files.get(removed).first();
    if (first.isEmpty()) {
      return;
    }
    writeAnchor(directory, first.get(), files.get(removed).day());
    for (DayFile old : files.subList(0, removed)) {
      Files.delete(old.path());
    }
  }

  /** A record that stands where the removed ones stood: number and hash are those of the next. */
  private static void writeAnchor(Path directory, Link first, LocalDate firstDay)
      throws IOException {
    Link before = new Link(first.number() - 1, "", first.previous());
    byte[] line = before.next("\"kind\":\"anchor\",\"first_day\":\"" + firstDay + "\"").bytes();
    Path anchor = directory.resolve(ChainFiles.ANCHOR);
    Path unfinished = directory.resolve(ChainFiles.ANCHOR + UNFINISHED);
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(line);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    Files.move(
        unfinished, anchor, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    ChainFiles.force(directory);
  }
}
