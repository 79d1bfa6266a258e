package com.ibstream.clocksync.watch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.UUID;

/**
 * One repairer per host: a lock on a file, held until closed or until this process ends.
 *
 * <p>A process loses its lock if it closes <em>any</em> descriptor of that file, so a second
 * monitor in the same process must not even open it: whoever has it says so in a system property
 * first, the one place that all class loaders of a process share.
 *
 * <p>Any thread may close it, also while another one wants it; after that it is never taken again.
 */
final class RepairLock implements AutoCloseable {

  private final StateDirectory directory;
  private final Path file;
  private final String token = UUID.randomUUID().toString();
  private Optional<Held> held = Optional.empty();
  private boolean isClosed;

  RepairLock(StateDirectory directory) {
    this.directory = directory;
    this.file = directory.file("repair.lock");
  }

  private record Held(FileChannel channel, FileLock lock, String property, Object key) {}

  /** Takes the lock; empty if it is held, otherwise why it is not. */
  synchronized Optional<String> take() {
    if (isClosed) {
      return Optional.of("this monitor has ended");
    }
    try {
      if (held.isPresent()) {
        // Somebody may have removed the file; others would then lock another one.
        if (held.get().lock().isValid() && isThere(held.get().key())) {
          return Optional.empty();
        }
        release();
      }
      directory.prepare();
      String property = "clocksync.repairer:" + file.getParent().toRealPath();
      if (System.getProperties().putIfAbsent(property, token) != null) {
        return Optional.of("another monitor in this process repairs this host");
      }
      return lock(property);
    } catch (IOException | SecurityException e) {
      return Optional.of("the lock " + file + " cannot be taken: " + e);
    }
  }

  private Optional<String> lock(String property) throws IOException {
    FileChannel channel = null;
    try {
      channel = directory.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock != null) {
        held = Optional.of(new Held(channel, lock, property, key()));
        return Optional.empty();
      }
      return Optional.of("another process repairs this host");
    } catch (OverlappingFileLockException e) {
      return Optional.of("another part of this process repairs this host");
    } finally {
      if (held.isEmpty()) {
        System.getProperties().remove(property, token);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  private boolean isThere(Object key) {
    try {
      return key.equals(key());
    } catch (IOException e) {
      return false;
    }
  }

  private Object key() throws IOException {
    Object key =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    return key == null ? file : key;
  }

  synchronized boolean isHeld() {
    return held.isPresent();
  }

  @Override
  public synchronized void close() throws IOException {
    isClosed = true;
    release();
  }

  private void release() throws IOException {
    if (held.isPresent()) {
      Held was = held.get();
      held = Optional.empty();
      try {
        was.channel().close();
      } finally {
        System.getProperties().remove(was.property(), token);
      }
    }
  }
}
