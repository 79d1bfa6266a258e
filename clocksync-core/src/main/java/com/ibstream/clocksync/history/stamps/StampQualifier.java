package com.ibstream.clocksync.history.stamps;

import com.ibstream.clocksync.history.read.HistoryReader;
import com.ibstream.clocksync.history.read.HistoryRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tells of stamps that were taken long ago what they meant: the interval that held UTC when the
 * clock showed that value, and what it is worth. Safe for threads; a microsecond or less a stamp.
 *
 * <p>Between two records UTC minus system clock stayed, at every look, between the limits that the
 * later one tells. Between two looks the system clock may have been slewed, as fast as its record
 * allows, and a little for the oscillator itself. A stamp that no two records enclose is
 * unmonitored. Memory grows with the history, by 64 bytes a record, and not with the stamps.
 */
public final class StampQualifier {

  private static final double PPM = 1e-6;

  /** More than any quartz is off by. */
  private static final double OSCILLATOR_PPM = 100;

  /** A clock that nobody set goes wrong by less while nobody looks, or is told to be doubtful. */
  private static final long MOST_UNSET_NANOS = 1_000_000_000L;

  private final StampIndex bySystemClock = new StampIndex();
  private final StampIndex byTrustedClock = new StampIndex();
  private Optional<HistoryRecord> before = Optional.empty();

  /** The newest that knew UTC, of any run. */
  private Optional<HistoryRecord> lastKnown = Optional.empty();

  /** Where the stretches of this run begin: what it withdraws lies behind, also across a gap. */
  private int firstOfRun;

  private int firstTrustedOfRun;
  private long recordCount;
  private long skippedCount;

  private StampQualifier() {}

  /**
   * Reads a history.
   *
   * @param directory of one chain: that of the monitor on the host that stamped
   * @return a qualifier of its stamps
   * @throws IOException if it cannot be read
   */
  public static StampQualifier of(Path directory) throws IOException {
    StampQualifier qualifier = new StampQualifier();
    qualifier.skippedCount = HistoryReader.readAll(directory, qualifier::take);
    qualifier.bySystemClock.built();
    qualifier.byTrustedClock.built();
    return qualifier;
  }

  /**
   * What a stamp of the system clock meant.
   *
   * @param epochNanos as stamped
   * @return the interval that held UTC then, and what it is worth
   */
  public Qualification qualifySystemClock(long epochNanos) {
    return bySystemClock.qualify(epochNanos);
  }

  /**
   * The same where something else tells roughly when it was: that decides between two times at
   * which the clock showed the stamp. Where there is one and that was at no time within these, the
   * clock showed the stamp once more while nobody looked.
   *
   * @param epochNanos as stamped
   * @param notBeforeNanos it was not before that, nanoseconds since 1970 UTC
   * @param notAfterNanos nor after that
   * @return as above; still ambiguous if both times, or neither, are within these; unmonitored if
   *     the only one is not
   */
  public Qualification qualifySystemClock(
      long epochNanos, long notBeforeNanos, long notAfterNanos) {
    Qualification found = bySystemClock.qualify(epochNanos);
    if (found.quality() != StampQuality.AMBIGUOUS) {
      boolean isPossible =
          found.latestEpochNanos() >= notBeforeNanos && found.earliestEpochNanos() <= notAfterNanos;
      return isPossible ? found : Qualification.UNMONITORED;
    }
    Qualification decided = bySystemClock.qualify(epochNanos, notBeforeNanos, notAfterNanos);
    return decided.isKnown() ? decided : found;
  }

  /**
   * What a stamp of the trusted clock meant.
   *
   * @param epochNanos as stamped
   * @return the interval that held UTC then, and what it is worth
   */
  public Qualification qualifyTrustedClock(long epochNanos) {
    return byTrustedClock.qualify(epochNanos);
  }

  /**
   * How many records tell something.
   *
   * @return those with a status
   */
  public long recordCount() {
    return recordCount;
  }

  /**
   * How many lines of the history were no records.
   *
   * @return 0 for a history as it was written
   */
  public long skippedCount() {
    return skippedCount;
  }

  private void take(HistoryRecord now) {
    switch (now.kind()) {
      case STATUS -> {
        recordCount++;
        before = before.filter(last -> !HistoryRecord.isGap(last, now));
        if (now.utc().isPresent()) {
          before
              .filter(last -> last.utc().isPresent())
              .ifPresentOrElse(
                  last -> between(last, now),
                  () -> lastKnown.ifPresent(last -> unmonitored(last, now)));
          lastKnown = Optional.of(now);
        }
        OptionalLong withdrawnFrom = withdrawnFrom(now);
        if (withdrawnFrom.isPresent()) {
          // Between two looks nobody knows when the clock left its line.
          long unseen = now.since().map(HistoryRecord.Since::gapNanos).orElse(0L);
          bySystemClock.withdraw(firstOfRun, withdrawnFrom.getAsLong() - unseen);
          byTrustedClock.withdraw(firstTrustedOfRun, withdrawnFrom.getAsLong());
        }
        before = Optional.of(now);
      }
      case START -> {
        before = Optional.empty();
        firstOfRun = bySystemClock.count();
        firstTrustedOfRun = byTrustedClock.count();
      }
      case STOP, GAP -> before = Optional.empty();
      case OTHER -> {}
    }
  }

