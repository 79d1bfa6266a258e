package com.ibstream.clocksync.market;

import com.google.common.base.Splitter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads IB's {@code tradingHours}: days separated by semicolons, each {@code YYYYMMDD:CLOSED} or
 * sessions separated by commas, each {@code YYYYMMDD:HHMM-YYYYMMDD:HHMM} or, older, {@code
 * HHMM-HHMM} of the entry's day.
 */
final class IbHoursText {

  private static final int MOST_CHARACTERS = 65_536;
  private static final Duration MOST_LENGTH = Duration.ofDays(7);
  private static final Splitter ENTRIES = Splitter.on(';').trimResults().omitEmptyStrings();
  private static final Splitter SESSIONS = Splitter.on(',').trimResults();
  private static final Pattern CLOSED = Pattern.compile("(?i)([0-9]{8}):CLOSED");
  private static final Pattern SESSION =
      Pattern.compile(
          "(?:(?<startDate>[0-9]{8}):)?(?<start>[0-9]{4})-(?:(?<endDate>[0-9]{8}):)?(?<end>[0-9]{4})");

  private final List<LocalSpan> sessions = new ArrayList<>();
  private final TreeSet<LocalDate> entryDays = new TreeSet<>();
  private final Set<LocalDate> closedDays = new HashSet<>();
  private final Set<LocalDate> endDays = new HashSet<>();

  private IbHoursText() {}

  /**
   * What a text says.
   *
   * @param sessions all sessions, or what may be meant by them
   * @param days the days of which everything is known
   */
  record Listed(List<LocalSpan> sessions, Set<LocalDate> days) {}

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException if a part of it is not understood; then none of it is believed
   */
  static Listed parse(String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException("the list of sessions is too long");
    }
    IbHoursText hours = new IbHoursText();
    for (String entry : ENTRIES.split(text)) {
      try {
        hours.entry(entry);
      } catch (DateTimeException e) {
        throw refused(entry, e);
      }
    }
    if (hours.entryDays.isEmpty()) {
      throw new IllegalArgumentException("the list of sessions is empty");
    }
    return new Listed(hours.sessions, hours.knownDays());
  }

  private void entry(String entry) {
    Matcher closed = CLOSED.matcher(entry);
    if (closed.matches()) {
      LocalDate day = date(closed.group(1));
      entryDays.add(day);
      closedDays.add(day);
      return;
    }
    LocalDate day = null;
    for (String session : SESSIONS.split(entry)) {
      Matcher parts = SESSION.matcher(session);
      if (!parts.matches() || (day == null && parts.group("startDate") == null)) {
        throw refused(entry, null);
      }
      LocalDate startDay = parts.group("startDate") == null ? day : date(parts.group("startDate"));
      if (day == null) {
        day = startDay;
        entryDays.add(day);
      }
      session(entry, startDay, parts);
    }
  }

  private void session(String entry, LocalDate startDay, Matcher parts) {
    LocalDateTime start = time(startDay, parts.group("start"));
    boolean isDated = parts.group("endDate") != null;
    LocalDateTime end = time(isDated ? date(parts.group("endDate")) : startDay, parts.group("end"));
    if (end.isAfter(start)) {
      add(entry, start, end);
    } else if (isDated) {
      throw refused(entry, null);
    } else {
      // Over midnight: from the evening before, if the day is a trading date, or to the next.
      add(entry, start.minusDays(1), end);
      add(entry, start, end.plusDays(1));
    }
  }

  private void add(String entry, LocalDateTime start, LocalDateTime end) {
    if (Duration.between(start, end).compareTo(MOST_LENGTH) > 0) {
      throw refused(entry, null);
    }
    sessions.add(new LocalSpan(start, end));
    endDays.add(end.toLocalDate());
  }

  /**
   * The days with an entry, and those before the last of them on which a session ends. Where
   * sessions go over midnight, a day's early hours belong to the day before: if that is not listed,
   * they are not known.
   */
  private Set<LocalDate> knownDays() {
    Set<LocalDate> known = new HashSet<>(entryDays);
    endDays.stream().filter(day -> day.isBefore(entryDays.last())).forEach(known::add);
    if (sessions.stream().anyMatch(IbHoursText::isOvernight)) {
      Set<LocalDate> mentioned = Set.copyOf(known);
      known.removeIf(day -> !closedDays.contains(day) && !mentioned.contains(day.minusDays(1)));
    }
    return known;
  }

  private static boolean isOvernight(LocalSpan session) {
    return session.end().isAfter(session.start().toLocalDate().plusDays(1).atStartOfDay());
  }

  private static LocalDate date(String digits) {
    return LocalDate.of(
        Integer.parseInt(digits.substring(0, 4)),
        Integer.parseInt(digits.substring(4, 6)),
        Integer.parseInt(digits.substring(6)));
  }

  /** 2400 is the end of the day. */
  private static LocalDateTime time(LocalDate day, String digits) {
    int hour = Integer.parseInt(digits.substring(0, 2));
    int minute = Integer.parseInt(digits.substring(2));
    if (hour == 24 && minute == 0) {
      return day.plusDays(1).atStartOfDay();
    }
    return day.atTime(hour, minute);
  }

  private static IllegalArgumentException refused(String entry, Exception cause) {
    return new IllegalArgumentException(
        "the list of sessions has \""
            + entry.substring(0, Math.min(entry.length(), 60)).replaceAll("\\p{Cntrl}", "?")
            + "\", which is not understood",
        cause);
  }
}
