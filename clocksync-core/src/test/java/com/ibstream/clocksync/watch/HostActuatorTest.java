package com.ibstream.clocksync.watch;

import static com.ibstream.clocksync.repair.HostStatuses.good;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.facts.ServiceFacts.State;
import com.ibstream.clocksync.facts.TimeService;
import com.ibstream.clocksync.repair.Actuator.Order;
import com.ibstream.clocksync.repair.Actuator.Result;
import com.ibstream.clocksync.repair.Actuator.Result.Outcome;
import com.ibstream.clocksync.repair.Actuator.RtcReading;
import com.ibstream.clocksync.seam.CommandRunner.CommandResult;
import com.ibstream.clocksync.seam.HostFiles.FileContent;
import com.ibstream.clocksync.testing.FakeHostFiles;
import com.ibstream.clocksync.testing.ScriptedCommands;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is run for each action, and how its end is understood. */
class HostActuatorTest {

  private static final String RTC = "/sys/class/rtc/rtc0/since_epoch";
  private static final long WALL_SECONDS = 1_795_345_200L;

  private final ScriptedCommands commands = new ScriptedCommands();
  private final FakeHostFiles files = new FakeHostFiles();
  private Privilege privilege = Privilege.ROOT;

  private HostActuator actuator() {
    return new HostActuator(commands, files, () -> 7, privilege);
  }

  private Result act(RepairAction action, ServiceFacts service) {
    return act(action, service, true);
  }

  private Result act(RepairAction action, ServiceFacts service, boolean isServiceAware) {
    return actuator().act(new Order(action, service, isServiceAware));
  }

  private static CommandResult exited(int status, String output, String error) {
    return new CommandResult(CommandResult.Outcome.EXITED, status, output, error);
  }

  private void answer(CommandResult result, String command) {
    commands.answer(result, command.split(" "));
  }

  private List<String> calls() {
    return commands.calls().stream().map(call -> String.join(" ", call)).toList();
  }

  @Test
  void shouldResetOnlyWhatHasFailedBeforeItIsRestarted() {
    answer(exited(0, "", ""), "/usr/bin/systemctl reset-failed ntpsec.service");
    answer(exited(0, "", ""), "/usr/bin/systemctl restart ntpsec.service");

    Result failed = act(RepairAction.RESTART_SERVICE, good().state(State.FAILED).facts());
    assertThat(failed.outcome()).isEqualTo(Outcome.DONE);
    act(RepairAction.RESTART_SERVICE, good().state(State.INACTIVE).facts());

    assertThat(calls())
        .containsExactly(
            "/usr/bin/systemctl reset-failed ntpsec.service",
            "/usr/bin/systemctl restart ntpsec.service",
            "/usr/bin/systemctl restart ntpsec.service");
    assertThat(failed.detail())
        .isEqualTo("systemctl reset-failed: exit status 0; systemctl restart: exit status 0");
  }

  @ParameterizedTest
  @CsvSource({
    "CHRONY, SYNCHRONISED, true, /usr/bin/chronyc makestep",
    "CHRONY, SYNCHRONISED, false, /usr/bin/systemctl restart chrony.service",
    "CHRONY, INACTIVE, true, /usr/bin/systemctl restart chrony.service",
    "CHRONY, FAILED, true, /usr/bin/systemctl reset-failed chrony.service",
    "NTPSEC, SYNCHRONISED, true, /usr/bin/systemctl restart ntpsec.service",
    "TIMESYNCD, DISPUTED, true, /usr/bin/systemctl restart systemd-timesyncd.service"
  })
  void shouldStepByWhatWorksForTheService(
      TimeService service, State state, boolean isServiceAware, String command) {
    act(RepairAction.STEP_CLOCK, good().service(service).state(state).facts(), isServiceAware);

    assertThat(calls()).containsExactly(command);
  }

