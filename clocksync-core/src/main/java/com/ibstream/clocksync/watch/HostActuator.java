package com.ibstream.clocksync.watch;

import com.ibstream.clocksync.repair.Actuator;
import com.ibstream.clocksync.repair.Actuator.Result.Outcome;
import com.ibstream.clocksync.seam.CommandRunner;
import com.ibstream.clocksync.seam.CommandRunner.CommandResult;
import com.ibstream.clocksync.seam.HostFiles;
import com.ibstream.clocksync.seam.HostFiles.FileContent;
import com.ibstream.clocksync.time.Ruler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Changes this machine by the tools that it has: fixed commands, absolute paths, no shell. Blocks
 * for up to a minute; for the host's thread.
 */
public final class HostActuator implements Actuator {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final int MOST_SAID = 200;
  private static final Path RTC_SECONDS = Path.of("/sys/class/rtc/rtc0/since_epoch");

  /** systemctl's own status for a missing privilege. */
  private static final int INSUFFICIENT_PRIVILEGE = 4;

  /** What hwclock says where there is none; also, after the reason, where it may not be opened. */
  private static final String NO_RTC = "Cannot access the Hardware Clock via any known method";

  /** What sudo says of a tool that is not there. */
  private static final String NO_COMMAND = "command not found";

  private static final String HWCLOCK_HINT =
      " (on Debian and Ubuntu hwclock is in the package util-linux-extra)";

  private static final List<String> NO_PRIVILEGE =
      List.of(
          "a password is required",
          "a terminal is required",
          "not allowed",
          "may not run sudo",
          "not in the sudoers file",
          "unknown user",
          "no new privileges",
          "effective uid is not 0",
          "interactive authentication required",
          "access denied",
          "permission denied",
          "operation not permitted",
          "not authorised",
          "not authorized");

  private final CommandRunner runner;
  private final HostFiles files;
  private final Ruler ruler;
  private final Privilege privilege;

  /**
   * An actuator of this machine.
   *
   * @param runner runs the tools
   * @param files for reading the hardware clock back
   * @param ruler for durations
   * @param privilege how the tools are run
   */
  public HostActuator(CommandRunner runner, HostFiles files, Ruler ruler, Privilege privilege) {
    this.runner = runner;
    this.files = files;
    this.ruler = ruler;
    this.privilege = privilege;
  }

  @Override
  public Result act(Order order) {
    long startNanos = ruler.monoNanos();
    Optional<List<List<String>>> commands = commands(order);
    if (commands.isEmpty()) {
      return new Result(
          Outcome.IMPOSSIBLE,
          List.of(),
          "there is no time service that we know to do it",
          0,
          startNanos);
    }
    List<String> run = new ArrayList<>();
    List<String> said = new ArrayList<>();
    Outcome outcome = Outcome.DONE;
    for (List<String> bare : commands.get()) {
      List<String> command = privilege.command(bare);
      run.add(String.join(" ", command));
      CommandResult result = runner.run(command, LIMIT);
      said.add(describe(bare, result));
      outcome = judge(command, result);
      if (outcome != Outcome.DONE) {
        break;
      }
    }
    long endNanos = ruler.monoNanos();
    return new Result(outcome, run, String.join("; ", said), endNanos - startNanos, endNanos);
  }

  private static Optional<List<List<String>>> commands(Order order) {
    if (order.action().isOfHardwareClock()) {
      return Optional.of(RepairCommands.hardwareClock(order.action()));
    }
    return order
        .service()
        .unit()
        .filter(unit -> unit.service().unitNames().contains(unit.name()))
        .map(
            unit ->
                RepairCommands.of(
                    order.action(),
                    unit.service(),
                    unit.name(),
                    unit.isFailed() || unit.isTriedAgain(),
                    unit.isActive() && order.isServiceAware()));
  }

  private Outcome judge(List<String> command, CommandResult result) {
    return switch (result.outcome()) {
      case TIMED_OUT -> Outcome.TIMED_OUT;
      case ABSENT -> privilege == Privilege.SUDO ? Outcome.NOT_PERMITTED : Outcome.IMPOSSIBLE;
      case NOT_STARTED -> speaksOfPrivilege(result) ? Outcome.NOT_PERMITTED : Outcome.FAILED;
      case EXITED -> {
        if (result.exitStatus() == 0) {
          yield Outcome.DONE;
        }
        boolean isSystemctl = command.contains("/usr/bin/systemctl");
        if (speaksOfPrivilege(result)
            || (isSystemctl && result.exitStatus() == INSUFFICIENT_PRIVILEGE)) {
          yield Outcome.NOT_PERMITTED;
        }
        yield result.error().contains(NO_RTC) || result.error().contains(NO_COMMAND)
            ? Outcome.IMPOSSIBLE
            : Outcome.FAILED;
      }
    };
  }

  /** chronyc complains on standard output, the others do not. */
  private static boolean speaksOfPrivilege(CommandResult result) {
    String said = (result.output() + "\n" + result.error()).toLowerCase(Locale.ROOT);
    return NO_PRIVILEGE.stream().anyMatch(said::contains);
  }

  private static String describe(List<String> command, CommandResult result) {
    String name = command.get(0).substring(command.get(0).lastIndexOf('/') + 1);
    String said =
        PlainText.line(result.error().isBlank() ? result.output() : result.error(), MOST_SAID);
    String ended =
        switch (result.outcome()) {
          case EXITED -> "exit status " + result.exitStatus();
          case TIMED_OUT -> "not ended after " + LIMIT.toSeconds() + " s";
          case ABSENT, NOT_STARTED -> "not started";
        };
    boolean isAbsent =
        result.outcome() == CommandResult.Outcome.ABSENT || said.contains(NO_COMMAND);
    return name
        + " "
        + command.get(1)
        + ": "
        + ended
        + (said.isEmpty() ? "" : ", " + said)
        + (isAbsent && name.equals("hwclock") ? HWCLOCK_HINT : "");
  }

  @Override
  public RtcReading readHardwareClock() {
    FileContent content = files.read(RTC_SECONDS);
    long nowNanos = ruler.monoNanos();
    if (content.outcome() != FileContent.Outcome.READ) {
      return RtcReading.unreadable(content.detail());
    }
    try {
      return new RtcReading(true, Long.parseLong(content.text().strip()), nowNanos, "");
    } catch (NumberFormatException e) {
      return RtcReading.unreadable(RTC_SECONDS + " holds no number");
    }
  }
}
