package com.ibstream.clocksync.rtc;

import com.ibstream.clocksync.facts.BatteryFacts.Forecast;
import com.ibstream.clocksync.facts.BatteryFacts.PowerOff;
import com.ibstream.clocksync.stats.TheilSen;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * How the loss of time without power grows from one boot to the next, as a robust straight line
 * through the share of time that was lost against the date. A battery does not fail along a
 * straight line, but faster and faster: the early end of a forecast is rather too late, which is
 * why it never makes a verdict.
 *
 * @param line parts per million of the time without power, against days
 * @param originEpochNanos day 0
 * @param offNanos how long power is off, the median
 * @param isLosing whether the clock lost time, beyond all doubt, the last time
 */
record OffTrend(TheilSen line, long originEpochNanos, long offNanos, boolean isLosing) {

  private static final double NANOS_PER_DAY = TimeUnit.DAYS.toNanos(1);

  /** The error at which trading code notices. */
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** One in a hundred by chance; it is asked again at every boot. */
  private static final double SIGNIFICANT_SCORE = 2.576;

  /** Further ahead nobody knows. */
  private static final double MOST_DAYS = 3_650;

  private static final double CONFIDENCE = 0.95;

  /** The trend over power-offs, oldest first; empty if there are too few. */
  static Optional<OffTrend> of(List<PowerOff> powerOffs) {
    List<PowerOff> known =
        powerOffs.stream().filter(off -> !off.isReset() && off.durationNanos() > 0).toList();
    if (known.isEmpty()) {
      return Optional.empty();
    }
    long origin = known.get(0).endEpochNanos();
    double[] days =
        known.stream().mapToDouble(off -> (off.endEpochNanos() - origin) / NANOS_PER_DAY).toArray();
    double[] ppm =
        known.stream().mapToDouble(off -> off.driftNanos() * 1e6 / off.durationNanos()).toArray();
    long offNanos =
        known.stream().mapToLong(PowerOff::durationNanos).sorted().toArray()[known.size() / 2];
    PowerOff last = known.get(known.size() - 1);
    boolean isLosing = last.driftNanos() > 0 && last.leastDriftNanos() > 0;
    return TheilSen.fit(days, ppm).map(line -> new OffTrend(line, origin, offNanos, isLosing));
  }

  boolean isGrowing() {
    return isLosing && line.score() > SIGNIFICANT_SCORE && line.slope() > 0;
  }

  String text() {
    return String.format(
        Locale.ROOT,
        "what it loses without power grows by %.2f s a month",
        line.slope() * 30 * offNanos / 1e15);
  }

  /** When it passes what can be borne. */
  Optional<Forecast> forecast(long nowEpochNanos) {
    if (!isGrowing()) {
      return Optional.empty();
    }
    double today = (nowEpochNanos - originEpochNanos) / NANOS_PER_DAY;
    double limitPpm = LIMIT_NANOS * 1e6 / offNanos;
    double left = Math.max(0, limitPpm - (line.intercept() + line.slope() * today));
    double earliest = line.highSlope() > 0 ? left / line.highSlope() : MOST_DAYS;
    double latest = line.lowSlope() > 0 ? left / line.lowSlope() : Double.POSITIVE_INFINITY;
    if (earliest >= MOST_DAYS) {
      return Optional.empty();
    }
    long earliestNanos = nowEpochNanos + Math.round(earliest * NANOS_PER_DAY);
    OptionalLong latestNanos =
        latest < MOST_DAYS
            ? OptionalLong.of(nowEpochNanos + Math.round(latest * NANOS_PER_DAY))
            : OptionalLong.empty();
    return Optional.of(
        new Forecast(
            LIMIT_NANOS,
            earliestNanos,
            latestNanos,
            CONFIDENCE,
            "a time without power may cost "
                + TimeUnit.NANOSECONDS.toSeconds(LIMIT_NANOS)
                + " s from "
                + date(earliestNanos)
                + " on"
                + (latestNanos.isPresent() ? ", and will by " + date(latestNanos.getAsLong()) : "")
                + " if it grows as it did; batteries fail faster and faster"));
  }

  private static LocalDate date(long epochNanos) {
    return LocalDate.ofInstant(Instant.EPOCH.plusNanos(epochNanos), ZoneOffset.UTC);
  }
}
