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
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The directory of the history.")
  private Path directory = Path.of(".");

  @Mixin private PeriodOptions period = new PeriodOptions();

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

  ReportCommand() {}

  @Override
  public Integer call() throws IOException {
    Optional<LocalDate> newest;
    try {
      newest = ReportBuilder.newestDay(directory);
      OtherHistories.tell(directory, spec.commandLine().getErr());
    } catch (IOException e) {
      spec.commandLine().getErr().println("clocksync: " + directory + " cannot be read: " + e);
      return ExitStatus.NO_ANSWER;
    }
    if (newest.isEmpty()) {
      spec.commandLine().getErr().println("clocksync: there is no history in " + directory);
      return ExitStatus.NO_ANSWER;
    }
    PeriodOptions.Period days = period.of(newest.get(), spec);
    Instant present = Instant.ofEpochSecond(WallClock.system().epochNanos() / NANOS_PER_SECOND);
    CompletableFuture<ChainVerdict> proof = CompletableFuture.supplyAsync(this::proof);
    ClockReport report;
    try (ProgressBar bar = ProgressBar.onStandardError()) {
      report =
          new ReportBuilder(days.first(), days.last(), present)
              .read(directory, percent -> bar.update(percent, 100, "%"));
    }
    if (report.figures().recordCount() == 0) {
      spec.commandLine().getErr().println(days.noRecord(directory));
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
}
