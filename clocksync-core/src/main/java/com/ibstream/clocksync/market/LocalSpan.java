package com.ibstream.clocksync.market;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Comparator;
import java.util.List;

/**
 * A time from one reading of a wall clock to another, both included. Where the clocks are put
 * forward or back a reading may stand for two instants, or for none; then both ways to understand
 * it count.
 *
 * @param start first
 * @param end last
 */
record LocalSpan(LocalDateTime start, LocalDateTime end) {

  /**
   * A span of UTC, both ends included.
   *
   * @param start first
   * @param end last
   */
  record Span(Instant start, Instant end) {

    boolean touches(Instant from, Instant to) {
      return !end.isBefore(from) && !start.isAfter(to);
    }
  }

  /** Never too short: from the earliest that the start can mean to the latest that the end can. */
  Span widest(ZoneId zone) {
    return new Span(earliest(start, zone), latest(end, zone));
  }

  static Instant earliest(LocalDateTime local, ZoneId zone) {
    return meanings(local, zone).stream().min(Comparator.naturalOrder()).orElseThrow();
  }

  static Instant latest(LocalDateTime local, ZoneId zone) {
    return meanings(local, zone).stream().max(Comparator.naturalOrder()).orElseThrow();
  }

  private static List<Instant> meanings(LocalDateTime local, ZoneId zone) {
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    List<ZoneOffset> offsets =
        change == null
            ? List.of(zone.getRules().getOffset(local))
            : List.of(change.getOffsetBefore(), change.getOffsetAfter());
    return offsets.stream().map(local::toInstant).toList();
  }
}
