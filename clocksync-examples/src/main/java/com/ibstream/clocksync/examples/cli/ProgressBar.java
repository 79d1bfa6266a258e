package com.ibstream.clocksync.examples.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A bar on standard error that says how much is done, if somebody is there to see it. Safe for many
 * threads.
 */
final class ProgressBar implements AutoCloseable {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final int WIDTH_CHARS = 40;

  private final Optional<PrintStream> terminal;
  private String drawn = "";

  ProgressBar(Optional<PrintStream> terminal) {
    this.terminal = terminal;
  }

  /** A bar on standard error; a silent one if that is no terminal. */
  static ProgressBar onStandardError() {
    boolean isTerminal =
        Files.exists(DESCRIPTORS) ? leadsToTerminal(DESCRIPTORS.resolve("2")) : shellSaysTerminal();
    return new ProgressBar(isTerminal ? Optional.of(System.err) : Optional.empty());
  }

  /** Whether a file descriptor, a symbolic link on Linux, leads to a terminal. */
  static boolean leadsToTerminal(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException e) {
      return false;
    }
  }

  /** The same where descriptors are no links: Java's own console tells of input and output only. */
  private static boolean shellSaysTerminal() {
    try {
      Process test =
          new ProcessBuilder("/bin/sh", "-c", "test -t 2")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      return test.waitFor(1, TimeUnit.SECONDS) && test.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Draws the bar anew, for samples. */
  void update(int doneCount, int totalCount) {
    update(doneCount, totalCount, "samples");
  }

  /** Draws the bar anew, for anything else. */
  synchronized void update(int doneCount, int totalCount, String what) {
    if (terminal.isEmpty() || totalCount <= 0) {
      return;
    }
    int filled = Math.min(WIDTH_CHARS, WIDTH_CHARS * doneCount / totalCount);
    String line =
        "["
            + "#".repeat(filled)
            + " ".repeat(WIDTH_CHARS - filled)
            + "] "
            + doneCount
            + "/"
            + totalCount
            + " "
            + what;
    if (!line.equals(drawn)) {
      int leftOver = Math.max(0, drawn.length() - line.length());
      terminal.get().print("\r" + line + " ".repeat(leftOver));
      terminal.get().flush();
      drawn = line;
    }
  }

  /** Wipes the bar away. */
  @Override
  public synchronized void close() {
    if (!drawn.isEmpty()) {
      terminal.orElseThrow().print("\r" + " ".repeat(drawn.length()) + "\r");
      terminal.get().flush();
      drawn = "";
    }
  }
}
