package com.ibstream.clocksync.history.report;

import com.ibstream.clocksync.history.chain.ChainFiles;
import com.ibstream.clocksync.history.chain.DayFile;
import com.ibstream.clocksync.history.read.HistoryReader;
import com.ibstream.clocksync.history.read.HistoryRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;

/**
 * Makes a report from the files of a history alone, record by record: memory grows with the days,
 * not with the records. NOT safe for threads; for one report.
 */
public final class ReportBuilder {

  private static final long DAY_NANOS = 86_400_000_000_000L;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int MOST_GAPS = 100;

  /** The last whole day that can be told in nanoseconds since 1970. */
  public static final LocalDate LAST_DAY = LocalDate.of(2262, 4, 10);

  /** The host's clock, which says what is the present, may be wrong. */
  private static final long MOST_AHEAD_NANOS = 60 * NANOS_PER_SECOND;

  private final LocalDate firstDay;
  private final LocalDate lastDay;
  private final long fromNanos;
  private final long untilNanos;
  private final long presentNanos;
  private final Tally all;
  private final Map<LocalDate, Tally> days = new TreeMap<>();
  private final IncidentFinder incidents = new IncidentFinder();
  private final DetailTally details;
  private final List<ClockReport.Gap> gaps = new ArrayList<>();
  private Optional<HistoryRecord> before = Optional.empty();
  private final List<BiConsumer<Optional<HistoryRecord>, HistoryRecord>> others = new ArrayList<>();
  private long monitoredUntilNanos;
  private long skippedCount;

  /**
   * A report of whole UTC days.
   *
   * @param firstDay the first
   * @param lastDay the last, not before it
   * @param present what lies behind it is not unmonitored yet, though the day is not over
   */
  public ReportBuilder(LocalDate firstDay, LocalDate lastDay, Instant present) {
    if (lastDay.isBefore(firstDay)) {
      throw new IllegalArgumentException(lastDay + " is before " + firstDay);
    }
    this.firstDay = firstDay;
    this.lastDay = lastDay;
    if (firstDay.isBefore(LocalDate.EPOCH) || lastDay.isAfter(LAST_DAY)) {
      throw new IllegalArgumentException(
          firstDay + " to " + lastDay + " is not within " + LocalDate.EPOCH + " to " + LAST_DAY);
    }
    fromNanos = firstDay.toEpochDay() * DAY_NANOS;
    untilNanos = (lastDay.toEpochDay() + 1) * DAY_NANOS;
    presentNanos = // in seconds first: an absurd present has no nanoseconds
        Math.max(
                fromNanos / NANOS_PER_SECOND,
                Math.min(untilNanos / NANOS_PER_SECOND, present.getEpochSecond()))
            * NANOS_PER_SECOND;
    all = new Tally(fromNanos);
    monitoredUntilNanos = fromNanos;
    details = new DetailTally(fromNanos, presentNanos);
  }

  /**
   * Adds somebody who sees the same records, in the same pass.
   *
   * @param other takes the record before, of the same run and without a gap between, and the record
   * @return this
   */
  public ReportBuilder also(BiConsumer<Optional<HistoryRecord>, HistoryRecord> other) {
    others.add(other);
    return this;
  }

  /**
   * The UTC days of a history.
   *
   * @param directory of one chain
   * @return its newest day; empty without any file
   * @throws IOException if it cannot be read
   */
  public static Optional<LocalDate> newestDay(Path directory) throws IOException {
    return ChainFiles.in(directory).inOrder().stream()
        .map(DayFile::day)
        .max(Comparator.naturalOrder());
  }

  /**
   * Reads the files of the period and sums them up.
   *
   * @param directory of one chain
   * @param progress told the share of files that are read, in per cent
   * @return the report
   * @throws IOException if a file cannot be read
   */
  public ClockReport read(Path directory, IntConsumer progress) throws IOException {
    List<DayFile> files =
        ChainFiles.in(directory).inOrder().stream().filter(this::mayConcern).toList();
    for (int i = 0; i < files.size(); i++) {
      skippedCount += HistoryReader.read(files.get(i), this::wantsServers, this::take);
      progress.accept(100 * (i + 1) / files.size());
    }
    return report();
  }

  /** A day's records are in its own file; those around it tell of its first and last minute. */
  private boolean mayConcern(DayFile file) {
    return !file.day().isAfter(lastDay.plusDays(1)) && !file.day().isBefore(firstDay.minusDays(1));
  }

