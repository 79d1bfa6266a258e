package com.ibstream.clocksync.examples.cli;

import com.ibstream.clocksync.history.chain.ChainLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Says that a directory holds more than the history that a command reads. */
final class OtherHistories {

  private OtherHistories() {}

  static void tell(Path directory, PrintWriter err) throws IOException {
    for (Path other : ChainLock.inside(directory)) {
      err.println(
          "clocksync: "
              + other
              + " is the history of another monitor, and no part of this: ask for it by itself");
    }
  }
}
