package com.ibstream.clocksync.examples.cli;

import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sets a wrong system clock through the running time service, and the hardware clock after it. */
@Command(
    name = "sync-time",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Sets the system clock through the time service if it is wrong by more than repair.offset.threshold,",
      "then the hardware clock. Asks the servers first, and does nothing without their vote."
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
    ClockStatus status = once(settings(this::permitted), SETTLING);
    return HostRun.exitStatus(status, print(status));
  }

  /** Whoever calls this command wants the clock set: the mode need not be configured. */
  private ClockMonitorConfig.Builder permitted(ClockMonitorConfig.Builder builder) {
    builder
        .setting("repair.mode", isDryRun ? "dry-run" : "act")
        .setting("repair.actions", "step_clock,write_rtc");
    return isInTradingHours ? builder.setting("repair.emergency.threshold", "1ms") : builder;
  }
}
