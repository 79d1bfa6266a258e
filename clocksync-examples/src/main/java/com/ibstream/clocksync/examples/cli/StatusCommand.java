package com.ibstream.clocksync.examples.cli;

import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.examples.report.RunningServices;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says how time stands on this host: clock, servers, time service, and the services that run. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Says how time stands on this host: clock, servers, time service, repairs. Changes nothing.")
final class StatusCommand extends RepairCommand {

  private static final Duration SETTLING = Duration.ofSeconds(30);

  @Option(
      names = "--health",
      paramLabel = "URL",
      description = {
        "Also show what a running service says of itself at this address,",
        "for example http://127.0.0.1:8851/system/health."
      })
  private Optional<URI> health = Optional.empty();

  StatusCommand(Map<String, String> environment) {
    super(environment);
  }

  @Override
  public Integer call() throws InterruptedException {
    ClockMonitorConfig settings = settings(builder -> builder.setting("repair.mode", "observe"));
    int exitStatus = print(once(settings, SETTLING));
    if (health.isPresent() && !isJson()) {
      RunningServices.lines(health.get()).forEach(spec().commandLine().getOut()::println);
      spec().commandLine().getOut().flush();
    }
    return exitStatus;
  }
}
