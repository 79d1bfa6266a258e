package com.ibstream.clocksync.history.chain;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The right to write to a chain: one holder in all processes of the host. */
public final class ChainLock implements AutoCloseable {

  private static final String NAME = "history.lock";

  private final Path directory;
  private final FileChannel channel;

  /** Before the number of a writer that is not the first. */
  private static final String INSIDE = "jvm-";

  private ChainLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Takes the first directory that nobody writes to: the given one, or one inside it.
   *
   * @param directory is made if it is not there
   * @param most how many are tried
   * @return the lock; empty if all are taken
   * @throws IOException if a directory cannot be made or used
   */
  public static Optional<ChainLock> takeFirst(Path directory, int most) throws IOException {
    for (int i = 1; i <= most; i++) {
      Optional<ChainLock> lock = take(i == 1 ? directory : directory.resolve(INSIDE + i));
      if (lock.isPresent()) {
        return lock;
      }
    }
    return Optional.empty();
  }

  /**
   * The chains of other writers inside a directory. Each is a history of its own.
   *
   * @param directory of one chain
   * @return the directories inside it, by name; not whether there is anything in them
   * @throws IOException if it cannot be read
   */
  public static List<Path> inside(Path directory) throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths
          .filter(path -> path.getFileName().toString().matches(INSIDE + "\\d+"))
          .filter(Files::isDirectory)
          .sorted()
          .toList();
    }
  }

  private static Optional<ChainLock> take(Path directory) throws IOException {
    Files.createDirectories(directory);
    FileChannel channel =
        FileChannel.open(
            directory.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(new ChainLock(directory, channel));
      }
    } catch (OverlappingFileLockException e) {
      // Another monitor of this process.
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return Optional.empty();
  }

  /**
   * Where the holder may write.
   *
   * @return the directory that was asked for, or one inside it
   */
  public Path directory() {
    return directory;
  }

  /** Gives it back. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
