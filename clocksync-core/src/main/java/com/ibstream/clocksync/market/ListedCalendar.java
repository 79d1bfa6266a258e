package com.ibstream.clocksync.market;

import com.ibstream.clocksync.market.LocalSpan.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Sessions that somebody listed day by day, some time ago.
 *
 * @param zone whose wall clock
 * @param sessions the sessions listed
 * @param days of which everything is known
 * @param retrievedAt when the list was made
 */
record ListedCalendar(
    ZoneId zone, List<LocalSpan> sessions, Set<LocalDate> days, Instant retrievedAt)
    implements SessionCalendar {

  /** IB's own lists are renewed daily; an exchange may change its mind overnight. */
  static final Duration MOST_AGE = Duration.ofDays(1);

  /** What another host's clock may be ahead before its list is from the future. */
  static final Duration MOST_AHEAD = Duration.ofHours(1);

  ListedCalendar {
    sessions = List.copyOf(sessions);
    days = Set.copyOf(days);
  }

  @Override
  public List<Span> sessions(Instant from, Instant to) {
    return sessions.stream().map(session -> session.widest(zone)).toList();
  }

  @Override
  public Optional<String> problem(Instant from, Instant to) {
    if (to.isAfter(retrievedAt.plus(MOST_AGE))) {
      return Optional.of("the list of sessions is more than a day old, of " + retrievedAt);
    }
    return from.plus(MOST_AHEAD).isBefore(retrievedAt)
        ? Optional.of("the list of sessions is from the future, of " + retrievedAt)
        : Optional.empty();
  }

  @Override
  public Optional<String> gap(Instant from, Instant to) {
    LocalDate last = to.atZone(zone).toLocalDate();
    for (LocalDate day = from.atZone(zone).toLocalDate();
        !day.isAfter(last);
        day = day.plusDays(1)) {
      if (!days.contains(day)) {
        return Optional.of("nothing, or not everything, is listed for " + day);
      }
    }
    return Optional.empty();
  }
}
