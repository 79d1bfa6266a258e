package com.ibstream.clocksync.examples.cli;

import com.ibstream.clocksync.ClockMonitorConfig;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sets a wrong system clock through the running time service, and the hardware clock after it. */
@Command(
    name = "sync-time",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Sets a wrong system clock through the time service, then the hardware clock.",
      "Wrong is more than repair.offset.threshold. Asks the servers first: nothing is done without their vote."
    })
final class SyncTimeCommand extends RepairCommand {

  private static final Duration SETTLING = Duration.ofMinutes(5);

  @Option(names = "--dry-run", description = "Say what would be done, but change nothing.")
  private boolean isDryRun;

  @Option(
      names = "--in-trading-hours",
      description = "Also where the market trades or nobody knows whether it does.")
  private boolean isInTradingHours;

  SyncTimeCommand(Map<String, String> environment) {
    super(environment);
  }

  @Override
  public Integer call() throws InterruptedException {
    refuseUnwatched(settings(builder -> builder)); // refuses also what is wrong in it
    return once(permitted(), SETTLING, status -> HostRun.exitStatus(status, print(status)));
  }

  /**
   * Whoever calls this command wants the clock set: the mode need not be configured. A service that
   * is dead sets it by being started.
   */
  private ClockMonitorConfig permitted() {
    UnaryOperator<ClockMonitorConfig.Builder> permission =
        builder ->
            builder
                .setting("repair.mode", isDryRun ? "dry-run" : "act")
                .setting("repair.actions", "restart_service,step_clock,write_rtc,set_rtc_utc");
    ClockMonitorConfig permitted = settingsOfALook(permission);
    if (!isInTradingHours) {
      return permitted;
    }
    long thresholdNanos = permitted.host().repairPolicy().offsetThresholdNanos();
    return settingsOfALook(
        builder ->
            permission.apply(builder).setting("repair.emergency.threshold", thresholdNanos + "ns"));
  }
}
