package com.ibstream.clocksync.examples.cli;

import com.ibstream.clocksync.history.chain.ChainCheck;
import com.ibstream.clocksync.history.chain.ChainVerdict;
import com.ibstream.clocksync.history.compliance.ComplianceProfile;
import com.ibstream.clocksync.history.compliance.ComplianceReport;
import com.ibstream.clocksync.history.compliance.ComplianceTally;
import com.ibstream.clocksync.history.report.ClockReport;
import com.ibstream.clocksync.history.report.ReportBuilder;
import com.ibstream.clocksync.time.WallClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds a history against what a regulation asks. */
@Command(
    name = "compliance",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Holds a history against what a regulation asks of a clock, business day by business day"
            + " (UTC, Monday to Friday). Unmonitored time is never compliant.",
    footer = {
      "",
      "Profiles: finra-4590, finra-4590-other, cat-industry-member, cat-participant, rts25-venue,",
      "rts25-venue-fast, rts25-hft, rts25-voice, rts25-other; or a file of one's own.",
      "",
      "Exit status: 0 compliant, 1 not demonstrable or not monitored all the time, 2 exceeded or the",
      "chain is broken, 3 there is no history, 64 wrong usage, 70 internal failure."
    })
final class ComplianceCommand implements Callable<Integer> {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The directory of the history.")
  private Path directory = Path.of(".");

  @Option(
      names = "--profile",
      required = true,
      paramLabel = "ID|FILE",
      description = "What is asked: a known profile, or a JSON file.")
  private String profile = "";

  @Mixin private PeriodOptions period = new PeriodOptions();

  @Option(
      names = "--open",
      paramLabel = "HH:MM",
      description = "When the market opens: the clock has to be checked before.")
  private Optional<LocalTime> open = Optional.empty();

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "The zone of --open. Default: America/New_York.")
  private Optional<ZoneId> zone = Optional.empty();

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean isJson;

  ComplianceCommand() {}

  @Override
  public Integer call() throws IOException {
    ComplianceProfile asked = asked();
    if (zone.isPresent() && open.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--zone is that of --open, which is missing");
    }
    Optional<LocalDate> newest;
    ChainVerdict verdict;
    try {
      newest = ReportBuilder.newestDay(directory);
      verdict = ChainCheck.of(directory);
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
    ComplianceTally tally =
        new ComplianceTally(
            asked, open.map(at -> new ComplianceTally.Open(at, zone.orElse(NEW_YORK))));
    Instant present = Instant.ofEpochSecond(WallClock.system().epochNanos() / NANOS_PER_SECOND);
    ClockReport report =
        new ReportBuilder(days.first(), days.last(), present)
            .also(tally)
            .read(directory, percent -> {})
            .proved(verdict);
    if (report.figures().recordCount() == 0) {
      spec.commandLine().getErr().println(days.noRecord(directory));
      return ExitStatus.NO_ANSWER;
    }
    ComplianceReport found =
        new ComplianceReport(asked, report, tally.days(days.first(), days.last()));
    PrintWriter out = spec.commandLine().getOut();
    out.print(isJson ? found.json() + "\n" : found.markdown());
    if (out.checkError()) {
      throw new IOException("standard output cannot be written");
    }
    if (!verdict.isIntact()) {
      spec.commandLine()
          .getErr()
          .println("clocksync: the chain of the history is " + report.proof());
      return ExitStatus.CRITICAL;
    }
    return switch (found.outcome()) {
      case COMPLIANT -> ExitStatus.HEALTHY;
      case EXCEEDED -> ExitStatus.CRITICAL;
      case INCOMPLETE, NOT_DEMONSTRABLE -> ExitStatus.WARNING;
    };
  }

  private ComplianceProfile asked() throws IOException {
    Optional<ComplianceProfile> known = ComplianceProfile.known(profile);
    if (known.isPresent()) {
      return known.get();
    }
    if (!Files.exists(Path.of(profile))) {
      throw new ParameterException(
          spec.commandLine(),
          "--profile "
              + profile
              + " is neither a file nor one of "
              + ComplianceProfile.known().stream()
                  .map(ComplianceProfile::id)
                  .collect(Collectors.joining(", ")));
    }
    try {
      return ComplianceProfile.read(Path.of(profile));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
