package com.ibstream.clocksync.examples.cli;

import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.DriftProbe;
import com.ibstream.clocksync.examples.report.DriftJson;
import com.ibstream.clocksync.examples.report.DriftReport;
import com.ibstream.clocksync.examples.report.DriftText;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the system clock once, or several times, and prints what it found. */
@Command(
    name = "time-drift",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Measures how far the system clock is from true time; positive = our clock is ahead.")
final class TimeDriftCommand implements Callable<Integer> {

  private static final int MAX_COUNT = 1_000_000;

  private final Map<String, String> environment;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions config;

  @Option(
      names = "--samples",
      defaultValue = "4",
      paramLabel = "N",
      description =
          "Exchanges per address, 1 to " + DriftProbe.MAX_SAMPLES + ". Default: ${DEFAULT-VALUE}.")
  private int sampleCount;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "How long an answer may take. Default: timeout as configured, else 1s.")
  private Optional<Duration> timeout = Optional.empty();

  @Option(names = "--json", description = "Print one JSON document a line and nothing else.")
  private boolean isJson;

  @Option(
      names = "--repeat",
      defaultValue = "1",
      paramLabel = "N",
      description = "How many times to measure. Default: ${DEFAULT-VALUE}.")
  private int repeatCount;

  @Option(
      names = "--interval",
      defaultValue = "1s",
      paramLabel = "DURATION",
      description = {
        "Pause between two measurements. Default: ${DEFAULT-VALUE}.",
        "Servers are never asked faster than good manners allow."
      })
  private Duration interval;

  TimeDriftCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Checks.within(spec, "--samples", sampleCount, 1, DriftProbe.MAX_SAMPLES);
    Checks.within(spec, "--repeat", repeatCount, 1, MAX_COUNT);
    Checks.notNegative(spec, "--interval", interval);
    timeout.ifPresent(value -> Checks.positive(spec, "--timeout", value));
    ClockMonitorConfig settings =
        config.build(environment, builder -> timeout.map(builder::timeout).orElse(builder));
    int worst = ExitStatus.HEALTHY;
    try (DriftProbe probe = DriftProbe.open(settings)) {
      for (int run = 0; run < repeatCount; run++) {
        if (run > 0) {
          Thread.sleep(interval.toMillis());
        }
        worst = Math.max(worst, measure(probe));
      }
    }
    return worst;
  }

  private int measure(DriftProbe probe) throws IOException, InterruptedException {
    DriftReport report;
    try (ProgressBar bar = ProgressBar.onStandardError()) {
      report = DriftReport.of(probe.measure(sampleCount, bar::update));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(isJson ? DriftJson.line(report) : DriftText.text(report));
    if (out.checkError()) {
      throw new IOException("standard output cannot be written");
    }
    return report.exitStatus();
  }
}
