package com.ibstream.clocksync.examples.cli;

import com.ibstream.clocksync.history.chain.ChainCheck;
import com.ibstream.clocksync.history.chain.ChainVerdict;
import com.ibstream.clocksync.history.stamps.StampQualifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/** Opens a history for questions about stamps; one that is not as it was written answers none. */
final class ProvedHistory {

  private ProvedHistory() {}

  /** What became of it: a qualifier, or the exit status of a command that has none. */
  record Opened(Optional<StampQualifier> qualifier, int exitStatus) {}

  static Opened open(Path directory, PrintWriter err) {
    try {
      ChainVerdict verdict = ChainCheck.of(directory);
      if (!verdict.isIntact()) {
        err.println(
            "clocksync: the history in "
                + directory
                + " is not as it was written, and proves nothing: "
                + verdict.firstBreak().orElseThrow().text());
        return new Opened(Optional.empty(), ExitStatus.CRITICAL);
      }
      OtherHistories.tell(directory, err);
      StampQualifier qualifier = StampQualifier.of(directory);
      if (qualifier.recordCount() == 0) {
        err.println("clocksync: there is no history in " + directory);
        return new Opened(Optional.empty(), ExitStatus.NO_ANSWER);
      }
      return new Opened(Optional.of(qualifier), ExitStatus.HEALTHY);
    } catch (IOException e) {
      err.println("clocksync: the history in " + directory + " cannot be read: " + e);
      return new Opened(Optional.empty(), ExitStatus.NO_ANSWER);
    }
  }
}
