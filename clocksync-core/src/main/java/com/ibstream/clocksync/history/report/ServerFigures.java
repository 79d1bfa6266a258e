package com.ibstream.clocksync.history.report;

import com.ibstream.clocksync.history.read.HistoryRecord;
import java.util.OptionalLong;

/**
 * One address of a configured server over a period, by one record an hour. Immutable.
 *
 * @param server the name as configured
 * @param address its address; may be empty
 * @param seenCount in how many records it was
 * @param agreeingCount in how many it stood behind the vote
 * @param falsetickerCount in how many it was outvoted
 * @param lastState its state in the last of them, as the word of the record
 * @param stratum hops from a reference clock, as it said last; 0 if it never did
 * @param reference what it followed, as it said last; may be empty
 * @param lastOffsetNanos UTC by this server minus system clock, as it said last; empty if it never
 *     did
 * @param lastBoundNanos how wrong that can have been
 * @param lastRootDistanceNanos its own root distance then
 */
public record ServerFigures(
    String server,
    String address,
    long seenCount,
    long agreeingCount,
    long falsetickerCount,
    String lastState,
    int stratum,
    String reference,
    OptionalLong lastOffsetNanos,
    long lastBoundNanos,
    long lastRootDistanceNanos) {

  static ServerFigures of(HistoryRecord.Source source) {
    return new ServerFigures(
            source.server(), source.address(), 0, 0, 0, "", 0, "", OptionalLong.empty(), 0, 0)
        .and(source);
  }

  /** With a record more. */
  ServerFigures and(HistoryRecord.Source source) {
    boolean hasSpoken = source.offsetNanos().isPresent();
    boolean isAgreeing =
        switch (source.state()) {
          case "selected", "combined", "distant", "jittery" -> true;
          default -> false;
        };
    return new ServerFigures(
        server,
        address,
        seenCount + 1,
        agreeingCount + (isAgreeing ? 1 : 0),
        falsetickerCount + (source.state().equals("falseticker") ? 1 : 0),
        source.state(),
        hasSpoken ? source.stratum() : stratum,
        hasSpoken ? source.reference() : reference,
        hasSpoken ? source.offsetNanos() : lastOffsetNanos,
        hasSpoken ? source.boundNanos() : lastBoundNanos,
        hasSpoken ? source.rootDistanceNanos() : lastRootDistanceNanos);
  }
}
