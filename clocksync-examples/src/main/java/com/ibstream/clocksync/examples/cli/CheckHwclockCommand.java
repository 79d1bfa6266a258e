package com.ibstream.clocksync.examples.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.examples.report.HardwareClockText;
import com.ibstream.clocksync.examples.report.HostText;
import com.ibstream.clocksync.facts.BatteryFacts;
import com.ibstream.clocksync.facts.RtcFacts;
import com.ibstream.clocksync.health.http.HardwareClockJson;
import com.ibstream.clocksync.health.http.HostWatchJson;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Holds the hardware clock against trusted time, and sets it where it is told to. */
@Command(
    name = "check-hwclock",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Holds the hardware clock against trusted time: right, in local time, at an impossible date, drifting?",
      "Says what a reboot would bring and how its battery is. With --fix it is set, if it is wrong."
    })
final class CheckHwclockCommand extends RepairCommand {

  private static final Duration SETTLING = Duration.ofMinutes(2);

  /** By then the edge of its second was found: before that it is known to a second only. */
  private static final long EXACT_NANOS = 200_000_000L;

  private static final String FIXING = "write_rtc,set_rtc_utc";

  @Option(names = "--fix", description = "Set it from the system clock, in UTC, if it is wrong.")
  private boolean isFix;

  @Option(names = "--dry-run", description = "Say what --fix would do, but change nothing.")
  private boolean isDryRun;

  CheckHwclockCommand(Map<String, String> environment) {
    super(environment);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (isFix && isDryRun) {
      throw new CommandLine.ParameterException(
          spec().commandLine(), "--fix and --dry-run contradict each other");
    }
    refuseUnwatched(settings(builder -> builder)); // refuses also what is wrong in it
    String mode = isFix ? "act" : isDryRun ? "dry-run" : "observe";
    ClockMonitorConfig settings =
        settingsOfALook(
            builder -> builder.setting("repair.mode", mode).setting("repair.actions", FIXING));
    return once(settings, SETTLING, CheckHwclockCommand::isLookedAt, this::report);
  }

  /** Whether waiting longer tells more. */
  private static boolean isLookedAt(ClockStatus status) {
    Optional<RtcFacts> rtc = status.host().rtc();
    boolean isExact =
        rtc.flatMap(RtcFacts::comparison)
            .flatMap(RtcFacts.Comparison::offset)
            .filter(offset -> offset.boundNanos() <= EXACT_NANOS)
            .isPresent();
    return isExact || rtc.filter(facts -> facts.comparison().isEmpty()).isPresent();
  }

  private int report(ClockStatus status) {
    PrintWriter out = spec().commandLine().getOut();
    if (isJson()) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.set("hardware_clock", HardwareClockJson.of(status));
      json.set("repair", HostWatchJson.repair(status));
      out.println(json);
    } else {
      HardwareClockText.lines(status).forEach(out::println);
      HostText.repairLines(status).forEach(out::println);
    }
    out.flush();
    return exitStatus(status);
  }

  /** By the hardware clock alone, and by its battery. */
  static int exitStatus(ClockStatus status) {
    Optional<RtcFacts> rtc = status.host().rtc();
    if (rtc.isEmpty()) {
      return ExitStatus.NO_ANSWER;
    }
    BatteryFacts.Verdict battery = rtc.get().battery().verdict();
    return switch (rtc.get().state()) {
      case NOT_APPLICABLE -> ExitStatus.HEALTHY;
      case UNKNOWN -> ExitStatus.NO_ANSWER;
      case WRONG, LOCAL_TIME, IMPOSSIBLE_DATE, STUCK, BACKWARDS -> ExitStatus.CRITICAL;
      case GOOD ->
          switch (battery) {
            case FAILING -> ExitStatus.CRITICAL;
            case SUSPECT -> ExitStatus.WARNING;
            case HEALTHY, UNKNOWN -> ExitStatus.HEALTHY;
          };
    };
  }
}
