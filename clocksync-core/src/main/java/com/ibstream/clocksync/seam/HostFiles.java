package com.ibstream.clocksync.seam;

import java.nio.file.Path;

/** Reads small text files of the host, such as those under {@code /proc} and {@code /sys}. */
@FunctionalInterface
public interface HostFiles {

  /**
   * Reads a file as UTF-8, up to a limit. May block; not for the monitor's thread.
   *
   * @param path which
   * @return its text, or why there is none
   */
  FileContent read(Path path);

  /**
   * What reading a file gave.
   *
   * @param outcome whether there is a text
   * @param text the text; empty unless {@link Outcome#READ} or {@link Outcome#CUT}
   * @param detail why there is none, for people; empty if there is one
   */
  record FileContent(Outcome outcome, String text, String detail) {

    /** Whether a file could be read. */
    public enum Outcome {
      /** All of it. */
      READ,
      /** Its beginning; it is longer than the limit. */
      CUT,
      /** There is no such file. */
      ABSENT,
      /** It may not be read. */
      DENIED,
      /**
       * Whoever makes up its content says that there is none that is valid (EINVAL), as a hardware
       * clock does that knows that it lost its time.
       */
      INVALID,
      /** Reading failed in another way. */
      FAILED
    }
  }
}
