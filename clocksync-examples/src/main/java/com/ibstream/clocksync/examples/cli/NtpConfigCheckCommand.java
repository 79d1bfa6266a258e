package com.ibstream.clocksync.examples.cli;

import com.ibstream.clocksync.TimeServiceConfig;
import com.ibstream.clocksync.examples.report.ConfigReport;
import com.ibstream.clocksync.facts.TimeService;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks for mistakes in the configuration files of time services. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Names the mistakes in configuration files of ntpsec (or ntpd), chrony and timesyncd, with"
            + " line numbers and reasons. Several files are those of one host.",
    footer = {
      "",
      "Exit status: 0 nothing worse than a note, 1 warnings, 2 errors, 3 a file cannot be read,",
      "64 wrong usage, 70 internal failure."
    })
final class NtpConfigCheckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "For example /etc/ntpsec/ntp.conf or /etc/chrony/chrony.conf.")
  private List<Path> files = List.of();

  @Option(
      names = "--service",
      paramLabel = "ntpsec|chrony|timesyncd",
      description = "Whose files they are. Default: found out from content and name.")
  private Optional<TimeService> service = Optional.empty();

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean isJson;

  NtpConfigCheckCommand() {}

  @Override
  public Integer call() throws IOException {
    ConfigReport report;
    try {
      report =
          new ConfigReport(
              files.stream().map(Path::toString).distinct().toList(),
              TimeServiceConfig.check(files, service));
    } catch (IOException unreadable) {
      spec.commandLine().getErr().println("clocksync: " + unreadable.getMessage());
      return ExitStatus.NO_ANSWER;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(isJson ? report.json() : report.text());
    if (out.checkError()) {
      throw new IOException("standard output cannot be written");
    }
    return report.exitStatus();
  }
}
