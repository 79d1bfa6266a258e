package com.ibstream.clocksync.examples.cli;

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

  @Option(names = "--week", paramLabel = "YYYY-Www", description = "An ISO week, as in 2026-W47.")
  private Optional<String> week = Optional.empty();

  @Option(names = "--from", paramLabel = "YYYY-MM-DD", description = "The first UTC day.")
  private Optional<LocalDate> from = Optional.empty();

  @Option(names = "--to", paramLabel = "YYYY-MM-DD", description = "The last UTC day, included.")
  private Optional<LocalDate> to = Optional.empty();

  /** The days that are meant. */
  record Period(LocalDate first, LocalDate last) {}

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
    LocalDate last = to.orElse(newest);
    LocalDate first = from.orElse(last.minusDays(DAYS_OF_WEEK - 1));
    if (last.isBefore(first)) {
      throw wrong(spec, "--to " + last + " is before --from " + first);
    }
    return new Period(first, last);
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
      return inYear
          .with(WeekFields.ISO.weekOfWeekBasedYear(), number)
          .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    } catch (DateTimeException e) {
      throw wrong(spec, "--week " + text + ": that year has no such week");
    }
  }

  private static ParameterException wrong(CommandSpec spec, String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
