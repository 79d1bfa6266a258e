package com.ibstream.clocksync;

import com.ibstream.clocksync.config.HistoryKeys;
import com.ibstream.clocksync.config.Settings;
import com.ibstream.clocksync.history.HistoryLog;
import java.nio.file.Path;
import java.util.Optional;

/** Reads what is configured of the history. */
final class HistoryConfig {

  private HistoryConfig() {}

  /** What is written where; empty for nothing. */
  static Optional<HistoryLog.Settings> of(Settings inForce) {
    return Optional.of(inForce.value(HistoryKeys.DIRECTORY))
        .filter(directory -> !directory.isEmpty())
        .map(
            directory ->
                new HistoryLog.Settings(
                    Path.of(directory),
                    inForce.value(HistoryKeys.INTERVAL),
                    inForce.value(HistoryKeys.RETENTION_DAYS)));
  }
}
