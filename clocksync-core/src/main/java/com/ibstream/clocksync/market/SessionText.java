package com.ibstream.clocksync.market;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads weekly sessions and closures as people write them. Every refusal names the culprit. */
final class SessionText {

  private static final int MINUTES_PER_HOUR = 60;
  private static final int MINUTES_PER_DAY = 1_440;
  private static final int DAYS_PER_WEEK = 7;

  private static final String DAY = "(?:MON|TUE|WED|THU|FRI|SAT|SUN)";
  private static final String TIME = "\\d{1,2}:\\d{2}";
  private static final Pattern SAME_TIMES =
      Pattern.compile(
          "(?i)(?<days>%s(?:\\s*[-,]\\s*%s)*)\\s+(?<times>%s\\s*-\\s*%s(?:\\s*,\\s*%s\\s*-\\s*%s)*)\\s+(?<zone>\\S.*)"
              .formatted(DAY, DAY, TIME, TIME, TIME, TIME));
  private static final Pattern OVER_DAYS =
      Pattern.compile(
          "(?i)(?<first>%s)\\s+(?<start>%s)\\s*-\\s*(?<last>%s)\\s+(?<end>%s)\\s+(?<zone>\\S.*)"
              .formatted(DAY, TIME, DAY, TIME));
  private static final Pattern CLOSURE =
      Pattern.compile(
          "(?<date>\\d{4}-\\d{2}-\\d{2})(?:\\s+(?<start>%s)(?:\\s*-\\s*(?<end>%s))?)?"
              .formatted(TIME, TIME));

  private static final ImmutableMap<String, DayOfWeek> DAYS =
      EnumSet.allOf(DayOfWeek.class).stream()
          .collect(ImmutableMap.toImmutableMap(day -> day.name().substring(0, 3), day -> day));

  private static final Splitter ENTRIES =
      Splitter.on(CharMatcher.anyOf(";\n\r")).trimResults().omitEmptyStrings();
  private static final Splitter CLOSURES =
      Splitter.on(CharMatcher.anyOf(";,\n\r")).trimResults().omitEmptyStrings();
  private static final Splitter LIST = Splitter.on(',').trimResults();
  private static final Splitter RANGE = Splitter.on('-').trimResults();

  private SessionText() {}

  static List<WeeklyRule> rules(String text) {
    List<WeeklyRule> rules = new ArrayList<>();
    for (String entry : ENTRIES.split(text)) {
      Matcher same = SAME_TIMES.matcher(entry);
      Matcher over = OVER_DAYS.matcher(entry);
      if (same.matches()) {
        rules.addAll(sameTimes(entry, same));
      } else if (over.matches()) {
        rules.add(overDays(entry, over));
      } else {
        throw refused(
            entry,
            "must be like \"MON-FRI 09:30-16:00 America/New_York\" or"
                + " \"SUN 18:00-FRI 17:00 America/New_York\"");
      }
    }
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("trading sessions: there is none in \"" + text + "\"");
    }
    return rules;
  }

  private static List<WeeklyRule> sameTimes(String entry, Matcher parts) {
    Set<DayOfWeek> days = days(entry, parts.group("days"));
    ZoneId zone = zone(entry, parts.group("zone"));
    List<WeeklyRule> rules = new ArrayList<>();
    for (String times : LIST.split(parts.group("times"))) {
      List<String> ends = RANGE.splitToList(times);
      int start = start(entry, ends.get(0));
      int end = minute(entry, ends.get(1));
      rules.add(
          new WeeklyRule(
              days, start, end > start ? end - start : end - start + MINUTES_PER_DAY, zone));
    }
    return rules;
  }

  private static WeeklyRule overDays(String entry, Matcher parts) {
    DayOfWeek first = day(parts.group("first"));
    int start = start(entry, parts.group("start"));
    int dayCount = Math.floorMod(day(parts.group("last")).compareTo(first), DAYS_PER_WEEK);
    int length = dayCount * MINUTES_PER_DAY + minute(entry, parts.group("end")) - start;
    return new WeeklyRule(
        Set.of(first),
        start,
        length > 0 ? length : length + DAYS_PER_WEEK * MINUTES_PER_DAY,
        zone(entry, parts.group("zone")));
  }

  private static Set<DayOfWeek> days(String entry, String text) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : LIST.split(text)) {
      List<String> ends = RANGE.splitToList(part);
      if (ends.size() > 2) {
        throw refused(entry, "has \"" + part + "\" for days");
      }
      days.addAll(WeeklyRule.range(day(ends.get(0)), day(ends.get(ends.size() - 1))));
    }
    return days;
  }

  static List<LocalSpan> closures(String text) {
    List<LocalSpan> closures = new ArrayList<>();
    for (String entry : CLOSURES.split(text)) {
      Matcher parts = CLOSURE.matcher(entry);
      if (!parts.matches()) {
        throw refused(
            entry,
            "must be like \"2026-12-25\", \"2026-11-27 13:00\" (closed from then on) or"
                + " \"2026-11-26 13:00-18:00\"");
      }
      int start = parts.group("start") == null ? 0 : start(entry, parts.group("start"));
      int end = parts.group("end") == null ? MINUTES_PER_DAY : minute(entry, parts.group("end"));
      if (end <= start) {
        throw refused(entry, "ends before it begins");
      }
      LocalDateTime midnight = date(entry, parts.group("date")).atStartOfDay();
      closures.add(new LocalSpan(midnight.plusMinutes(start), midnight.plusMinutes(end)));
    }
    return closures;
  }

  private static LocalDate date(String entry, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw refused(entry, "has no date that exists", e);
    }
  }

  private static DayOfWeek day(String name) {
    return DAYS.get(name.toUpperCase(Locale.ROOT));
  }

  private static ZoneId zone(String entry, String id) {
    return SessionZone.of(id)
        .orElseThrow(() -> refused(entry, "has an unknown time zone, \"" + id + "\""));
  }

  private static int start(String entry, String text) {
    int minute = minute(entry, text);
    if (minute == MINUTES_PER_DAY) {
      throw refused(entry, "begins at 24:00; the next day's 00:00 is meant");
    }
    return minute;
  }

  private static int minute(String entry, String text) {
    int colon = text.indexOf(':');
    int minute = Integer.parseInt(text.substring(colon + 1));
    int minuteOfDay = MINUTES_PER_HOUR * Integer.parseInt(text.substring(0, colon)) + minute;
    if (minute >= MINUTES_PER_HOUR || minuteOfDay > MINUTES_PER_DAY) {
      throw refused(entry, "has no time that exists, \"" + text + "\"");
    }
    return minuteOfDay;
  }

  private static IllegalArgumentException refused(String entry, String why) {
    return refused(entry, why, null);
  }

  private static IllegalArgumentException refused(String entry, String why, Exception cause) {
    return new IllegalArgumentException("trading session \"" + entry + "\" " + why, cause);
  }
}
