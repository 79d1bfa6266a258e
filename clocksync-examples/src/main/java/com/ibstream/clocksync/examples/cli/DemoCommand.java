package com.ibstream.clocksync.examples.cli;

import com.ibstream.clocksync.ClockMonitor;
import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.examples.loopback.FiveServers;
import com.ibstream.clocksync.examples.loopback.ServedTime;
import com.ibstream.clocksync.examples.report.DriftReport;
import com.ibstream.clocksync.examples.trading.SampleTradingService;
import com.ibstream.clocksync.examples.trading.ServiceHealth;
import com.ibstream.clocksync.examples.trading.StampSummary;
import com.ibstream.clocksync.examples.trading.SyntheticMarket;
import com.ibstream.clocksync.health.plugin.ClockHealthPlugin;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.WallClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The sample trading service on five loopback servers of its own. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Runs a sample trading service on five NTP servers of its own, one of them lying.",
      "Needs no network and changes nothing on this machine; Ctrl-C ends it with a summary."
    })
final class DemoCommand implements Callable<Integer> {

  private static final Duration TIMEOUT = Duration.ofMillis(500);
  private static final Duration MIN_POLL = Duration.ofSeconds(1);
  private static final Duration MAX_POLL = Duration.ofSeconds(4);
  private static final long STATUS_NANOS = 5_000_000_000L;
  private static final int MAX_RATE = 100_000;

  private final Ruler ruler = Ruler.system();

  @Spec private CommandSpec spec;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "How long, for example 30s. Default: until Ctrl-C.")
  private Optional<Duration> duration = Optional.empty();

  @Option(
      names = "--port",
      defaultValue = HealthPort.DEFAULT,
      paramLabel = "PORT",
      description = "Port of the health endpoint, 0 for any. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the ticks go. Default: a new temporary file.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--rate",
      defaultValue = "1000",
      paramLabel = "N",
      description = "Ticks per second. Default: ${DEFAULT-VALUE}.")
  private int ticksPerSecond;

  @Override
  public Integer call() throws IOException, InterruptedException {
    duration.ifPresent(value -> Checks.positive(spec, "--for", value));
    Checks.within(spec, "--port", port, 0, HealthPort.MAX);
    Checks.within(spec, "--rate", ticksPerSecond, 1, MAX_RATE);
    try (OrderlyStop stop = OrderlyStop.watch()) {
      return stop.ended(run(stop));
    }
  }

  private int run(OrderlyStop stop) throws IOException, InterruptedException {
    ServedTime truth = ServedTime.of(ruler, WallClock.system());
    try (FiveServers servers = FiveServers.start(truth);
        ClockMonitor monitor = HealthPort.start(spec, config(servers))) {
      Path file =
          out.isPresent() ? out.get() : Files.createTempFile("clocksync-demo-ticks-", ".jsonl");
      SyntheticMarket market = new SyntheticMarket(truth::epochNanos, new SplittableRandom());
      try (SampleTradingService service =
          SampleTradingService.start(monitor.clock(), market, file, ticksPerSecond)) {
        HealthPort.tellFacts(monitor, new ServiceHealth(service));
        greet(servers, monitor, file);
        watch(stop, monitor, service);
        service.complete();
        fail(service);
        return summarise(monitor, service, file);
      }
    }
  }

  private ClockMonitorConfig config(FiveServers servers) {
    return ClockMonitorConfig.builder()
        .servers(servers.addresses())
        .timeout(TIMEOUT)
        .minPoll(MIN_POLL)
        .maxPoll(MAX_POLL)
        .setting(ClockHealthPlugin.PORT_KEY, Integer.toString(port))
        .build();
  }

  private void greet(FiveServers servers, ClockMonitor monitor, Path file) {
    print("five NTP servers on loopback: %s", String.join(", ", servers.addresses()));
    print("  (%s will lie)", servers.liar());
    print("health     %s", HealthPort.url(monitor));
    print("tick file  %s", file.toAbsolutePath());
  }

  private void watch(OrderlyStop stop, ClockMonitor monitor, SampleTradingService service)
      throws IOException, InterruptedException {
    long startMonoNanos = ruler.monoNanos();
    for (long count = 1; ; count++) {
      long elapsedNanos = ruler.monoNanos() - startMonoNanos;
      long leftNanos = duration.map(value -> value.toNanos() - elapsedNanos).orElse(Long.MAX_VALUE);
      long statusNanos = count * STATUS_NANOS - elapsedNanos;
      if (stop.await(Math.min(leftNanos, statusNanos)) || leftNanos <= statusNanos) {
        return;
      }
      fail(service);
      StampSummary stamps = service.summary();
      print(
          "%s; %,d ticks stamped, %,d not",
          StatusLine.of(monitor.status()), stamps.trustedCount(), stamps.refusedCount());
    }
  }

  private int summarise(ClockMonitor monitor, SampleTradingService service, Path file) {
    DriftReport report = DriftReport.of(monitor.status());
    DemoSummary summary =
        new DemoSummary(
            service.summary(), service.writtenCount(), report, HealthPort.url(monitor), file);
    print("summary");
    summary.lines().forEach(line -> print("%s", line));
    return summary.exitStatus();
  }

  private static void fail(SampleTradingService service) throws IOException {
    if (service.failure().isPresent()) {
      throw new IOException("the sample trading service failed", service.failure().get());
    }
  }

  private void print(String format, Object... values) {
    PrintWriter writer = spec.commandLine().getOut();
    writer.println(String.format(Locale.ROOT, format, values));
    writer.flush();
  }
}
