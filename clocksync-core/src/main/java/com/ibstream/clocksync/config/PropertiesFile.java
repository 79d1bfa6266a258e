package com.ibstream.clocksync.config;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Reads a {@code .properties} file (UTF-8) entry by entry, so that each keeps its line number and
 * none can silently replace another.
 */
final class PropertiesFile {

  private PropertiesFile() {}

  /**
   * Reads all entries, in order.
   *
   * @return names as written; white space at the end of a value, which nobody can see, is dropped
   * @throws IllegalArgumentException if the file cannot be read or an escape is malformed; the
   *     message names the file
   */
  static List<Setting> read(Path path) {
    List<Setting> settings = new ArrayList<>();
    List<String> lines = TextFile.read(path).lines().toList();
    int next = 0;
    while (next < lines.size()) {
      int first = next;
      StringBuilder entry = new StringBuilder(lines.get(next++));
      boolean isComment = isComment(lines.get(first));
      while (!isComment && isContinued(lines.get(next - 1)) && next < lines.size()) {
        entry.append('\n').append(lines.get(next++));
      }
      String origin = "in " + path + " line " + (first + 1);
      settings.addAll(parse(entry.toString(), origin));
    }
    return settings;
  }

  private static boolean isComment(String line) {
    String start = line.stripLeading();
    return start.startsWith("#") || start.startsWith("!");
  }

  /** An odd number of backslashes at the end continues an entry, but not a comment. */
  private static boolean isContinued(String line) {
    int backslashes = 0;
    while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  private static List<Setting> parse(String entry, String origin) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(entry));
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(malformed.getMessage() + " " + origin, malformed);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    List<Setting> settings = new ArrayList<>();
    properties.forEach(
        (name, value) ->
            settings.add(new Setting(name.toString(), value.toString().stripTrailing(), origin)));
    return settings;
  }
}
