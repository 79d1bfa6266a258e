package com.ibstream.clocksync.history.compliance;

import com.ibstream.clocksync.history.compliance.ComplianceDay.Exceedance;
import com.ibstream.clocksync.history.read.HistoryRecord;
import com.ibstream.clocksync.history.report.Stretch;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Holds the records of a history against a profile, day by day. Takes pairs from a {@code
 * ReportBuilder}. NOT safe for threads.
 */
public final class ComplianceTally implements BiConsumer<Optional<HistoryRecord>, HistoryRecord> {

  private static final long DAY_NANOS = 86_400_000_000_000L;
  private static final int MOST_EXCEEDANCES_A_DAY = 1_000;

  private final ComplianceProfile profile;
  private final Optional<Open> open;
  private final Map<LocalDate, Day> days = new TreeMap<>();

  /**
   * When the market opens.
   *
   * @param at by local time
   * @param zone whose
   */
  public record Open(LocalTime at, ZoneId zone) {}

  /** What is counted of a day. */
  private static final class Day {
    private long withinNanos;
    private long beyondNanos;
    private long undemonstrableNanos;
    private final List<Exceedance> exceedances = new ArrayList<>();
    private Optional<Exceedance> present = Optional.empty();
    private Optional<Instant> preOpen = Optional.empty();
  }

  /**
   * A tally of nothing.
   *
   * @param profile what is asked
   * @param open before which the clock has to be checked; empty where nobody asks
   */
  public ComplianceTally(ComplianceProfile profile, Optional<Open> open) {
    this.profile = profile;
    this.open = open;
  }

  @Override
  public void accept(Optional<HistoryRecord> before, HistoryRecord record) {
    before.ifPresent(last -> between(last, record));
    Day day = day(dayOf(record.atEpochNanos()));
    if (isProvedBeyond(record)) {
      exceeded(day, record);
    } else if (record.isByUtc()) { // what is not trusted ends nothing
      day.present.ifPresent(day.exceedances::add);
      day.present = Optional.empty();
    }
    Instant at = instant(record.atEpochNanos());
    if (isProvedWithin(record)
        && open.filter(o -> at.isBefore(opening(o, dayOf(record.atEpochNanos())))).isPresent()) {
      day.preOpen = Optional.of(at);
    }
  }

  /** Each day gets its part of the time between two records, by UTC. */
  private void between(HistoryRecord a, HistoryRecord b) {
    boolean isKnown = a.isByUtc() && b.isByUtc();
    Stretch stretch = Stretch.between(a, b);
    boolean isWithin =
        isKnown && stretch.isTrusted() && stretch.worstNanos() <= profile.limitNanos();
    boolean isBeyond = isProvedBeyond(a) || isProvedBeyond(b);
    long from = a.atEpochNanos();
    while (from < b.atEpochNanos()) {
      LocalDate date = dayOf(from);
      long until = Math.min(b.atEpochNanos(), (date.toEpochDay() + 1) * DAY_NANOS);
      Day day = day(date);
      if (isBeyond) {
        day.beyondNanos += until - from;
      } else if (isWithin) {
        day.withinNanos += until - from;
      } else {
        day.undemonstrableNanos += until - from;
      }
      from = until;
    }
  }

  private void exceeded(Day day, HistoryRecord record) {
    Instant at = instant(record.atEpochNanos());
    long size = Math.abs(Stretch.offset(record));
    Optional<String> cause =
        record.events().stream()
            .filter(HistoryRecord.Event::isWarning)
            .map(HistoryRecord.Event::text)
            .findFirst();
    if (day.present.isPresent()) {
      Exceedance so = day.present.get();
      day.present =
          Optional.of(
              new Exceedance(
                  so.from(), at, Math.max(so.peakNanos(), size), so.cause().or(() -> cause)));
    } else if (day.exceedances.size() < MOST_EXCEEDANCES_A_DAY) {
      day.present = Optional.of(new Exceedance(at, at, size, cause));
    }
  }

  private boolean isProvedWithin(HistoryRecord record) {
    return record.isByUtc()
        && record.utc().isPresent()
        && Math.abs(Stretch.offset(record)) + Stretch.bound(record) <= profile.limitNanos();
  }

  private boolean isProvedBeyond(HistoryRecord record) {
    return record.isByUtc()
        && record.utc().isPresent()
        && Math.abs(Stretch.offset(record)) - Stretch.bound(record) > profile.limitNanos();
  }

  private Day day(LocalDate date) {
    return days.computeIfAbsent(date, unused -> new Day());
  }

  private static Instant opening(Open open, LocalDate utcDay) {
    return ZonedDateTime.of(utcDay, open.at(), open.zone()).toInstant();
  }

  /**
   * The business days of a period, Monday to Friday; those without a record are unmonitored.
   *
   * @param first the first UTC day
   * @param last the last
   * @return one entry per business day
   */
  public List<ComplianceDay> days(LocalDate first, LocalDate last) {
    List<ComplianceDay> all = new ArrayList<>();
    for (LocalDate date = first; !date.isAfter(last); date = date.plusDays(1)) {
      if (date.getDayOfWeek() != DayOfWeek.SATURDAY && date.getDayOfWeek() != DayOfWeek.SUNDAY) {
        all.add(of(date, days.getOrDefault(date, new Day())));
      }
    }
    return all;
  }

  private static ComplianceDay of(LocalDate date, Day day) {
    List<Exceedance> exceedances = new ArrayList<>(day.exceedances);
    day.present.ifPresent(exceedances::add);
    return new ComplianceDay(
        date,
        Duration.ofNanos(day.withinNanos),
        Duration.ofNanos(day.beyondNanos),
        Duration.ofNanos(day.undemonstrableNanos),
        exceedances,
        day.preOpen);
  }

  private static LocalDate dayOf(long epochNanos) {
    return LocalDate.ofEpochDay(Math.floorDiv(epochNanos, DAY_NANOS));
  }

  private static Instant instant(long epochNanos) {
    return Instant.EPOCH.plusNanos(epochNanos);
  }
}
