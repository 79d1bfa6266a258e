package com.ibstream.clocksync.history.chain;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Appends records to a chain, one file a UTC day. The only writer of its directory; whoever opens
 * it holds the lock. For one thread.
 *
 * <p>A record is in the chain once all of its bytes are in the file. What a crash or a full disk
 * left of an unfinished one is cut off before the next is written.
 */
public final class ChainWriter implements AutoCloseable {

  private final Path directory;
  private final List<String> findings = new ArrayList<>();
  private Optional<DayFile> file = Optional.empty();
  private Optional<FileChannel> channel = Optional.empty();
  private Link last = Link.NONE;
  private long goodBytes;
  private long recordsOfDay;
  private boolean isUncertain;

  private ChainWriter(Path directory) {
    this.directory = directory;
  }

  /**
   * Goes on with the chain in a directory, or begins one.
   *
   * @param directory exists, and nobody else writes there
   * @return a writer behind the last record that is as it was written
   * @throws IOException if the files cannot be read or mended
   */
  public static ChainWriter open(Path directory) throws IOException {
    ChainWriter writer = new ChainWriter(directory);
    ChainFiles files = ChainFiles.in(directory);
    writer.last = files.anchor().orElse(Link.NONE);
    for (DayFile unreadable : files.unreadable()) {
      if (!unreadable.isCompressed()) { // that is never written to: it stays, as evidence
        writer.setAside(unreadable, 0, "holds no record");
      }
    }
    if (!files.inOrder().isEmpty()) {
      writer.goOn(files.inOrder().get(files.inOrder().size() - 1));
    }
    return writer;
  }

  private void goOn(DayFile newest) throws IOException {
    Tail tail = Tail.of(newest, last);
    last = tail.last();
    recordsOfDay = tail.recordCount();
    goodBytes = tail.goodBytes();
    file = Optional.of(newest);
    if (newest.isCompressed()) {
      return;
    }
    long size = Files.size(newest.path());
    if (tail.isDamaged()) {
      setAside(newest, goodBytes, "ends with lines that are no records");
    } else if (size > goodBytes) {
      cut(newest.path(), goodBytes);
      findings.add(
          "the last "
              + (size - goodBytes)
              + " bytes of "
              + newest.path().getFileName()
              + " were an unfinished record and are cut off");
    }
  }

  /** Copies what is no record to a file of its own, so that nothing is lost, and cuts it off. */
  private void setAside(DayFile broken, long from, String why) throws IOException {
    long size = Files.size(broken.path());
    String name = broken.path().getFileName().toString();
    Path aside = directory.resolve(name + ChainFiles.SET_ASIDE);
    for (int i = 2; Files.exists(aside); i++) {
      aside = directory.resolve(name + ChainFiles.SET_ASIDE + "." + i);
    }
    if (size > 0) {
      try (FileChannel source = FileChannel.open(broken.path(), StandardOpenOption.READ);
          FileChannel copy =
              FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        source.position(from);
        copy.transferFrom(source, 0, size - from);
        copy.force(true);
      }
      findings.add(
          name
              + " "
              + why
              + "; "
              + (size - from)
              + " bytes are set aside in "
              + aside.getFileName());
    }
    if (from == 0) {
      Files.delete(broken.path());
    } else {
      cut(broken.path(), from);
    }
  }

  private static void cut(Path path, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.truncate(length);
      channel.force(true);
    }
  }

  /**
   * What was mended while the chain was opened.
   *
   * @return one clause each, for the first record and the log
   */
  public List<String> findings() {
    return List.copyOf(findings);
  }

  /**
   * The day of the newest file.
   *
   * @return empty while there is no file
   */
  public Optional<LocalDate> day() {
    return file.map(DayFile::day);
  }

  /**
   * Writes a record. It is with the operating system then; see {@link #flush}.
   *
   * @param wanted the UTC day that it belongs to; another than {@link #day()} begins a new file,
   *     also an earlier one: the day before came from a clock that was wrong
   * @param members what it says: JSON members without the braces
   * @return whether a new file was begun
   * @throws IOException if it could not be written; nothing of it counts then, and the next call
   *     tries to write where this one did
   */
  public boolean append(LocalDate wanted, String members) throws IOException {
    boolean isNew = file.filter(f -> !f.isCompressed() && f.day().equals(wanted)).isEmpty();
    if (isNew) {
      begin(wanted);
    }
    write(members);
    return isNew;
  }

  private void begin(LocalDate day) throws IOException {
    DayFile next = DayFile.of(directory, day, 1);
    while (Files.exists(next.path()) || Files.exists(next.compressed().path())) {
      next = DayFile.of(directory, day, next.turn() + 1);
    }
    flush();
    closeChannel();
    String before =
        file.map(
                f ->
                    ",\"before\":{\"day\":\""
                        + f.day()
                        + "\",\"records\":"
                        + recordsOfDay
                        + ",\"hash\":\""
                        + last.hash()
                        + "\"}")
            .orElse("");
    Optional<DayFile> previous = file;
    Link previousLast = last;
    long previousRecords = recordsOfDay;
    long previousBytes = goodBytes;
    file = Optional.of(next);
    goodBytes = 0;
    recordsOfDay = 0;
    try {
      write(opening(day) + before);
      ChainFiles.force(directory);
    } catch (IOException e) {
      last = previousLast;
      file = previous;
      recordsOfDay = previousRecords;
      goodBytes = previousBytes;
      isUncertain = false;
      closeChannel();
      Files.deleteIfExists(next.path());
      throw e;
    }
  }

  /** How every file begins, behind number and hash. */
  static String opening(LocalDate day) {
    return "\"kind\":\"day\",\"day\":\"" + day + "\"";
  }

  private void write(String members) throws IOException {
    FileChannel out = channel();
    if (isUncertain) {
      out.truncate(goodBytes);
      isUncertain = false;
    }
    Link.Line line = last.next(members);
    ByteBuffer rest = ByteBuffer.wrap(line.bytes());
    isUncertain = true;
    long position = goodBytes;
    while (rest.hasRemaining()) {
      position += out.write(rest, position);
    }
    isUncertain = false;
    goodBytes = position;
    last = line.link();
    recordsOfDay++;
  }

  private FileChannel channel() throws IOException {
    if (channel.isEmpty()) {
      channel =
          Optional.of(
              FileChannel.open(
                  file.orElseThrow().path(), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    }
    return channel.get();
  }

  /**
   * Waits until what was written would outlast a loss of power.
   *
   * @throws IOException if that cannot be had
   */
  public void flush() throws IOException {
    if (channel.isPresent()) {
      channel.get().force(false);
      checkInPlace();
    }
  }

  /** What is written to a file that somebody removed or cut is in no chain. */
  private void checkInPlace() throws IOException {
    Path path = file.orElseThrow().path();
    try {
      if (Files.size(path) == goodBytes || isUncertain) {
        return;
      }
    } catch (NoSuchFileException e) {
      throw new IOException(path + " was removed while it was written", e);
    }
    throw new IOException(path + " was changed by somebody else while it was written");
  }

  /** The newest record: whoever notes this hash elsewhere can prove that none was cut off. */
  public String lastHash() {
    return last.hash();
  }

  /** How many records the chain has, those removed by age included. */
  public long recordCount() {
    return last.number() + 1;
  }

  private void closeChannel() throws IOException {
    Optional<FileChannel> open = channel;
    channel = Optional.empty();
    if (open.isPresent()) {
      open.get().close();
    }
  }

  /** Ends writing. */
  @Override
  public void close() throws IOException {
    try {
      flush();
    } finally {
      closeChannel();
    }
  }
}
