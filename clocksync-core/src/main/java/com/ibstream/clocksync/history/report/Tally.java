package com.ibstream.clocksync.history.report;

import com.ibstream.clocksync.facts.DriftStatistics;
import com.ibstream.clocksync.history.read.HistoryRecord;
import java.time.Duration;

/** What is counted over a period. NOT safe for threads. */
final class Tally {

  /** Events make more records; statistics take one in half a minute at the most. */
  private static final long LEAST_SPACING_NANOS = 30_000_000_000L;

  private static final long TEN_MILLIS = 10_000_000L;
  private static final long FIFTY_MILLIS = 50_000_000L;

  private final long fromNanos;
  private final Samples samples = new Samples();
  private long sampledAt = Long.MIN_VALUE;
  private long recordCount;
  private long warningCount;
  private long monitoredNanos;
  private long trustedNanos;
  private long withinTenNanos;
  private long withinFiftyNanos;
  private long serviceKnownNanos;
  private long serviceGoodNanos;
  private long greatestNanos;
  private long greatestBoundNanos;
  private long longestVoteAgeNanos;
  private long votedUntilNanos;
  private long lastRecordNanos;

  Tally(long fromNanos) {
    this.fromNanos = fromNanos;
    votedUntilNanos = fromNanos;
    lastRecordNanos = fromNanos;
  }

  /** A record; whether nobody looked before it. */
  void take(HistoryRecord record, boolean isAfterGap) {
    recordCount++;
    if (record.isByUtc()) { // the system clock may be in the future
      lastRecordNanos = Math.max(lastRecordNanos, record.atEpochNanos());
    }
    warningCount += record.events().stream().filter(HistoryRecord.Event::isWarning).count();
    vote(record, isAfterGap);
    if (record.utc().isEmpty() || !record.trust().isTrusted()) {
      return;
    }
    long offset = Stretch.offset(record);
    greatestNanos = Math.max(greatestNanos, Math.abs(offset));
    greatestBoundNanos = Math.max(greatestBoundNanos, Stretch.bound(record));
    if (sampledAt == Long.MIN_VALUE || record.atEpochNanos() - sampledAt >= LEAST_SPACING_NANOS) {
      sampledAt = record.atEpochNanos();
      samples.add((double) offset);
    }
  }

  /** Where nobody looked, nobody voted. */
  private void vote(HistoryRecord record, boolean isAfterGap) {
    if (record.voteAgeNanos().isEmpty()) {
      without(record.atEpochNanos());
      return;
    }
    long age = record.voteAgeNanos().getAsLong();
    long votedAt = record.atEpochNanos() - age;
    if (isAfterGap) {
      without(votedAt);
    }
    longestVoteAgeNanos = Math.max(longestVoteAgeNanos, age);
    votedUntilNanos = Math.max(votedUntilNanos, votedAt);
  }

  private void without(long untilNanos) {
    longestVoteAgeNanos = Math.max(longestVoteAgeNanos, untilNanos - votedUntilNanos);
  }

  /** The time between two records that follow each other. */
  void take(Stretch stretch) {
    monitoredNanos += stretch.nanos();
    if (stretch.isTrusted()) {
      trustedNanos += stretch.nanos();
      withinTenNanos += stretch.worstNanos() <= TEN_MILLIS ? stretch.nanos() : 0;
      withinFiftyNanos += stretch.worstNanos() <= FIFTY_MILLIS ? stretch.nanos() : 0;
    }
    switch (stretch.service()) {
      case GOOD -> {
        serviceKnownNanos += stretch.nanos();
        serviceGoodNanos += stretch.nanos();
      }
      case BAD -> serviceKnownNanos += stretch.nanos();
      case UNKNOWN -> {}
    }
  }

  PeriodFigures figures(long untilNanos) {
    if (untilNanos - lastRecordNanos > HistoryRecord.MOST_SILENT_NANOS) {
      without(untilNanos); // else the next record may have been about to come, with a vote
    }
    DriftStatistics statistics = samples.statistics();
    return new PeriodFigures(
        recordCount,
        warningCount,
        Duration.ofNanos(untilNanos - fromNanos),
        Duration.ofNanos(monitoredNanos),
        Duration.ofNanos(trustedNanos),
        Duration.ofNanos(withinTenNanos),
        Duration.ofNanos(withinFiftyNanos),
        Duration.ofNanos(serviceKnownNanos),
        Duration.ofNanos(serviceGoodNanos),
        Duration.ofNanos(longestVoteAgeNanos),
        greatestNanos,
        greatestBoundNanos,
        statistics);
  }
}
