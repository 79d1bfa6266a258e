package com.ibstream.clocksync.config;

/**
 * One value as somebody wrote it, not yet checked.
 *
 * @param name the key in the notation of its place, for example {@code CLOCKSYNC_POLL_MIN}
 * @param value the text
 * @param origin the place, as a clause for people, for example {@code in clock.properties line 3}
 */
public record Setting(String name, String value, String origin) {

  /**
   * Where the value comes from, for messages.
   *
   * @return the name as written, and the place
   */
  public String where() {
    return name + " " + origin;
  }
}