  @Test
  void shouldRunThroughSudoWithoutAPasswordUnlessItIsRoot() {
    privilege = Privilege.SUDO;
    answer(exited(0, "", ""), "/usr/bin/sudo -n /usr/bin/timedatectl set-local-rtc 0");
    answer(exited(0, "", ""), "/usr/bin/sudo -n /usr/sbin/hwclock --systohc --utc");

    Result result = act(RepairAction.SET_RTC_UTC, good().facts());

    assertThat(result.outcome()).isEqualTo(Outcome.DONE);
    assertThat(calls()).isEqualTo(result.commands());
    assertThat(result.commands())
        .containsExactly(
            "/usr/bin/sudo -n /usr/bin/timedatectl set-local-rtc 0",
            "/usr/bin/sudo -n /usr/sbin/hwclock --systohc --utc");
    assertThat(result.detail())
        .isEqualTo("timedatectl set-local-rtc: exit status 0; hwclock --systohc: exit status 0");
  }

  @Test
  void shouldReadTheHardwareClockOrSayWhyNot() {
    files.file(RTC, WALL_SECONDS + "\n");
    assertThat(actuator().readHardwareClock()).isEqualTo(new RtcReading(true, WALL_SECONDS, 7, ""));

    files.file(RTC, "soon\n");
    assertThat(actuator().readHardwareClock().isRead()).isFalse();
    files.file(RTC, new FileContent(FileContent.Outcome.DENIED, "", "may not be read"));
    assertThat(actuator().readHardwareClock().isRead()).isFalse();
    assertThat(actuator().readHardwareClock().detail()).isEqualTo("may not be read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1|sudo: a password is required",
        "1|Sorry, user x is not allowed to execute '/usr/bin/systemctl' as root on h.",
        "1|Sorry, user x may not run sudo on h.",
        "1|sudo: unknown user x",
        "1|x is not in the sudoers file.",
        "1|sudo: The \"no new privileges\" flag is set, which prevents sudo from running as root.",
        "1|sudo: effective uid is not 0, is sudo installed setuid root?",
        "1|Failed to restart ntpsec.service: Interactive authentication required.",
        "1|Failed to restart ntpsec.service: Access denied",
        "4|Failed to restart ntpsec.service",
        "1|open: Permission denied",
        "1|Operation not permitted"
      })
  void shouldTellAMissingPrivilegeFromAFailure(int status, String said) {
    answer(exited(status, "", said), "/usr/bin/systemctl restart ntpsec.service");

    Result result = act(RepairAction.RESTART_SERVICE, good().facts());

    assertThat(result.outcome()).isEqualTo(Outcome.NOT_PERMITTED);
    assertThat(result.detail()).contains(said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "501 Not authorised|NOT_PERMITTED",
        "506 Cannot talk to daemon|FAILED",
        "'500 OK, but'|FAILED"
      })
  void shouldReadWhatChronycSaysOnStandardOutput(String said, Outcome outcome) {
    answer(exited(1, said, ""), "/usr/bin/chronyc makestep");

    ServiceFacts chrony = good().service(TimeService.CHRONY).facts();
    assertThat(act(RepairAction.STEP_CLOCK, chrony).outcome()).isEqualTo(outcome);
  }

