package com.ibstream.clocksync.examples.cli;

import com.ibstream.clocksync.ClockMonitorConfig;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks at the time service and the clock, and does what the configured policy allows. */
@Command(
    name = "watchdog",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Watches the time service and the clock, and repairs what repair.mode allows.",
      "With --once it looks once, does what there is to do, and says what became of it."
    })
final class WatchdogCommand extends RepairCommand {

  /** Longer than any action may take to show its effect. */
  private static final Duration SETTLING = Duration.ofMinutes(10);

  @Option(
      names = "--once",
      description = "Look once and end: for cron and systemd timers. Default: until Ctrl-C.")
  private boolean isOnce;

  @Option(names = "--dry-run", description = "Decide and tell, but change nothing.")
  private boolean isDryRun;

  WatchdogCommand(Map<String, String> environment) {
    super(environment);
  }

  @Override
  public Integer call() throws InterruptedException {
    ClockMonitorConfig configured = settings(builder -> builder); // refuses what is wrong in it
    refuseUnwatched(configured);
    ClockMonitorConfig settings =
        isDryRun ? settings(builder -> builder.setting("repair.mode", "dry-run")) : configured;
    return isOnce
        ? once(settings, SETTLING, status -> HostRun.exitStatus(status, print(status)))
        : untilStopped(settings);
  }
}
