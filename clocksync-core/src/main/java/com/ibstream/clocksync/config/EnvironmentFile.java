package com.ibstream.clocksync.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads our variables out of a file in the service's {@code .env} format. The other lines are other
 * people's: they may be referred to, and may hold anything.
 *
 * <p>A line is {@code KEY=VALUE}, with or without {@code export}. Single quotes take a value
 * literally; double quotes and no quotes allow <code>${VAR}</code> and <code>${VAR:-default}</code>
 * , where the process's own variables win over earlier lines. A {@code #} starts a comment at the
 * start of a line and after white space.
 */
final class EnvironmentFile {

  /** Deeper references are no configuration, and would cost the stack. */
  private static final int DEEPEST_REFERENCE = 32;

  // A dot is any character: Unicode has ends of lines that end none of ours.
  private static final Pattern LINE =
      Pattern.compile("(?:export\\s+)?([^=\\s]+)\\s*=(.*)", Pattern.DOTALL);
  private static final Pattern OURS =
      Pattern.compile("(?:export\\s+)?" + Notation.ENVIRONMENT_PREFIX + ".*", Pattern.DOTALL);
  // Begins with the first of several white spaces, so that many of them cost no time.
  private static final Pattern COMMENT = Pattern.compile("(?<!\\s)\\s++#.*$", Pattern.DOTALL);

  private final List<Setting> settings = new ArrayList<>();
  private final Map<String, String> variables = new HashMap<>();
  private final Map<String, String> environment;

  private EnvironmentFile(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Reads our variables, in order.
   *
   * @param environment the process's variables, for references
   * @return names with their prefix
   * @throws IllegalArgumentException if the file cannot be read or a line of ours is malformed or
   *     refers to a variable that is not set; the message names file and line
   */
  static List<Setting> read(Path path, Map<String, String> environment) {
    EnvironmentFile file = new EnvironmentFile(environment);
    List<String> lines = TextFile.read(path).lines().toList();
    for (int index = 0; index < lines.size(); index++) {
      file.take(lines.get(index).strip(), "in " + path + " line " + (index + 1));
    }
    return List.copyOf(file.settings);
  }

  private void take(String line, String origin) {
    boolean ours = OURS.matcher(line).matches();
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      if (ours) {
        throw new IllegalArgumentException("\"" + line + "\" " + origin + " is not KEY=VALUE");
      }
      return;
    }
    String name = matcher.group(1);
    try {
      String value = unquote(matcher.group(2));
      variables.put(name, value);
      if (ours) {
        settings.add(new Setting(name, value, origin));
      }
    } catch (IllegalArgumentException malformed) {
      variables.remove(name);
      if (ours) {
        throw new IllegalArgumentException(
            name + " " + origin + ": " + malformed.getMessage(), malformed);
      }
    }
  }

  private String unquote(String written) {
    String text = written.strip();
    char quote = text.isEmpty() ? ' ' : text.charAt(0);
    if (quote != '\'' && quote != '"') {
      return expand(COMMENT.matcher(written).replaceFirst("").strip(), 0);
    }
    int end = text.indexOf(quote, 1);
    if (end < 0) {
      throw new IllegalArgumentException("the quote " + quote + " is not closed in: " + text);
    }
    String rest = COMMENT.matcher(text.substring(end + 1)).replaceFirst("").strip();
    if (!rest.isEmpty()) {
      throw new IllegalArgumentException("text after the closing quote in: " + text);
    }
    String inner = text.substring(1, end);
    return quote == '\'' ? inner : expand(inner, 0);
  }

  private String expand(String text, int depth) {
    if (depth > DEEPEST_REFERENCE) {
      throw new IllegalArgumentException(
          "references are nested deeper than " + DEEPEST_REFERENCE + " times");
    }
    StringBuilder expanded = new StringBuilder();
    int done = 0;
    for (int start = text.indexOf("${"); start >= 0; start = text.indexOf("${", done)) {
      int end = closingBrace(text, start + 2);
      expanded.append(text, done, start).append(valueOf(text.substring(start + 2, end), depth));
      done = end + 1;
    }
    return expanded.append(text.substring(done)).toString();
  }

  private static int closingBrace(String text, int from) {
    int open = 1;
    for (int at = from; at < text.length(); at++) {
      if (text.startsWith("${", at)) {
        open++;
      } else if (text.charAt(at) == '}' && --open == 0) {
        return at;
      }
    }
    throw new IllegalArgumentException("a brace is not closed in: " + text);
  }

  private String valueOf(String reference, int depth) {
    int defaultAt = reference.indexOf(":-");
    String name = defaultAt < 0 ? reference : reference.substring(0, defaultAt);
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException(
          "only ${VAR} and ${VAR:-default} are understood, not ${" + reference + "}");
    }
    String value = environment.getOrDefault(name, variables.getOrDefault(name, ""));
    if (!value.isEmpty()) {
      return value;
    }
    if (defaultAt < 0) {
      throw new IllegalArgumentException(
          "${" + name + "} is empty or not set, and no default is given");
    }
    return expand(reference.substring(defaultAt + 2), depth + 1);
  }
}
