package com.ibstream.clocksync.examples.cli;

import com.ibstream.clocksync.history.report.ReportBuilder;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.time.temporal.WeekFields;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The period of a report: an ISO week, or days, or the seven days up to the newest. */
final class PeriodOptions {

  private static final Pattern WEEK = Pattern.compile("(\\d{4})-W(\\d{2})");
  private static final int DAYS_OF_WEEK = 7;

  /** Six days of a week may lie before the first day that is asked for. */
  private static final LocalDate FIRST_DAY = LocalDate.EPOCH.plusDays(DAYS_OF_WEEK);

  @Option(names = "--week", paramLabel = "YYYY-Www", description = "An ISO week, as in 2026-W47.")
  private Optional<String> week = Optional.empty();

  @Option(names = "--from", paramLabel = "YYYY-MM-DD", description = "The first UTC day.")
  private Optional<LocalDate> from = Optional.empty();

  @Option(names = "--to", paramLabel = "YYYY-MM-DD", description = "The last UTC day, included.")
  private Optional<LocalDate> to = Optional.empty();

  /** The days that are meant. */
  record Period(LocalDate first, LocalDate last) {

    /** What is said where nothing is known of them. */
    String noRecord(Path directory) {
      return "clocksync: the history in "
          + directory
          + " has no record from "
          + first
          + " to "
          + last;
    }
  }

  PeriodOptions() {}

  /**
   * The days that are meant.
   *
   * @param newest the newest day that there is
   * @param spec names the command in an error
   */
  Period of(LocalDate newest, CommandSpec spec) {
    if (week.isPresent() && (from.isPresent() || to.isPresent())) {
      throw wrong(spec, "--week says all; --from and --to are another way to say it");
    }
    if (week.isPresent()) {
      LocalDate monday = monday(week.get(), spec);
      return new Period(monday, monday.plusDays(DAYS_OF_WEEK - 1));
    }
    from.ifPresent(day -> check("--from", day, spec));
    to.ifPresent(day -> check("--to", day, spec));
    LocalDate last = to.orElse(newest);
    LocalDate first = from.orElse(last.minusDays(DAYS_OF_WEEK - 1));
    if (last.isBefore(first) && to.isEmpty()) {
      throw wrong(
          spec, "--from " + first + " is behind " + last + ", the newest day of the history");
    } else if (last.isBefore(first)) {
      throw wrong(spec, "--to " + last + " is before --from " + first);
    }
    return new Period(first, last);
  }

  /** The nanoseconds since 1970 of other days cannot be told in 64 bits. */
  private static void check(String option, LocalDate day, CommandSpec spec) {
    if (day.isBefore(FIRST_DAY) || day.isAfter(ReportBuilder.LAST_DAY)) {
      throw wrong(
          spec,
          option
              + " must be from "
              + FIRST_DAY
              + " to "
              + ReportBuilder.LAST_DAY
              + ", but is "
              + day);
    }
  }

  private static LocalDate monday(String text, CommandSpec spec) {
    Matcher matcher = WEEK.matcher(text);
    if (!matcher.matches()) {
      throw wrong(spec, "--week must look like 2026-W47, but is \"" + text + "\"");
    }
    try {
      LocalDate inYear = LocalDate.of(Integer.parseInt(matcher.group(1)), 1, 4);
      int number = Integer.parseInt(matcher.group(2));
      IsoFields.WEEK_OF_WEEK_BASED_YEAR
          .rangeRefinedBy(inYear)
          .checkValidValue(number, IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      LocalDate monday =
          inYear
              .with(WeekFields.ISO.weekOfWeekBasedYear(), number)
              .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      check("--week", monday, spec);
      check("--week", monday.plusDays(DAYS_OF_WEEK - 1), spec);
      return monday;
    } catch (DateTimeException e) {
      throw wrong(spec, "--week " + text + ": that year has no such week");
    }
  }

  private static ParameterException wrong(CommandSpec spec, String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