  @Test
  void shouldStopAtTheFirstCommandThatFailsOrHangs() {
    answer(exited(1, "", "no such unit"), "/usr/bin/systemctl reset-failed ntpsec.service");
    ServiceFacts failed = good().state(State.FAILED).facts();
    assertThat(act(RepairAction.RESTART_SERVICE, failed).outcome()).isEqualTo(Outcome.FAILED);
    answer(
        new CommandResult(CommandResult.Outcome.TIMED_OUT, 0, "", ""),
        "/usr/bin/systemctl reset-failed ntpsec.service");
    Result hung = act(RepairAction.RESTART_SERVICE, failed);

    assertThat(hung.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(hung.detail()).isEqualTo("systemctl reset-failed: not ended after 30 s");
    assertThat(calls()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "ROOT, ABSENT, 'error=2, Datei oder Verzeichnis nicht gefunden', IMPOSSIBLE",
    "SUDO, ABSENT, 'error=2, No such file or directory', NOT_PERMITTED",
    "ROOT, NOT_STARTED, 'error=13, Permission denied', NOT_PERMITTED",
    "ROOT, NOT_STARTED, 'error=11, Resource temporarily unavailable', FAILED",
    "SUDO, NOT_STARTED, 'error=12, Cannot allocate memory', FAILED"
  })
  void shouldTellAnAbsentProgramFromAHostThatCannotStartOne(
      Privilege with, CommandResult.Outcome started, String error, Outcome outcome) {
    privilege = with;
    String command = "/usr/sbin/hwclock --systohc --utc";
    answer(
        new CommandResult(started, 0, "", error),
        with == Privilege.SUDO ? "/usr/bin/sudo -n " + command : command);

    assertThat(act(RepairAction.WRITE_RTC, good().facts()).outcome()).isEqualTo(outcome);
  }

  @Test
  void shouldSayWhereAMissingToolIs() {
    privilege = Privilege.SUDO;
    String said = "sudo: /usr/sbin/hwclock: command not found";
    answer(exited(1, "", said), "/usr/bin/sudo -n /usr/sbin/hwclock --systohc --utc");

    Result result = act(RepairAction.WRITE_RTC, good().facts());

    assertThat(result.outcome()).isEqualTo(Outcome.IMPOSSIBLE);
    assertThat(result.detail()).contains("util-linux-extra");
  }

  @ParameterizedTest
  @CsvSource({
    "'', IMPOSSIBLE",
    "'hwclock: cannot open /dev/rtc0: Permission denied; ', NOT_PERMITTED"
  })
  void shouldTellAnAbsentHardwareClockFromAClosedOne(String before, Outcome outcome) {
    String said = "hwclock: Cannot access the Hardware Clock via any known method.";
    answer(exited(1, "", before + said), "/usr/sbin/hwclock --systohc --utc");

    assertThat(act(RepairAction.WRITE_RTC, good().facts()).outcome()).isEqualTo(outcome);
  }

  @Test
  void shouldTouchNoUnitThatIsNotATimeService() {
    Result result =
        act(RepairAction.RESTART_SERVICE, good().unit("sshd.service --now; rm").facts());

    assertThat(result.outcome()).isEqualTo(Outcome.IMPOSSIBLE);
    assertThat(act(RepairAction.STEP_CLOCK, good().withoutUnit().facts()).outcome())
        .isEqualTo(Outcome.IMPOSSIBLE);
    assertThat(calls()).isEmpty();
    assertThatThrownBy(
            () ->
                RepairCommands.of(
                    RepairAction.RESTART_SERVICE, TimeService.CHRONY, "ntpsec.service", true, true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(TimeService.class)
  void shouldUseAbsolutePathsAndPlainWordsOnly(TimeService service) {
    for (List<String> command : all(service)) {
      assertThat(command.get(0)).startsWith("/usr/");
      assertThat(command).allMatch(word -> word.matches("[a-z0-9/.-]+"));
    }
  }

  /** Every command that can be run for a service. */
  static List<List<String>> all(TimeService service) {
    List<List<String>> all = new ArrayList<>();
    for (RepairAction action : RepairAction.values()) {
      for (String unit : service.unitNames()) {
        for (boolean isFailed : new boolean[] {true, false}) {
          all.addAll(RepairCommands.of(action, service, unit, isFailed, !isFailed));
        }
      }
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({
    "'Uid:\t0\t0\t0\t0', ROOT",
    "'Uid:\t1000\t0\t0\t0', ROOT",
    "'Uid:\t1000\t1000\t1000\t1000', SUDO",
    "'Uid:\t0\t1000\t0\t0', SUDO",
    "'', SUDO"
  })
  void shouldBeRootOnlyIfTheKernelSaysSo(String line, Privilege expected) {
    files.file("/proc/self/status", "Name:\tjava\n" + line + "\nGid:\t0\t0\t0\t0\n");

    assertThat(Privilege.of(files, Privilege.SUDO)).isEqualTo(expected);
  }
}
