package com.ibstream.clocksync.history;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How writing the history goes. Immutable.
 *
 * @param directory where it is written; another monitor may hold the configured one
 * @param recordCount how many records the chain has; 0 while it is not open
 * @param lastHash the hash of the newest record: whoever notes it elsewhere can prove later that
 *     none was cut off; empty while the chain is not open
 * @param lostCount how many records could not be written since this monitor began
 * @param failure why the latest attempt failed; empty if it did not
 */
public record HistoryState(
    Path directory, long recordCount, String lastHash, long lostCount, Optional<String> failure) {}
