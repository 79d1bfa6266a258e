package com.ibstream.clocksync.verdict;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/** Something that shows only over days. Immutable. */
public sealed interface HistoryEvent extends ClockEvent {

  /**
   * The system clock's error grows from day to day, and that is no chance. Told once, until it has
   * ceased to grow.
   *
   * @param monoNanos when it was found
   * @param dayCount over how many days
   * @param nanosPerDay how much it grows: the slope of each day's 95th percentile of |offset|
   * @param leastNanosPerDay the low end of the slope's interval, 95 %
   * @param mostNanosPerDay the high end
   * @param reached when it will be 50 ms if it goes on so; empty if that is more than ten years off
   */
  record DriftGrows(
      long monoNanos,
      int dayCount,
      double nanosPerDay,
      double leastNanosPerDay,
      double mostNanosPerDay,
      Optional<LocalDate> reached)
      implements HistoryEvent {

    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public String text() {
      return String.format(
          Locale.ROOT,
          "error of the system clock grows by %.4f ms a day (95 %%: %.4f to %.4f, over %d days)%s",
          nanosPerDay / NANOS_PER_MILLI,
          leastNanosPerDay / NANOS_PER_MILLI,
          mostNanosPerDay / NANOS_PER_MILLI,
          dayCount,
          reached.map(day -> "; it reaches 50 ms on " + day).orElse(""));
    }

    @Override
    public boolean isWarning() {
      return true;
    }
  }
}
