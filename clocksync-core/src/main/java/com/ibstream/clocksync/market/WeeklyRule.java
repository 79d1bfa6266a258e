package com.ibstream.clocksync.market;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;

/**
 * A session of every week.
 *
 * @param days on which it begins
 * @param startMinute of the day
 * @param lengthMinutes by the wall clock; at most a week
 * @param zone whose wall clock
 */
record WeeklyRule(Set<DayOfWeek> days, int startMinute, int lengthMinutes, ZoneId zone) {

  WeeklyRule {
    days = Set.copyOf(days);
  }

  boolean startsOn(LocalDate day) {
    return days.contains(day.getDayOfWeek());
  }

  LocalSpan session(LocalDate day) {
    return new LocalSpan(
        day.atStartOfDay().plusMinutes(startMinute),
        day.atStartOfDay().plusMinutes((long) startMinute + lengthMinutes));
  }

  /** From a day to another, both included, over the weekend if need be. */
  static Set<DayOfWeek> range(DayOfWeek first, DayOfWeek last) {
    Set<DayOfWeek> days = EnumSet.of(first);
    for (DayOfWeek day = first; day != last; day = day.plus(1)) {
      days.add(day.plus(1));
    }
    return days;
  }
}
