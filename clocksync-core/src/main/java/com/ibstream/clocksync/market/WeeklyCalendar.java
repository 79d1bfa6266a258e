package com.ibstream.clocksync.market;

import com.ibstream.clocksync.market.LocalSpan.Span;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sessions that are the same every week, but for closures.
 *
 * @param rules which
 * @param closures when there is none after all, by the wall clock of each rule's own zone
 */
record WeeklyCalendar(List<WeeklyRule> rules, List<LocalSpan> closures) implements SessionCalendar {

  /** A session may have begun a week ago, and a zone may be a day ahead. */
  private static final int DAYS_BACK = 9;

  private static final int DAYS_AHEAD = 1;

  WeeklyCalendar {
    rules = List.copyOf(rules);
    closures = List.copyOf(closures);
  }

  @Override
  public List<Span> sessions(Instant from, Instant to) {
    List<Span> sessions = new ArrayList<>();
    for (WeeklyRule rule : rules) {
      LocalDate last = to.atZone(rule.zone()).toLocalDate().plusDays(DAYS_AHEAD);
      LocalDate day = from.atZone(rule.zone()).toLocalDate().minusDays(DAYS_BACK);
      for (; !day.isAfter(last); day = day.plusDays(1)) {
        if (rule.startsOn(day)) {
          sessions.addAll(open(rule.session(day), rule.zone()));
        }
      }
    }
    return sessions;
  }

  /** What the closures leave of a session. */
  private List<Span> open(LocalSpan session, ZoneId zone) {
    List<Span> left = List.of(session.widest(zone));
    for (LocalSpan closure : closures) {
      // The other way round than a session: never too long.
      Instant start = LocalSpan.latest(closure.start(), zone);
      Instant end = LocalSpan.earliest(closure.end(), zone);
      left = left.stream().flatMap(span -> without(span, start, end).stream()).toList();
    }
    return left;
  }

  private static List<Span> without(Span span, Instant start, Instant end) {
    if (!start.isBefore(end) || !span.start().isBefore(end) || !span.end().isAfter(start)) {
      return List.of(span);
    }
    List<Span> left = new ArrayList<>();
    if (span.start().isBefore(start)) {
      left.add(new Span(span.start(), start));
    }
    if (span.end().isAfter(end)) {
      left.add(new Span(end, span.end()));
    }
    return left;
  }

  @Override
  public Optional<String> problem(Instant from, Instant to) {
    return Optional.empty();
  }

  @Override
  public Optional<String> gap(Instant from, Instant to) {
    return Optional.empty();
  }
}
