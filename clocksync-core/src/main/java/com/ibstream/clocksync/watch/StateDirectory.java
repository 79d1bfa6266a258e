package com.ibstream.clocksync.watch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The directory of what is kept between runs. What others may write there could lead root's own
 * writing astray, or make the limits of repairs forgotten, so such a directory is refused; no link
 * in it is followed. What root creates belongs to whom the directory belongs, who has to go on with
 * it.
 */
final class StateDirectory {

  private static final int ROOT = 0;
  private static final int WRITABLE_BY_OTHERS = 0022;
  private static final int MODE_BITS = 07777;

  private static final String UNFINISHED = ".new";
  private static final Duration LEFT = Duration.ofHours(1);

  private static final String PERMISSIONS = "rwxr-xr-x";

  private final Path directory;

  StateDirectory(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
  }

  /** Who may write where. */
  record Owned(int uid, int mode) {

    static Owned of(Path path, LinkOption... options) throws IOException {
      return new Owned(
          (Integer) Files.getAttribute(path, "unix:uid", options),
          (Integer) Files.getAttribute(path, "unix:mode", options) & MODE_BITS);
    }

    boolean isOpenToOthers() {
      return (mode & WRITABLE_BY_OTHERS) != 0;
    }
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  /**
   * Makes sure that it is there and ours to use.
   *
   * @throws IOException if it is not, with the reason
   */
  void prepare() throws IOException {
    if (!isUnix()) {
      Files.createDirectories(directory);
      return;
    }
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PERMISSIONS)));
    Path real = directory.toRealPath();
    Path parent = real.getParent() == null ? real : real.getParent();
    int us = us();
    int link = Owned.of(directory, LinkOption.NOFOLLOW_LINKS).uid();
    Optional<String> objection =
        link != us && link != ROOT
            ? Optional.of("it is a link of another user")
            : objection(us, Owned.of(real), Owned.of(parent));
    if (objection.isPresent()) {
      throw new IOException("the directory " + directory + " is refused: " + objection.get());
    }
  }

  /**
   * What is wrong with a directory.
   *
   * @param us whom this process acts as
   */
  static Optional<String> objection(int us, Owned directory, Owned parent) {
    if (directory.isOpenToOthers()) {
      return Optional.of("its group or everybody may write there");
    }
    // Where only root can make a directory, root gave it to its owner.
    boolean isGiven = us == ROOT && parent.uid() == ROOT && !parent.isOpenToOthers();
    return directory.uid() == us || directory.uid() == ROOT || isGiven
        ? Optional.empty()
        : Optional.of("it belongs to user " + directory.uid() + ", and we are " + us);
  }

  /**
   * Opens one of its files, never through a link.
   *
   * @throws IOException also if there is a link in its place
   */
  FileChannel open(Path file, StandardOpenOption... options) throws IOException {
    List<OpenOption> all = new ArrayList<>(List.of(options));
    all.add(LinkOption.NOFOLLOW_LINKS);
    FileChannel channel = FileChannel.open(file, all.toArray(OpenOption[]::new));
    try {
      if (List.of(options).contains(StandardOpenOption.CREATE)) {
        giveAway(file);
      }
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private void giveAway(Path file) throws IOException {
    if (!isUnix() || us() != ROOT) {
      return;
    }
    int owner = Owned.of(directory).uid();
    if (owner != Owned.of(file, LinkOption.NOFOLLOW_LINKS).uid()) {
      Files.setAttribute(
          file, "unix:gid", Files.getAttribute(directory, "unix:gid"), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(file, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
    }
  }

  /**
   * The whole text of one of its files.
   *
   * @throws java.nio.file.NoSuchFileException if it is not there
   * @throws IOException also if it is longer than it may be, or no text
   */
  String text(Path file, int mostBytes) throws IOException {
    try (FileChannel channel = open(file, StandardOpenOption.READ);
        InputStream bytes = Channels.newInputStream(channel)) {
      if (channel.size() > mostBytes) {
        throw new IOException("it is far longer than it was written");
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.readNBytes(mostBytes)))
          .toString();
    }
  }

  /** Replaces one of its files as a whole, so that a crash leaves the old one or the new one. */
  void replace(Path file, String text) throws IOException {
    prepare();
    // a name of its own: another process, perhaps of another container, may replace it now
    Path fresh = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + UNFINISHED);
    try {
      try (FileChannel channel =
          open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        giveAway(fresh);
        writeAll(channel, text.getBytes(StandardCharsets.UTF_8));
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(fresh);
      throw e;
    }
    removeLeft(file);
    try (FileChannel parent = FileChannel.open(file.getParent())) {
      parent.force(true); // or the new name may not outlast a crash
    }
  }

  /** What a crash has left, by the stamps of the files alone. */
  private void removeLeft(Path file) throws IOException {
    String names = file.getFileName() + ".*" + UNFINISHED;
    Instant old = Files.getLastModifiedTime(file).toInstant().minus(LEFT);
    try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, names)) {
      for (Path path : left) {
        if (Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant().isBefore(old)) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
    channel.force(true);
  }

  private boolean isUnix() {
    return directory.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  private static int us() throws IOException {
    if (!Files.exists(Privilege.PROCESS)) {
      Path home = Path.of(System.getProperty("user.home", "/"));
      return (Integer) Files.getAttribute(home, "unix:uid");
    }
    return Privilege.effectiveUid(Files.readString(Privilege.PROCESS, StandardCharsets.ISO_8859_1))
        .orElseThrow(() -> new IOException(Privilege.PROCESS + " does not say who we are"));
  }
}
