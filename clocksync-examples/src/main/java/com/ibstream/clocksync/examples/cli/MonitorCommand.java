package com.ibstream.clocksync.examples.cli;

import com.ibstream.clocksync.ClockMonitor;
import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.examples.report.DriftReport;
import com.ibstream.clocksync.examples.report.DriftText;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.verdict.ClockEvent;
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

/** Watches this machine's clock against real servers until it is told to stop. */
@Command(
    name = "monitor",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Watches the clock and answers health requests until Ctrl-C, or for a given time.")
final class MonitorCommand implements Callable<Integer> {

  private static final long STATUS_NANOS = 60_000_000_000L;

  private final Map<String, String> environment;
  private final Ruler ruler = Ruler.system();

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions config;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "How long, for example 8h. Default: until Ctrl-C.")
  private Optional<Duration> duration = Optional.empty();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "Port of the health endpoint. Default: health.port as configured, else "
              + HealthPort.DEFAULT
              + ".")
  private Optional<Integer> port = Optional.empty();

  MonitorCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    duration.ifPresent(value -> Checks.positive(spec, "--for", value));
    port.ifPresent(value -> Checks.within(spec, "--port", value, 0, HealthPort.MAX));
    ClockMonitorConfig settings = HealthPort.configure(config, environment, port);
    try (OrderlyStop stop = OrderlyStop.watch();
        ClockMonitor monitor = HealthPort.start(spec, settings)) {
      monitor.addListener(event -> tell(monitor, event));
      print("servers    " + settings.servers());
      print("health     " + HealthPort.url(monitor));
      watch(stop, monitor);
      DriftReport last = DriftReport.of(monitor.status());
      print(DriftText.text(last));
      return stop.ended(last.exitStatus());
    }
  }

  private void watch(OrderlyStop stop, ClockMonitor monitor) throws InterruptedException {
    long startMonoNanos = ruler.monoNanos();
    for (long count = 1; ; count++) {
      long elapsedNanos = ruler.monoNanos() - startMonoNanos;
      long leftNanos = duration.map(value -> value.toNanos() - elapsedNanos).orElse(Long.MAX_VALUE);
      long statusNanos = count * STATUS_NANOS - elapsedNanos;
      if (stop.await(Math.min(leftNanos, statusNanos)) || leftNanos <= statusNanos) {
        return;
      }
      print(StatusLine.of(monitor.status()));
    }
  }

  private void tell(ClockMonitor monitor, ClockEvent event) {
    print(
        StatusLine.time(monitor.status()) + (event.isWarning() ? " WARNING " : " ") + event.text());
    if (event instanceof ClockEvent.TrustChanged) {
      print(StatusLine.of(monitor.status()));
    }
  }

  private void print(String text) {
    PrintWriter writer = spec.commandLine().getOut();
    synchronized (writer) {
      writer.println(text);
      writer.flush();
    }
  }
}
