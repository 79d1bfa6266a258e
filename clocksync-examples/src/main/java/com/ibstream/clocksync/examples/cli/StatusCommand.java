package com.ibstream.clocksync.examples.cli;

import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.examples.report.RunningServices;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
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

  private static final String NOWHERE = "/nonexistent";
  private static final Duration SETTLING = Duration.ofSeconds(30);

  @Option(
      names = "--health",
      paramLabel = "URL",
      description = {
        "Also show what a running service says of itself at this address,",
        "for example http://127.0.0.1:8851/system/health."
      })
  private Optional<URI> health = Optional.empty();

  private static String mode(ClockMonitorConfig configured) {
    return configured
        .host()
        .repairPolicy()
        .mode()
        .name()
        .toLowerCase(Locale.ROOT)
        .replace('_', '-');
  }

  StatusCommand(Map<String, String> environment) {
    super(environment);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (health.isPresent() && isJson()) {
      throw new CommandLine.ParameterException(
          spec().commandLine(), "--health is for people: it cannot be had with --json");
    }
    ClockMonitorConfig configured = settings(builder -> builder); // refuses what is wrong in it
    ClockMonitorConfig settings =
        settingsOfALook(
            builder ->
                builder
                    .setting("repair.mode", "observe")
                    .setting("repair.directory", NOWHERE)); // the service's audit is not ours
    int exitStatus = once(settings, SETTLING, this::print);
    if (!isJson()) {
      spec()
          .commandLine()
          .getOut()
          .printf("%-14s%s%n", "repair mode", mode(configured) + ", as configured; here: observe");
    }
    if (health.isPresent()) {
      RunningServices.lines(health.get()).forEach(spec().commandLine().getOut()::println);
      spec().commandLine().getOut().flush();
    }
    return exitStatus;
  }
}
