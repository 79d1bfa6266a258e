package com.ibstream.clocksync.examples.docs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a line apart as a shell does, as far as the documentation goes. */
final class Shell {

  private static final Set<String> OPERATORS = Set.of("&&", "||", "|", ";");
  private static final Pattern WORD =
      Pattern.compile("\\s*(?:(#.*)|((?:'[^']*'|\"[^\"]*\"|[^\\s'\"])+))");
  private static final Pattern QUOTED = Pattern.compile("'([^']*)'|\"([^\"]*)\"");
  private static final Pattern ASSIGNMENT = Pattern.compile("([A-Z_][A-Z0-9_]*)=(.*)");

  private Shell() {}

  /**
   * A command of a line.
   *
   * @param environment what is set before it
   * @param words program and arguments
   * @param isFed whether its input is the output of the one before
   */
  record Command(Map<String, String> environment, List<String> words, boolean isFed) {

    String program() {
      return words.get(0);
    }

    List<String> args() {
      return words.subList(1, words.size());
    }
  }

  /** The commands of a line; what is in brackets stays together, as in a synopsis. */
  static List<Command> commands(String line) {
    List<Command> commands = new ArrayList<>();
    List<String> words = new ArrayList<>();
    boolean isFed = false;
    int depth = 0;
    for (String word : words(line)) {
      if (depth == 0 && OPERATORS.contains(word)) {
        commands.add(command(words, isFed));
        words.clear();
        isFed = word.equals("|");
      } else {
        words.add(word);
        depth += count(word, '[') - count(word, ']');
      }
    }
    commands.add(command(words, isFed));
    return commands;
  }

  private static Command command(List<String> words, boolean isFed) {
    Map<String, String> environment = new LinkedHashMap<>();
    List<String> rest = new ArrayList<>();
    for (int at = 0; at < words.size(); at++) {
      Matcher assignment = ASSIGNMENT.matcher(words.get(at));
      if (rest.isEmpty() && assignment.matches()) {
        environment.put(assignment.group(1), assignment.group(2));
      } else if (words.get(at).equals(">")) {
        at++;
      } else {
        rest.add(unquoted(words.get(at)));
      }
    }
    if (rest.isEmpty()) {
      throw new IllegalArgumentException("no command: " + words);
    }
    return new Command(environment, rest, isFed);
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line);
    while (word.lookingAt()) {
      if (word.group(2) != null) {
        words.add(word.group(2));
      }
      word.region(word.end(), line.length());
    }
    if (!line.substring(word.regionStart()).isBlank()) {
      throw new IllegalArgumentException("a quote is not closed: " + line);
    }
    return words;
  }

  private static String unquoted(String word) {
    return QUOTED
        .matcher(word)
        .replaceAll(
            quoted ->
                Matcher.quoteReplacement(
                    quoted.group(1) != null ? quoted.group(1) : quoted.group(2)));
  }

  private static int count(String word, char wanted) {
    return (int) word.chars().filter(c -> c == wanted).count();
  }
}
