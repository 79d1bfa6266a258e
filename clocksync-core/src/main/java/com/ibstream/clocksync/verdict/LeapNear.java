package com.ibstream.clocksync.verdict;

import java.time.LocalDate;

/** Whether a leap second may lie behind an offset of a second. */
public enum LeapNear {
  /** None is near. */
  NO,
  /** None is announced, but the end of a UTC month is near, and that is when they happen. */
  MONTH_END,
  /** One is announced, or was made within the last day. */
  ANNOUNCED;

  private static final long NANOS_PER_DAY = 86_400_000_000_000L;

  /**
   * By the date: the last day of a UTC month and the first of the next are near its end.
   *
   * @param utcEpochNanos the time, nanoseconds since 1970 UTC; never from the clock in question
   * @param isAnnounced whether a leap second is announced, or was made within the last day
   * @return how near one is
   */
  public static LeapNear at(long utcEpochNanos, boolean isAnnounced) {
    if (isAnnounced) {
      return ANNOUNCED;
    }
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(utcEpochNanos, NANOS_PER_DAY));
    boolean isEnd = date.getDayOfMonth() == 1 || date.getDayOfMonth() == date.lengthOfMonth();
    return isEnd ? MONTH_END : NO;
  }
}
