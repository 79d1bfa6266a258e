package com.ibstream.clocksync.watch;

import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.repair.Actuator;
import com.ibstream.clocksync.repair.Actuator.Result.Outcome;
import com.ibstream.clocksync.seam.CommandRunner;
import com.ibstream.clocksync.seam.CommandRunner.CommandResult;
import com.ibstream.clocksync.seam.HostFiles;
import com.ibstream.clocksync.seam.HostFiles.FileContent;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.WallClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Changes this machine by the tools that it has: fixed commands, absolute paths, no shell. Blocks
 * for up to a minute; for the host's thread.
 */
public final class HostActuator implements Actuator {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** What a service reports of a clock that is right is less. */
  private static final long LEAST_KNOWN_NANOS = 5_000_000L;

  private static final int MOST_SAID = 200;
  private static final Path RTC_SECONDS = Path.of("/sys/class/rtc/rtc0/since_epoch");

  /** The file shows whole seconds, and the second may turn while it is read. */
  private static final long RTC_TOLERANCE_SECONDS = 2;

  /** systemctl's own status for a missing privilege. */
  private static final int INSUFFICIENT_PRIVILEGE = 4;

  /** What hwclock says where there is none; also, after the reason, where it may not be opened. */
  private static final String NO_RTC = "Cannot access the Hardware Clock via any known method";

  private static final List<String> NO_PRIVILEGE =
      List.of(
          "a password is required",
          "a terminal is required",
          "not allowed",
          "may not run sudo",
          "not in the sudoers file",
          "unknown user",
          "interactive authentication required",
          "access denied",
          "permission denied",
          "operation not permitted",
          "not authorised",
          "not authorized");

  private final CommandRunner runner;
  private final HostFiles files;
  private final Ruler ruler;
  private final WallClock wall;
  private final Privilege privilege;

  /**
   * An actuator of this machine.
   *
   * @param runner runs the tools
   * @param files for reading the hardware clock back
   * @param ruler for durations
   * @param wall what the hardware clock is set by
   * @param privilege how the tools are run
   */
  public HostActuator(
      CommandRunner runner, HostFiles files, Ruler ruler, WallClock wall, Privilege privilege) {
    this.runner = runner;
    this.files = files;
    this.ruler = ruler;
    this.wall = wall;
    this.privilege = privilege;
  }

  @Override
  public Result act(RepairAction action, ServiceFacts service) {
    long startNanos = ruler.monoNanos();
    Optional<List<List<String>>> commands = commands(action, service);
    if (commands.isEmpty()) {
      return new Result(
          Outcome.IMPOSSIBLE, List.of(), "there is no time service that we know to do it", 0);
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
    if (outcome == Outcome.DONE && isHardwareClock(action)) {
      outcome = readBack(said);
    }
    return new Result(outcome, run, String.join("; ", said), ruler.monoNanos() - startNanos);
  }

  private static Optional<List<List<String>>> commands(RepairAction action, ServiceFacts service) {
    if (isHardwareClock(action)) {
      return Optional.of(RepairCommands.hardwareClock(action));
    }
    return service
        .unit()
        .filter(unit -> unit.service().unitNames().contains(unit.name()))
        .map(
            unit ->
                RepairCommands.of(
                    action, unit.service(), unit.name(), unit.isFailed(), isAware(unit, service)));
  }

  private static boolean isAware(ServiceFacts.Unit unit, ServiceFacts service) {
    return unit.isActive()
        && service
            .claim()
            .map(ServiceFacts.Claim::offsetNanos)
            .filter(own -> own.isPresent() && Math.abs(own.getAsLong()) >= LEAST_KNOWN_NANOS)
            .isPresent();
  }

  private static boolean isHardwareClock(RepairAction action) {
    return action == RepairAction.WRITE_RTC || action == RepairAction.SET_RTC_UTC;
  }

  private Outcome judge(List<String> command, CommandResult result) {
    return switch (result.outcome()) {
      case TIMED_OUT -> Outcome.TIMED_OUT;
      case NOT_STARTED ->
          privilege == Privilege.SUDO || speaksOfPrivilege(result)
              ? Outcome.NOT_PERMITTED
              : Outcome.IMPOSSIBLE;
      case EXITED -> {
        if (result.exitStatus() == 0) {
          yield Outcome.DONE;
        }
        boolean isSystemctl = command.contains("/usr/bin/systemctl");
        if (speaksOfPrivilege(result)
            || (isSystemctl && result.exitStatus() == INSUFFICIENT_PRIVILEGE)) {
          yield Outcome.NOT_PERMITTED;
        }
        yield result.error().contains(NO_RTC) ? Outcome.IMPOSSIBLE : Outcome.FAILED;
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
          case NOT_STARTED -> "not started";
        };
    return name + " " + command.get(1) + ": " + ended + (said.isEmpty() ? "" : ", " + said);
  }

  private Outcome readBack(List<String> said) {
    FileContent content = files.read(RTC_SECONDS);
    if (content.outcome() == FileContent.Outcome.ABSENT) {
      said.add("the hardware clock cannot be read back: " + content.detail());
      return Outcome.DONE;
    }
    long wallSeconds = TimeUnit.NANOSECONDS.toSeconds(wall.epochNanos());
    try {
      long differenceSeconds = Long.parseLong(content.text().strip()) - wallSeconds;
      said.add("hardware clock minus system clock, read back: " + differenceSeconds + " s");
      return Math.abs(differenceSeconds) <= RTC_TOLERANCE_SECONDS ? Outcome.DONE : Outcome.FAILED;
    } catch (NumberFormatException e) {
      said.add("the hardware clock cannot be read back: " + content.detail());
      return Outcome.FAILED;
    }
  }
}
