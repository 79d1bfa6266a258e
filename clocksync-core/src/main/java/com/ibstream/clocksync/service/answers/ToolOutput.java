package com.ibstream.clocksync.service.answers;

import com.ibstream.clocksync.facts.ServiceFacts.Finding;
import com.ibstream.clocksync.seam.CommandRunner.CommandResult;
import java.util.Locale;

/** What a run of a tool is worth, before anybody looks at what it printed. */
public final class ToolOutput {

  private static final int QUOTED_CHARACTERS = 120;

  private ToolOutput() {}

  /**
   * The text that a tool printed. An exit status of 0 proves nothing: {@code ntpq} ends with it
   * when nobody answers.
   *
   * @param tool its name, for people
   * @param result what it did
   * @return its standard output, which is not blank; or why there is none
   */
  public static Answer<String> of(String tool, CommandResult result) {
    return switch (result.outcome()) {
      case TIMED_OUT -> Answer.missing(Finding.Kind.TOOL_SILENT, tool + " did not answer in time");
      case ABSENT, NOT_STARTED ->
          Answer.missing(
              Finding.Kind.TOOL_ABSENT, tool + " could not be run: " + quote(result.error()));
      case EXITED -> exited(tool, result);
    };
  }

  /**
   * The beginning of what a tool printed, fit for one line.
   *
   * @param text anything
   * @return its first line with something on it, without control characters, cut at a limit
   */
  public static String quote(String text) {
    String line =
        text.lines().filter(each -> !each.isBlank()).findFirst().orElse("nothing").strip();
    String start = line.length() > QUOTED_CHARACTERS ? line.substring(0, QUOTED_CHARACTERS) : line;
    return start.replaceAll("\\p{Cntrl}", "?");
  }

  private static Answer<String> exited(String tool, CommandResult result) {
    boolean isBlank = result.output().isBlank();
    if (result.exitStatus() == 0 && !isBlank) {
      return Answer.read(result.output());
    }
    String words = quote(isBlank ? result.error() : result.output());
    if (saysThatNobodyAnswers(words)) {
      return Answer.missing(Finding.Kind.TOOL_SILENT, tool + " got no answer: " + words);
    }
    return Answer.unreadable(
        result.exitStatus() == 0
            ? tool + " printed no answer: " + words
            : tool + " ended with status " + result.exitStatus() + ": " + words);
  }

  private static boolean saysThatNobodyAnswers(String words) {
    String lower = words.toLowerCase(Locale.ROOT);
    return lower.contains("cannot talk to daemon")
        || lower.contains("not running")
        || lower.contains("connection refused")
        || lower.contains("timed out");
  }
}
