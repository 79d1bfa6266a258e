package com.ibstream.clocksync.market;

import com.ibstream.clocksync.market.LocalSpan.Span;
import com.ibstream.clocksync.market.MarketPhase.State;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When a market trades, by a table. Immutable.
 *
 * <p>The question is an interval of UTC, for our time has a bound. The answer is closed only if the
 * market is closed for all of it, a minute before and after included; the ends of sessions count as
 * trading. What the table does not say is unknown. Where clocks are put forward or back, every way
 * to read a session's times counts as trading.
 */
public final class TradingSessions implements MarketHours {

  /** Around each session: exchanges open with an auction and do not close to the second. */
  public static final Duration MARGIN = Duration.ofMinutes(1);

  /** An interval of UTC that is wider says nothing. */
  private static final Duration WIDEST = Duration.ofDays(1);

  /** How far ahead the next change is looked for: a week, and a holiday. */
  private static final Duration HORIZON = Duration.ofDays(8);

  private final SessionCalendar calendar;
  private final Optional<String> problem;

  private TradingSessions(SessionCalendar calendar, Optional<String> problem) {
    this.calendar = calendar;
    this.problem = problem;
  }

  /**
   * The same sessions every week, but for closures.
   *
   * @param sessions separated by semicolons or line breaks, each {@code MON-FRI 09:30-16:00
   *     America/New_York}, with days like {@code MON,WED-FRI} and times like {@code
   *     09:00-11:30,12:30-15:00}, or {@code SUN 18:00-FRI 17:00 America/New_York}. A session that
   *     ends no later than it begins ends the day after; midnight at the end of a day is 24:00
   * @param closures separated by semicolons, commas or line breaks: {@code 2026-12-25} for a day
   *     from midnight to midnight, {@code 2026-11-27 13:00} from then to midnight, {@code
   *     2026-11-26 13:00-18:00}. By the wall clock of each session's own zone; empty text for none
   * @return the table
   * @throws IllegalArgumentException if a part is not understood; the message holds it
   */
  public static TradingSessions weekly(String sessions, String closures) {
    return new TradingSessions(
        new WeeklyCalendar(SessionText.rules(sessions), SessionText.closures(closures)),
        Optional.empty());
  }

  /**
   * What IB lists for a contract. Never throws: of a list that is not understood in every part,
   * nothing is believed, and the phase is unknown.
   *
   * @param tradingHours as IB writes them, such as {@code
   *     20261126:CLOSED;20261127:0930-20261127:1300}
   * @param timeZoneId the zone of these times, such as {@code US/Eastern}
   * @param retrievedAtEpochNanos when the list was made, nanoseconds since 1970 UTC; it is believed
   *     for a day
   * @return the table
   */
  public static TradingSessions ofIb(
      String tradingHours, String timeZoneId, long retrievedAtEpochNanos) {
    Optional<ZoneId> zone = SessionZone.of(timeZoneId);
    if (zone.isEmpty()) {
      return unknown("the time zone of the sessions is not known: \"" + brief(timeZoneId) + "\"");
    }
    try {
      IbHoursText.Listed listed = IbHoursText.parse(tradingHours);
      return new TradingSessions(
          new ListedCalendar(
              zone.get(), listed.sessions(), listed.days(), instant(retrievedAtEpochNanos)),
          Optional.empty());
    } catch (IllegalArgumentException e) {
      return unknown(e.getMessage());
    }
  }

  private static TradingSessions unknown(String why) {
    return new TradingSessions(new WeeklyCalendar(List.of(), List.of()), Optional.of(why));
  }

  private static String brief(String text) {
    return text.substring(0, Math.min(text.length(), 60)).replaceAll("\\p{Cntrl}", "?");
  }

  /**
   * Why nothing of the table is believed, at any time.
   *
   * @return empty if it could be read
   */
  public Optional<String> problem() {
    return problem;
  }

  @Override
  public MarketPhase phase(long earliestEpochNanos, long latestEpochNanos) {
    return at(earliestEpochNanos, latestEpochNanos);
  }

  /**
   * Whether the market trades.
   *
   * @param earliestEpochNanos UTC is not before this, nanoseconds since 1970
   * @param latestEpochNanos UTC is not after this
   * @return closed only if it is closed all the time between, and a minute around it
   * @throws IllegalArgumentException if the interval ends before it begins
   */
  public MarketPhase at(long earliestEpochNanos, long latestEpochNanos) {
    if (latestEpochNanos < earliestEpochNanos) {
      throw new IllegalArgumentException(
          "an interval must not end before it begins: "
              + earliestEpochNanos
              + " to "
              + latestEpochNanos);
    }
    if (problem.isPresent()) {
      return MarketPhase.unknown(problem.get());
    }
    Instant earliest = instant(earliestEpochNanos);
    Instant latest = instant(latestEpochNanos);
    if (Duration.between(earliest, latest).compareTo(WIDEST) > 0) {
      return MarketPhase.unknown("the time is not known to a day");
    }
    Optional<String> why = calendar.problem(earliest, latest);
    return why.isPresent()
        ? MarketPhase.unknown(why.get())
        : phase(earliest.minus(MARGIN), latest.plus(MARGIN));
  }

  private MarketPhase phase(Instant from, Instant to) {
    List<Span> sessions =
        calendar.sessions(from, to.plus(HORIZON)).stream()
            .sorted(Comparator.comparing(Span::start))
            .toList();
    Optional<Span> open =
        sessions.stream().filter(session -> session.touches(from, to)).findFirst();
    if (open.isPresent()) {
      return new MarketPhase(
          State.TRADING,
          "a session from " + open.get().start() + " to " + open.get().end(),
          nanos(end(sessions, to), to.plus(HORIZON)));
    }
    Optional<String> gap = calendar.gap(from, to);
    if (gap.isPresent()) {
      return MarketPhase.unknown(gap.get());
    }
    Optional<Instant> next =
        sessions.stream().map(Span::start).filter(start -> start.isAfter(to)).findFirst();
    return new MarketPhase(
        State.CLOSED,
        next.map(start -> "no session until " + start).orElse("no session"),
        next.filter(start -> calendar.gap(to, start).isEmpty())
            .map(start -> nanos(start.minus(MARGIN), to.plus(HORIZON)))
            .orElse(OptionalLong.empty()));
  }

  /** The end of the sessions that follow each other without a pause, margin included. */
  private static Instant end(List<Span> sessions, Instant to) {
    Instant end = to;
    for (Span session : sessions) {
      Instant last = session.end().plus(MARGIN);
      if (!session.start().minus(MARGIN).isAfter(end) && last.isAfter(end)) {
        end = last;
      }
    }
    return end;
  }

  private static OptionalLong nanos(Instant instant, Instant horizon) {
    try {
      return instant.isAfter(horizon)
          ? OptionalLong.empty()
          : OptionalLong.of(ChronoUnit.NANOS.between(Instant.EPOCH, instant));
    } catch (ArithmeticException | DateTimeException e) { // after the year 2262
      return OptionalLong.empty();
    }
  }

  private static Instant instant(long epochNanos) {
    return Instant.EPOCH.plusNanos(epochNanos);
  }
}
