package com.ibstream.clocksync.examples.cli;

import com.ibstream.clocksync.ClockMonitor;
import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.examples.report.DriftReport;
import com.ibstream.clocksync.examples.report.DriftText;
import com.ibstream.clocksync.examples.report.HostText;
import com.ibstream.clocksync.health.HealthSnapshot;
import com.ibstream.clocksync.health.http.StatusJson;
import com.ibstream.clocksync.health.plugin.ClockHealthPlugin;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands that look at the host, and may act on it, have in common. */
abstract class RepairCommand implements Callable<Integer> {

  private final Map<String, String> environment;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions config;

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean isJson;

  @Option(
      names = "--timeout",
      defaultValue = "15s",
      paramLabel = "DURATION",
      description = "How long to wait for trusted time. Default: ${DEFAULT-VALUE}.")
  private Duration timeout;

  RepairCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  final CommandSpec spec() {
    return spec;
  }

  /** A command that acts has nothing to do where nobody looks. */
  final void refuseUnwatched(ClockMonitorConfig settings) {
    if (!settings.host().isWatched()) {
      throw new ParameterException(
          spec.commandLine(), "host.watch is false: there is nothing to look at");
    }
  }

  final ClockMonitorConfig settings(UnaryOperator<ClockMonitorConfig.Builder> more) {
    Checks.positive(spec, "--timeout", timeout);
    return config.build(environment, more);
  }

  /** For one look: the history and the endpoint are left to the monitor that runs. */
  final ClockMonitorConfig settingsOfALook(UnaryOperator<ClockMonitorConfig.Builder> more) {
    return settings(
        builder ->
            more.apply(builder)
                .setting("history.directory", "")
                .setting(ClockHealthPlugin.PORT_KEY, ClockHealthPlugin.NO_PORT));
  }

  /**
   * Runs a monitor until everything is settled, or until the process is told to end. Warnings go to
   * the log.
   *
   * @param ending says what is known then, and how the command ends
   * @return the exit status
   */
  final int once(ClockMonitorConfig settings, Duration settling, ToIntFunction<ClockStatus> ending)
      throws InterruptedException {
    return once(settings, settling, status -> true, ending);
  }

  /** The same, until something else is known, too. */
  final int once(
      ClockMonitorConfig settings,
      Duration settling,
      Predicate<ClockStatus> isKnown,
      ToIntFunction<ClockStatus> ending)
      throws InterruptedException {
    try (OrderlyStop stop = OrderlyStop.watch();
        ClockMonitor monitor = HealthPort.start(spec, settings)) {
      ClockStatus status =
          new HostRun(monitor::status, Ruler.system(), stop::await, isKnown)
              .settled(timeout, settings.host().isWatched() ? settling : Duration.ZERO);
      return stop.ended(ending.applyAsInt(status));
    }
  }

  /** Runs a monitor until the process is told to end, and prints what happens. */
  final int untilStopped(ClockMonitorConfig settings) throws InterruptedException {
    try (OrderlyStop stop = OrderlyStop.watch();
        ClockMonitor monitor = HealthPort.start(spec, settings)) {
      monitor.addListener(this::tell);
      stop.await(Long.MAX_VALUE);
      return stop.ended(print(monitor.status()));
    }
  }

  private void tell(ClockEvent event) {
    if (!isJson) {
      PrintWriter out = spec.commandLine().getOut();
      out.println((event.isWarning() ? "WARNING " : "") + event.text());
      out.flush();
    }
  }

  final int print(ClockStatus status) {
    DriftReport report = DriftReport.of(status);
    PrintWriter out = spec.commandLine().getOut();
    if (isJson) {
      out.println(StatusJson.timeSync(HealthSnapshot.of(status)));
    } else {
      out.println(DriftText.text(report));
      out.println();
      HostText.lines(status).forEach(out::println);
    }
    out.flush();
    return report.exitStatus();
  }

  final boolean isJson() {
    return isJson;
  }
}
