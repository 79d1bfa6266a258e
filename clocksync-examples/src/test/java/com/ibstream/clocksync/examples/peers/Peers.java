package com.ibstream.clocksync.examples.peers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/** Finds the real programs that some tests need. */
final class Peers {

  private static final String REQUIRE = "REQUIRE_NTP_PEERS";

  private Peers() {}

  /** The NTP server of the chrony package; the test is skipped where it is absent. */
  static Path chronyd() {
    return require(
        "chronyd", "chrony", "/usr/sbin/chronyd", "/usr/local/sbin/chronyd", "/sbin/chronyd");
  }

  /**
   * The program that runs others under a false system clock; the test is skipped where it is
   * absent.
   */
  static Path faketime() {
    return require("faketime", "faketime", "/usr/bin/faketime", "/usr/local/bin/faketime");
  }

  /** The library behind that program, for clocks that change while a process runs. */
  static Path faketimeLibrary() {
    return require(
        "libfaketimeMT.so.1",
        "libfaketime",
        "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
        "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
        "/usr/lib/faketime/libfaketimeMT.so.1",
        "/usr/local/lib/faketime/libfaketimeMT.so.1");
  }

  /** The server of the prometheus package; the test is skipped where it is absent. */
  static Path prometheus() {
    return require("prometheus", "prometheus", "/usr/bin/prometheus", "/usr/local/bin/prometheus");
  }

  /** The tool beside it, which tests rules; the test is skipped where it is absent. */
  static Path promtool() {
    return require("promtool", "prometheus", "/usr/bin/promtool", "/usr/local/bin/promtool");
  }

  /** What the guide's lines for Python processes run on; the test is skipped where it is absent. */
  static Path python() {
    return require("python3", "python3", "/usr/bin/python3", "/usr/local/bin/python3");
  }

  private static Path require(String program, String packageName, String... places) {
    Optional<Path> found =
        List.of(places).stream().map(Path::of).filter(Files::isReadable).findFirst();
    if (found.isPresent()) {
      return found.get();
    }
    String message =
        "SKIPPED: no "
            + program
            + " on this machine (package "
            + packageName
            + "), looked in "
            + List.of(places);
    if ("true".equals(System.getenv(REQUIRE))) {
      throw new AssertionError(message.replace("SKIPPED", REQUIRE + "=true"));
    }
    System.err.println(message);
    throw new TestAbortedException(message);
  }
}
