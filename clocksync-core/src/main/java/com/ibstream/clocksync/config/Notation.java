package com.ibstream.clocksync.config;

import java.util.Locale;

/** How a key is written in each of the places that may hold it. */
enum Notation {
  /** The bare key, as in {@code poll.min}. */
  BUILDER,
  /** With the prefix of property files, as in {@code clocksync.poll.min}. */
  PROPERTIES,
  /** With the prefix of environment variables, as in {@code CLOCKSYNC_POLL_MIN}. */
  ENVIRONMENT;

  /** What a variable of ours starts with; all others belong to somebody else. */
  static final String ENVIRONMENT_PREFIX = "CLOCKSYNC_";

  private static final String PROPERTIES_PREFIX = "clocksync.";

  /**
   * Writes a key in this notation.
   *
   * @param key the bare key
   * @return the key as this place spells it
   */
  String write(String key) {
    return switch (this) {
      case BUILDER -> key;
      case PROPERTIES -> PROPERTIES_PREFIX + key;
      case ENVIRONMENT -> ENVIRONMENT_PREFIX + key.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    };
  }
}
