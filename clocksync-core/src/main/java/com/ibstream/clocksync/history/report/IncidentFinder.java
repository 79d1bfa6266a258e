package com.ibstream.clocksync.history.report;

import com.ibstream.clocksync.history.read.HistoryRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the incidents in the records of a period. NOT safe for threads. */
final class IncidentFinder {

  private static final long CRITICAL_NANOS = 50_000_000L;
  private static final int MOST_KEPT = 1_000;

  private final List<Incident> found = new ArrayList<>();
  private Optional<Open> open = Optional.empty();
  private long count;

  /** The newest that proved the clock not critical, of this run and without a gap since. */
  private Optional<HistoryRecord> lastGood = Optional.empty();

  /** An incident that is not over. */
  private record Open(
      HistoryRecord first,
      boolean isSameRun,
      long peakNanos,
      Optional<Duration> detection,
      Optional<String> cause) {

    Open seen(HistoryRecord record) {
      return new Open(
          first,
          isSameRun,
          Math.max(peakNanos, Math.abs(Stretch.offset(record))),
          detection,
          cause.or(() -> firstWarning(record)));
    }

    Open interrupted() {
      return new Open(first, false, peakNanos, detection, cause);
    }

    Incident ended(Optional<HistoryRecord> last) {
      return new Incident(
          instant(first),
          last.map(IncidentFinder::instant),
          peakNanos,
          detection,
          isSameRun
              ? last.map(end -> Duration.ofNanos(end.monoNanos() - first.monoNanos()))
              : Optional.empty(),
          cause);
    }
  }

  /**
   * Takes a record.
   *
   * @param before the one before, of the same run and without a gap between; empty if there is none
   */
  void take(Optional<HistoryRecord> before, HistoryRecord record) {
    if (before.isEmpty()) {
      open = open.map(Open::interrupted);
      lastGood = Optional.empty();
    }
    if (record.utc().isEmpty()) {
      return;
    }
    boolean isCritical = Math.abs(Stretch.offset(record)) >= CRITICAL_NANOS;
    if (isCritical && open.isEmpty()) {
      Optional<Duration> detection =
          lastGood.map(last -> Duration.ofNanos(record.monoNanos() - last.monoNanos()));
      open =
          Optional.of(
              new Open(
                  record, true, Math.abs(Stretch.offset(record)), detection, firstWarning(record)));
    } else if (isCritical) {
      open = open.map(incident -> incident.seen(record));
    } else if (open.isPresent()) {
      add(open.get().ended(Optional.of(record)));
      open = Optional.empty();
    }
    if (!isCritical && record.isByUtc() && record.trust().isTrusted()) {
      lastGood = Optional.of(record);
    }
  }

  private void add(Incident incident) {
    count++;
    if (found.size() < MOST_KEPT) {
      found.add(incident);
    }
  }

  /** All of them, the one that is not over last; no more than a thousand. */
  List<Incident> all() {
    List<Incident> all = new ArrayList<>(found);
    open.ifPresent(incident -> all.add(incident.ended(Optional.empty())));
    return all;
  }

  /** How many there are, also those that are not kept. */
  long count() {
    return count + (open.isPresent() ? 1 : 0);
  }

  private static Optional<String> firstWarning(HistoryRecord record) {
    return record.events().stream()
        .filter(HistoryRecord.Event::isWarning)
        .map(HistoryRecord.Event::text)
        .findFirst();
  }

  private static Instant instant(HistoryRecord record) {
    return Instant.EPOCH.plusNanos(record.atEpochNanos());
  }
}
