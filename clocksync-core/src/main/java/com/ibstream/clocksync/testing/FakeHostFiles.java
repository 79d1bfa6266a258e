package com.ibstream.clocksync.testing;

import com.ibstream.clocksync.seam.HostFiles;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Files that a test made up; every other file is absent. Safe for threads. */
public final class FakeHostFiles implements HostFiles {

  private final Map<Path, FileContent> files = new ConcurrentHashMap<>();

  /** A host without files. */
  public FakeHostFiles() {}

  /**
   * Gives a file its text.
   *
   * @param path which file
   * @param text all of it
   * @return these files
   */
  public FakeHostFiles file(String path, String text) {
    return file(path, new FileContent(FileContent.Outcome.READ, text, ""));
  }

  /**
   * Says what reading a file gives.
   *
   * @param path which file
   * @param content for example that it may not be read
   * @return these files
   */
  public FakeHostFiles file(String path, FileContent content) {
    files.put(Path.of(path), content);
    return this;
  }

  @Override
  public FileContent read(Path path) {
    return files.getOrDefault(
        path, new FileContent(FileContent.Outcome.ABSENT, "", path + " does not exist"));
  }
}