  private boolean wantsServers(long atEpochNanos) {
    return atEpochNanos >= fromNanos && details.wantsServers(atEpochNanos);
  }

  private void take(HistoryRecord record) {
    switch (record.kind()) {
      case STATUS -> {
        if (record.atEpochNanos() < fromNanos) {
          before = Optional.of(record);
        } else if (record.atEpochNanos() < untilNanos) {
          status(record);
        } else {
          behindTheEnd(record);
        }
      }
      case START, STOP, GAP -> before = Optional.empty();
      case OTHER -> {}
    }
  }

  private void status(HistoryRecord record) {
    Tally day =
        days.computeIfAbsent(
            LocalDate.ofEpochDay(Math.floorDiv(record.atEpochNanos(), DAY_NANOS)),
            date -> new Tally(date.toEpochDay() * DAY_NANOS));
    before = before.filter(last -> !HistoryRecord.isGap(last, record));
    boolean isFirst = before.filter(last -> last.atEpochNanos() < fromNanos).isPresent();
    if (isFirst) {
      others.forEach(other -> other.accept(before, record)); // they share out its parts
    } else if (before.isPresent()) {
      Stretch stretch = Stretch.between(before.get(), record);
      all.take(stretch);
      details.take(stretch, record);
      day.take(stretch);
    } else {
      gap(record.atEpochNanos());
    }
    if (!isFirst) {
      others.forEach(other -> other.accept(before, record));
    }
    incidents.take(before, record);
    all.take(record, before.isEmpty());
    details.take(record);
    day.take(record, before.isEmpty());
    before = Optional.of(record);
    if (record.isByUtc()) { // the system clock may be in the future
      monitoredUntilNanos = Math.max(monitoredUntilNanos, record.atEpochNanos());
    }
  }

  /** The first record behind the end tells that somebody looked until then. */
  private void behindTheEnd(HistoryRecord record) {
    before = before.filter(last -> !HistoryRecord.isGap(last, record));
    if (before.filter(last -> last.atEpochNanos() < untilNanos).isPresent()) {
      others.forEach(other -> other.accept(before, record));
      monitoredUntilNanos = untilNanos;
    }
    before = Optional.of(record);
  }

  private void gap(long untilEpochNanos) {
    if (untilEpochNanos > monitoredUntilNanos) {
      gaps.add(new ClockReport.Gap(instant(monitoredUntilNanos), instant(untilEpochNanos)));
      if (gaps.size() > 2 * MOST_GAPS) {
        keepLongest();
      }
    }
  }

  private void keepLongest() {
    gaps.sort(Comparator.comparing(ReportBuilder::length).reversed());
    gaps.subList(Math.min(MOST_GAPS, gaps.size()), gaps.size()).clear();
    gaps.sort(Comparator.comparing(ClockReport.Gap::from));
  }

  private static Duration length(ClockReport.Gap gap) {
    return Duration.between(gap.from(), gap.until());
  }

  private ClockReport report() {
    // A record of the future says that nobody knows the present: then nothing is left out.
    long endNanos =
        monitoredUntilNanos - presentNanos > MOST_AHEAD_NANOS
            ? untilNanos
            : Math.max(presentNanos, monitoredUntilNanos);
    gap(endNanos);
    keepLongest();
    PeriodFigures figures = all.figures(endNanos);
    List<ClockReport.Day> dayFigures = new ArrayList<>();
    List<DriftTrend.Day> sizes = new ArrayList<>();
    days.forEach(
        (day, tally) -> {
          long endOfDay = (day.toEpochDay() + 1) * DAY_NANOS;
          PeriodFigures ofDay = tally.figures(Math.min(endOfDay, endNanos));
          dayFigures.add(new ClockReport.Day(day, ofDay));
          if (ofDay.offsets().count() > 0) {
            sizes.add(new DriftTrend.Day(day, ofDay.offsets().p95AbsNanos()));
          }
        });
    return new ClockReport(
        instant(fromNanos),
        instant(endNanos),
        figures,
        dayFigures,
        Metrics.of(figures, incidents.all()),
        incidents.all(),
        incidents.count(),
        gaps,
        details.details(),
        DriftTrend.of(sizes),
        skippedCount,
        Optional.empty());
  }

  private static Instant instant(long epochNanos) {
    return Instant.EPOCH.plusNanos(epochNanos);
  }
}
