package com.ibstream.clocksync.verdict;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/**
 * The offsets from UTC that this host's zone has around a date. A hardware clock kept in local time
 * is wrong by one of them, not necessarily by the one in force. Immutable.
 *
 * @param offsets each once; by {@link #of} the one in force first, then the others by date.
 *     Positive = local time is ahead of UTC (east)
 */
public record HostZone(List<ZoneOffset> offsets) {

  /** Nothing is known of the zone. A host in UTC explains as little. */
  public static final HostZone NONE = new HostZone(List.of());

  /** Half of the longest year: both sides together hold every daylight change of a year. */
  private static final Duration HALF_A_YEAR = Duration.ofDays(183);

  /**
   * Takes the offsets.
   *
   * @param offsets copied; repetitions are dropped
   */
  public HostZone {
    offsets = offsets.stream().distinct().toList();
  }

  /**
   * The offset in force and all others within half a year.
   *
   * @param zone the host's zone
   * @param near the date, not from the clock in question; at least half a year from the ends of
   *     what {@link Instant} holds
   * @return the offsets, the one in force at that date first
   */
  public static HostZone of(ZoneId zone, Instant near) {
    ZoneRules rules = zone.getRules();
    if (rules.isFixedOffset()) {
      return new HostZone(List.of(rules.getOffset(near)));
    }
    Instant from = near.minus(HALF_A_YEAR);
    Instant to = near.plus(HALF_A_YEAR);
    List<ZoneOffset> offsets = new ArrayList<>();
    offsets.add(rules.getOffset(near));
    offsets.add(rules.getOffset(from));
    ZoneOffsetTransition change = rules.nextTransition(from);
    while (change != null && !change.getInstant().isAfter(to)) {
      offsets.add(change.getOffsetAfter());
      change = rules.nextTransition(change.getInstant());
    }
    return new HostZone(offsets);
  }
}