  /**
   * Where nobody looked the clock may have been set: then it may have shown there what it showed
   * before or later, too.
   */
  private void unmonitored(HistoryRecord a, HistoryRecord b) {
    if (Math.abs(offset(b) - offset(a)) <= MOST_UNSET_NANOS) {
      return;
    }
    long elapsed = Math.max(0, utc(b).epochNanos() - utc(a).epochNanos());
    long from = Math.min(a.wallEpochNanos(), b.wallEpochNanos() - elapsed);
    long to = Math.max(a.wallEpochNanos() + elapsed, b.wallEpochNanos());
    // a line that stands still: any of these values may have been shown at any time between
    bySystemClock.add(
        new StampIndex.Stretch(
            from,
            to,
            from,
            utc(a).leastNanos() - from,
            -1 / PPM,
            0,
            utc(b).mostNanos() - utc(a).leastNanos(),
            StampQuality.AMBIGUOUS));
  }

  private void between(HistoryRecord a, HistoryRecord b) {
    long elapsed = b.monoNanos() - a.monoNanos();
    if (b.since().filter(since -> since.fromMonoNanos() == a.monoNanos()).isPresent()) {
      enclosed(a, b, b.since().get());
    } else if (b.since().isEmpty()) {
      around(a, b, elapsed);
    }
  }

  private void enclosed(HistoryRecord a, HistoryRecord b, HistoryRecord.Since since) {
    StampQuality quality = trusted(a).worse(trusted(b));
    long slack = slack(a, b, since.gapNanos());
    long offset = offset(a);
    double rate = utc(a).ratePpm();
    bySystemClock.add(
        new StampIndex.Stretch(
            a.wallEpochNanos(),
            b.wallEpochNanos(),
            a.wallEpochNanos(),
            offset,
            rate,
            since.leastNanos() - slack,
            since.mostNanos() + slack,
            quality));
    byTrustedClock.add(
        level(utc(a).epochNanos(), utc(b).epochNanos(), since.boundNanos() + slack, quality));
  }

  /** Somewhere between the two the clock jumped: each of them tells as far as the other. */
  private void around(HistoryRecord a, HistoryRecord b, long elapsed) {
    long slack = slack(a, b, elapsed);
    boolean isWithdrawn = withdrawnFrom(b).isPresent();
    StampQuality ofA = isWithdrawn ? trusted(a).worse(StampQuality.WITHDRAWN) : trusted(a);
    bySystemClock.add(near(a, a.wallEpochNanos(), a.wallEpochNanos() + elapsed, slack, ofA));
    bySystemClock.add(near(b, b.wallEpochNanos() - elapsed, b.wallEpochNanos(), slack, trusted(b)));
    byTrustedClock.add(
        level(utc(a).epochNanos(), utc(a).epochNanos() + elapsed, bound(a) + slack, ofA));
    byTrustedClock.add(
        level(utc(b).epochNanos() - elapsed, utc(b).epochNanos(), bound(b) + slack, trusted(b)));
  }

  private static StampIndex.Stretch near(
      HistoryRecord record, long from, long to, long slack, StampQuality quality) {
    long offset = offset(record);
    return new StampIndex.Stretch(
        from,
        to,
        record.wallEpochNanos(),
        offset,
        utc(record).ratePpm(),
        utc(record).leastNanos()
            - record.wallEpochNanos()
            - record.wallErrorNanos()
            - offset
            - slack,
        utc(record).mostNanos()
            - record.wallEpochNanos()
            + record.wallErrorNanos()
            - offset
            + slack,
        quality);
  }

  private static StampIndex.Stretch level(long from, long to, long bound, StampQuality quality) {
    return new StampIndex.Stretch(from, to, from, 0, 0, -bound, bound, quality);
  }

  private static OptionalLong withdrawnFrom(HistoryRecord record) {
    return record.events().stream()
        .filter(event -> event.type().equals("StampsWithdrawn"))
        .flatMapToLong(event -> event.fromNanos().stream())
        .min();
  }

  /** How far the system clock may be slewed, and the oscillator drift, in a time without a look. */
  private static long slack(HistoryRecord a, HistoryRecord b, long nanos) {
    double ppm =
        Math.max(utc(a).slewAllowancePpm(), utc(b).slewAllowancePpm())
            + Math.abs(utc(a).ratePpm())
            + Math.abs(utc(b).ratePpm())
            + OSCILLATOR_PPM;
    return (long) Math.ceil(nanos * (ppm * PPM)) + a.wallErrorNanos() + b.wallErrorNanos();
  }

  private static StampQuality trusted(HistoryRecord record) {
    return record.isByUtc() && record.trust().isTrusted()
        ? StampQuality.GOOD
        : StampQuality.UNTRUSTED;
  }

  private static HistoryRecord.Utc utc(HistoryRecord record) {
    return record.utc().orElseThrow();
  }

  private static long offset(HistoryRecord record) {
    return utc(record).epochNanos() - record.wallEpochNanos();
  }

  private static long bound(HistoryRecord record) {
    return Math.max(
        utc(record).mostNanos() - utc(record).epochNanos(),
        utc(record).epochNanos() - utc(record).leastNanos());
  }
}
