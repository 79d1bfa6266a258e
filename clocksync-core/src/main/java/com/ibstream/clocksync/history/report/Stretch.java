package com.ibstream.clocksync.history.report;

import com.ibstream.clocksync.history.read.HistoryRecord;

/**
 * The time between two records that follow each other. Immutable.
 *
 * @param nanos how long, on the ruler
 * @param isTrusted whether time was to be trusted at both ends
 * @param worstNanos how far the system clock may have been off meanwhile, error bound included
 * @param service how the time service was
 */
public record Stretch(long nanos, boolean isTrusted, long worstNanos, Service service) {

  private static final double PPM = 1e-6;

  /** How the time service was, in short. */
  public enum Service {
    /** It was synchronised. */
    GOOD,
    /** It was not. */
    BAD,
    /** Nobody could tell. */
    UNKNOWN;

    static Service of(HistoryRecord record) {
      return switch (record.service().orElse("")) {
        case "synchronised" -> GOOD;
        case "starting", "unsynchronised", "disputed", "inactive", "failed" -> BAD;
        default -> UNKNOWN;
      };
    }
  }

  /**
   * The time between two records.
   *
   * @param a the earlier
   * @param b the later, of the same run
   * @return what is known of it
   */
  public static Stretch between(HistoryRecord a, HistoryRecord b) {
    boolean isKnown = a.utc().isPresent() && b.utc().isPresent();
    return new Stretch(
        b.monoNanos() - a.monoNanos(),
        isKnown && a.trust().isTrusted() && b.trust().isTrusted(),
        isKnown ? worst(a, b) : Long.MAX_VALUE,
        Service.of(b));
  }

  private static long worst(HistoryRecord a, HistoryRecord b) {
    boolean isEnclosed =
        b.since().filter(since -> since.fromMonoNanos() == a.monoNanos()).isPresent();
    if (!isEnclosed) {
      return Long.MAX_VALUE; // nobody knows what it was between
    }
    HistoryRecord.Since since = b.since().orElseThrow();
    long first = offset(a);
    double rate = a.utc().orElseThrow().ratePpm();
    long last = first + Math.round((b.monoNanos() - a.monoNanos()) * (rate * PPM));
    long most = Math.max(first, last) + since.mostNanos();
    long least = Math.min(first, last) + since.leastNanos();
    return Math.max(Math.abs(most), Math.abs(least));
  }

  /**
   * UTC minus system clock.
   *
   * @param record with UTC
   * @return nanoseconds
   */
  public static long offset(HistoryRecord record) {
    return record.utc().orElseThrow().epochNanos() - record.wallEpochNanos();
  }

  /**
   * How wrong that can be.
   *
   * @param record with UTC
   * @return nanoseconds
   */
  public static long bound(HistoryRecord record) {
    HistoryRecord.Utc utc = record.utc().orElseThrow();
    return Math.max(utc.mostNanos() - utc.epochNanos(), utc.epochNanos() - utc.leastNanos())
        + record.wallErrorNanos();
  }
}
