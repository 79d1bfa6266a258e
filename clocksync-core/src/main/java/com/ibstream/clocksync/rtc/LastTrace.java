package com.ibstream.clocksync.rtc;

import com.ibstream.clocksync.seam.CommandRunner;
import com.ibstream.clocksync.seam.CommandRunner.CommandResult;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When the boot before this one ended: the stamp of its last entry in the journal. */
final class LastTrace {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  private static final List<String> COMMAND =
      List.of(
          "/usr/bin/journalctl",
          "--boot=-1",
          "--quiet",
          "--no-pager",
          "--lines=1",
          "--output=json",
          "--output-fields=PRIORITY");

  private static final Pattern STAMP =
      Pattern.compile("\"__REALTIME_TIMESTAMP\"\\s*:\\s*\"(\\d{1,17})\"");

  private LastTrace() {}

  /**
   * Asks the journal, which stamps by the system clock. Blocks for up to five seconds.
   *
   * @param fromEpochNanos when the clock was last seen, UTC: an earlier end is none
   * @param toEpochNanos when this boot began, UTC
   * @return nanoseconds since 1970; empty where there is no journal, it may not be read, or it says
   *     something impossible
   */
  static OptionalLong ask(CommandRunner commands, long fromEpochNanos, long toEpochNanos) {
    CommandResult result = commands.run(COMMAND, LIMIT);
    Matcher stamp = STAMP.matcher(result.output());
    if (result.outcome() != CommandResult.Outcome.EXITED
        || result.exitStatus() != 0
        || !stamp.find()) {
      return OptionalLong.empty();
    }
    long epochNanos = TimeUnit.MICROSECONDS.toNanos(Long.parseLong(stamp.group(1)));
    return epochNanos >= fromEpochNanos && epochNanos <= toEpochNanos
        ? OptionalLong.of(epochNanos)
        : OptionalLong.empty();
  }
}
