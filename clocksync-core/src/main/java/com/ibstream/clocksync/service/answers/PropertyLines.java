package com.ibstream.clocksync.service.answers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The {@code Name=value} lines that systemd's tools print, in whatever order. */
final class PropertyLines {

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]*");

  private PropertyLines() {}

  /** Reads one block; lines that are no properties are passed over. */
  static Map<String, String> block(String text) {
    Map<String, String> properties = new LinkedHashMap<>();
    blocks(text, "").forEach(properties::putAll);
    return properties;
  }

  /**
   * Reads several blocks.
   *
   * @param text blocks with blank lines between them
   * @param key a property that every block has once: a second one begins a new block also where the
   *     blank line got lost
   */
  static List<Map<String, String>> blocks(String text, String key) {
    List<Map<String, String>> blocks = new ArrayList<>();
    Map<String, String> open = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      int equals = line.indexOf('=');
      String name = equals < 0 ? "" : line.substring(0, equals);
      if (line.isBlank() || (name.equals(key) && open.containsKey(key))) {
        close(blocks, open);
        open = new LinkedHashMap<>();
      }
      if (NAME.matcher(name).matches()) {
        open.putIfAbsent(name, line.substring(equals + 1).strip());
      }
    }
    close(blocks, open);
    return blocks;
  }

  private static void close(List<Map<String, String>> blocks, Map<String, String> open) {
    if (!open.isEmpty()) {
      blocks.add(open);
    }
  }
}
