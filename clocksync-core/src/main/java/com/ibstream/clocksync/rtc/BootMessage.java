package com.ibstream.clocksync.rtc;

import com.ibstream.clocksync.seam.CommandRunner;
import com.ibstream.clocksync.seam.CommandRunner.CommandResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the hardware clock showed when this boot began: the kernel writes it down when it sets the
 * system clock by it, a second or two after power came on and before anybody could have set it.
 *
 * @param epochSeconds what it showed, seconds since 1970
 * @param monoNanos when, on Linux's monotonic clock, which is the ruler
 */
record BootMessage(long epochSeconds, long monoNanos) {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  private static final List<String> COMMAND =
      List.of(
          "/usr/bin/journalctl",
          "--boot",
          "--dmesg",
          "--quiet",
          "--no-pager",
          "--output=json",
          "--output-fields=MESSAGE,_SOURCE_MONOTONIC_TIMESTAMP",
          "--grep=setting system clock to");

  private static final Pattern MESSAGE =
      Pattern.compile(
          "\"MESSAGE\"\\s*:\\s*\"[^\"]{0,200}setting system clock to [^\"(]{0,60}\\((\\d{1,12})\\)");

  private static final Pattern STAMP =
      Pattern.compile("\"_SOURCE_MONOTONIC_TIMESTAMP\"\\s*:\\s*\"(-?\\d{1,18})\"");

  /**
   * Asks the journal. Blocks for up to five seconds.
   *
   * @return the message; empty where there is no journal, it may not be read, or it says nothing
   */
  static Optional<BootMessage> ask(CommandRunner commands) {
    CommandResult result = commands.run(COMMAND, LIMIT);
    boolean isAnswer = result.outcome() == CommandResult.Outcome.EXITED && result.exitStatus() == 0;
    return isAnswer ? parse(result.output()) : Optional.empty();
  }

  /** The first message counts: drivers that are loaded late may set the clock again. */
  static Optional<BootMessage> parse(String output) {
    for (String line : output.lines().toList()) {
      Matcher message = MESSAGE.matcher(line);
      Matcher stamp = STAMP.matcher(line);
      if (message.find() && stamp.find()) {
        return Optional.of(
            new BootMessage(
                Long.parseLong(message.group(1)),
                TimeUnit.MICROSECONDS.toNanos(Long.parseLong(stamp.group(1)))));
      }
    }
    return Optional.empty();
  }
}
