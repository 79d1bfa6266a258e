package com.ibstream.clocksync.examples.cli;

import com.ibstream.clocksync.history.chain.ChainCheck;
import com.ibstream.clocksync.history.chain.ChainVerdict;
import com.ibstream.clocksync.history.publish.ReportHtml;
import com.ibstream.clocksync.history.publish.ReportJson;
import com.ibstream.clocksync.history.publish.ReportMarkdown;
import com.ibstream.clocksync.history.report.ClockReport;
import com.ibstream.clocksync.history.report.Metric;
import com.ibstream.clocksync.history.report.ReportBuilder;
import com.ibstream.clocksync.time.WallClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.time.temporal.WeekFields;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sums up a history. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Sums up a history: drift, targets met and missed, incidents, trend, unmonitored time."
            + " Without a period: the seven days up to its newest.",
    footer = {
      "",
      "Exit status: 0 every target was met, 1 something is unknown, 2 a target was missed or the chain",
      "is broken, 3 there is no history of that time, 64 wrong usage, 70 internal failure."
    })
final class ReportCommand implements Callable<Integer> {

  private static final Pattern WEEK = Pattern.compile("(\\d{4})-W(\\d{2})");
  private static final int DAYS_OF_WEEK = 7;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The directory of the history.")
  private Path directory = Path.of(".");

  @Option(names = "--week", paramLabel = "YYYY-Www", description = "An ISO week, as in 2026-W47.")
  private Optional<String> week = Optional.empty();

  @Option(names = "--from", paramLabel = "YYYY-MM-DD", description = "The first UTC day.")
  private Optional<LocalDate> from = Optional.empty();

  @Option(names = "--to", paramLabel = "YYYY-MM-DD", description = "The last UTC day, included.")
  private Optional<LocalDate> to = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "markdown|html|json",
      description = "Default: ${DEFAULT-VALUE}.")
  private Format format = Format.MARKDOWN;

  /** How a report is written. */
  enum Format {
    /** For people. */
    MARKDOWN,
    /** For people with a browser: one file with a chart, which needs no network. */
    HTML,
    /** For programs. */
    JSON
  }

  /** The days of a report. */
  private record Period(LocalDate first, LocalDate last) {}

  ReportCommand() {}

  @Override
  public Integer call() throws IOException {
    Optional<LocalDate> newest;
    try {
      newest = ReportBuilder.newestDay(directory);
    } catch (IOException e) {
      spec.commandLine().getErr().println("clocksync: " + directory + " cannot be read: " + e);
      return ExitStatus.NO_ANSWER;
    }
    if (newest.isEmpty()) {
      spec.commandLine().getErr().println("clocksync: there is no history in " + directory);
      return ExitStatus.NO_ANSWER;
    }
    Period period = period(newest.get());
    Instant present = Instant.ofEpochSecond(WallClock.system().epochNanos() / NANOS_PER_SECOND);
    CompletableFuture<ChainVerdict> proof = CompletableFuture.supplyAsync(this::proof);
    ClockReport report;
    try (ProgressBar bar = ProgressBar.onStandardError()) {
      report =
          new ReportBuilder(period.first, period.last, present)
              .read(directory, percent -> bar.update(percent, 100, "%"));
    }
    if (report.figures().recordCount() == 0) {
      spec.commandLine()
          .getErr()
          .println(
              "clocksync: the history in "
                  + directory
                  + " has no record from "
                  + period.first
                  + " to "
                  + period.last);
      return ExitStatus.NO_ANSWER;
    }
    ChainVerdict verdict = proof.join();
    report = report.proved(verdict);
    PrintWriter out = spec.commandLine().getOut();
    out.print(text(report));
    if (out.checkError()) {
      throw new IOException("standard output cannot be written");
    }
    if (!verdict.isIntact()) {
      spec.commandLine()
          .getErr()
          .println("clocksync: the chain of the history is " + report.proof());
      return ExitStatus.CRITICAL;
    }
    return exitStatus(report);
  }

  private ChainVerdict proof() {
    try {
      return ChainCheck.of(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text(ClockReport report) {
    return switch (format) {
      case MARKDOWN -> ReportMarkdown.of(report);
      case HTML -> ReportHtml.of(report);
      case JSON -> ReportJson.of(report) + "\n";
    };
  }

  private static int exitStatus(ClockReport report) {
    boolean isMissed = report.metrics().stream().anyMatch(m -> m.outcome() == Metric.Outcome.FAIL);
    if (isMissed) {
      return ExitStatus.CRITICAL;
    }
    return report.isPassed() ? ExitStatus.HEALTHY : ExitStatus.WARNING;
  }

  private Period period(LocalDate newest) {
    if (week.isPresent() && (from.isPresent() || to.isPresent())) {
      throw wrong("--week says all; --from and --to are another way to say it");
    }
    if (week.isPresent()) {
      LocalDate monday = monday(week.get());
      return new Period(monday, monday.plusDays(DAYS_OF_WEEK - 1));
    }
    LocalDate last = to.orElse(newest);
    LocalDate first = from.orElse(last.minusDays(DAYS_OF_WEEK - 1));
    if (last.isBefore(first)) {
      throw wrong("--to " + last + " is before --from " + first);
    }
    return new Period(first, last);
  }

  private LocalDate monday(String text) {
    Matcher matcher = WEEK.matcher(text);
    if (!matcher.matches()) {
      throw wrong("--week must look like 2026-W47, but is \"" + text + "\"");
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
      throw wrong("--week " + text + ": that year has no such week");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
