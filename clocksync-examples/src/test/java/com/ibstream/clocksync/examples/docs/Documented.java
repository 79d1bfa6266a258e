package com.ibstream.clocksync.examples.docs;

import com.ibstream.clocksync.examples.cli.CommandLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command as the documentation has it.
 *
 * @param where page and line
 * @param isShown whether it stands in a block of its own; otherwise a sentence mentions it, and may
 *     leave out what the command needs
 * @param text the whole line
 * @param command one of its commands
 */
record Documented(String where, boolean isShown, String text, Shell.Command command) {

  /** Blocks in these languages hold no commands, and have tests of their own. */
  private static final Set<String> OTHER_LANGUAGES =
      Set.of("java", "python", "json", "xml", "dotenv");

  /** How indented lines begin that are no commands: pictures, formulas, data and output. */
  private static final List<String> NO_COMMANDS =
      List.of(
          "ntp, system -> ",
          "sources (ntp, system, ",
          "UTC at (M1+M4)/2 = ",
          "{\"ts\":",
          "clocksync.history.directory=/",
          "ntp.conf:11: error: ");

  /** What a sentence mentions is a command if it begins like this. */
  private static final Pattern MENTIONED =
      Pattern.compile(
          "(?:[A-Z_]+=\\S+ )?(?:clocksync|mvn|java|curl|python3|\\S+/run\\.sh) .*|\\.ci/.*");

  static final Set<String> SUBCOMMANDS =
      CommandLines.create(Map.of()).getCommandSpec().subcommands().keySet();

  @Override
  public String toString() {
    return where + ": " + String.join(" ", command.words());
  }

  /** Every command of the README and of all pages. */
  static List<Documented> all() {
    return Page.all().stream().flatMap(Documented::of).toList();
  }

  /** Every command of a page. */
  static Stream<Documented> of(Page page) {
    List<Documented> all = new ArrayList<>();
    for (Page.Block block : page.blocks()) {
      if (!OTHER_LANGUAGES.contains(block.language()) && !isOutput(block)) {
        all.addAll(shown(page, block));
      }
    }
    for (Page.Text span : page.spans()) {
      all.addAll(mentioned(page.name() + ":" + span.line(), span.text()));
    }
    return all.stream();
  }

  /** Output is fenced without a language; an unknown language is looked at, and so noticed. */
  private static boolean isOutput(Page.Block block) {
    return block.isFenced() && block.language().equals(Page.NO_LANGUAGE);
  }

  /** A line goes on in the next one after a backslash, and in one that is indented further. */
  private static List<Documented> shown(Page page, Page.Block block) {
    List<Documented> shown = new ArrayList<>();
    String whole = "";
    for (int at = block.lines().size() - 1; at >= 0; at--) {
      String line = block.lines().get(at);
      boolean goesOn = at > 0 && (line.startsWith(" ") || block.lines().get(at - 1).endsWith("\\"));
      whole = line.replaceFirst("\\\\$", "").strip() + " " + whole;
      if (!goesOn) {
        shown.addAll(0, of(page.name() + ":" + (block.line() + at), true, whole.strip()));
        whole = "";
      }
    }
    return shown;
  }

  private static List<Documented> mentioned(String where, String span) {
    boolean isSubcommand =
        span.contains(" ") && SUBCOMMANDS.contains(span.substring(0, span.indexOf(' ')));
    String text = isSubcommand ? "clocksync " + span : span;
    return MENTIONED.matcher(text).matches() ? of(where, false, text) : List.of();
  }

  private static List<Documented> of(String where, boolean isShown, String text) {
    if (text.isBlank() || NO_COMMANDS.stream().anyMatch(text::startsWith)) {
      return List.of();
    }
    return Shell.commands(text).stream()
        .map(command -> new Documented(where, isShown, text, command))
        .toList();
  }
}
