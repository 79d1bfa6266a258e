package com.ibstream.clocksync.history.report;

import com.ibstream.clocksync.stats.TheilSen;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * How the system clock's error changes over the days: a robust line through each day's 95th
 * percentile of |offset|. Immutable.
 *
 * @param dayCount how many days it is drawn through
 * @param nanosPerDay its slope; positive = the error grows
 * @param leastNanosPerDay the low end of the slope's interval, 95 %
 * @param mostNanosPerDay the high end
 * @param isSignificant whether there is a trend at all, by the test of Mann and Kendall at 95 %
 * @param reached when the line reaches 50 ms, if it grows significantly and that is within ten
 *     years; empty otherwise
 */
public record DriftTrend(
    int dayCount,
    double nanosPerDay,
    double leastNanosPerDay,
    double mostNanosPerDay,
    boolean isSignificant,
    Optional<LocalDate> reached) {

  private static final double LIMIT_NANOS = 50e6;
  private static final double SIGNIFICANT_SCORE = 1.959_964;
  private static final int LEAST_DAYS = 7;
  private static final int MOST_DAYS = 2_000;
  private static final double MOST_DAYS_AHEAD = 3_653;

  /**
   * A day's size of error.
   *
   * @param day which
   * @param sizeNanos 95th percentile of |offset|
   */
  record Day(LocalDate day, double sizeNanos) {}

  /** The trend over at least a week; of very many days the latest count. */
  static Optional<DriftTrend> of(List<Day> all) {
    List<Day> days = all.subList(Math.max(0, all.size() - MOST_DAYS), all.size());
    if (days.size() < LEAST_DAYS) {
      return Optional.empty();
    }
    double[] x = days.stream().mapToDouble(day -> day.day.toEpochDay()).toArray();
    double[] y = days.stream().mapToDouble(Day::sizeNanos).toArray();
    return TheilSen.fit(x, y).map(line -> of(line, days.get(days.size() - 1).day));
  }

  private static DriftTrend of(TheilSen line, LocalDate last) {
    boolean isSignificant = Math.abs(line.score()) > SIGNIFICANT_SCORE;
    double now = line.intercept() + line.slope() * last.toEpochDay();
    double ahead = (LIMIT_NANOS - now) / line.slope();
    boolean isReached = isSignificant && line.slope() > 0 && ahead >= 0 && ahead <= MOST_DAYS_AHEAD;
    return new DriftTrend(
        line.count(),
        line.slope(),
        line.lowSlope(),
        line.highSlope(),
        isSignificant,
        isReached ? Optional.of(last.plusDays((long) Math.ceil(ahead))) : Optional.empty());
  }

  /**
   * Whether the error grows, and that is no chance.
   *
   * @return true for a trend that somebody should look at
   */
  public boolean isGrowing() {
    return isSignificant && nanosPerDay > 0;
  }
}
