package com.ibstream.clocksync.config;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** The keys of the history on disk. */
public final class HistoryKeys {

  private static final Pattern PATH_OR_NOTHING = Pattern.compile("(?:/[^\\x00]*)?");

  /** Five years, with the leap day that is always among them. The owner's plan. */
  private static final long FIVE_YEARS = 5 * 365 + 2;

  private static final long CENTURY = 36_525;

  /** Where it is written; empty for nowhere. */
  public static final Key<String> DIRECTORY =
      Key.text("history.directory", "path", "", "an absolute path, or none", PATH_OR_NOTHING);

  /** The longest time between two records; nanoseconds. The owner's plan has five minutes. */
  public static final Key<Long> INTERVAL =
      Key.duration(
          "history.interval", Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofMinutes(5));

  /** How many days are kept. */
  public static final Key<Long> RETENTION_DAYS =
      Key.count("history.retention.days", "days", FIVE_YEARS, 1, CENTURY);

  /** All of them, in the order of the documentation. */
  public static final List<Key<?>> ALL = List.of(DIRECTORY, INTERVAL, RETENTION_DAYS);

  private HistoryKeys() {}
}
