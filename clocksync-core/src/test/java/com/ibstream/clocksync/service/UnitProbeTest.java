package com.ibstream.clocksync.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.facts.ServiceFacts.Finding;
import com.ibstream.clocksync.facts.ServiceFacts.State;
import com.ibstream.clocksync.facts.TimeService;
import com.ibstream.clocksync.seam.CommandRunner.CommandResult;
import com.ibstream.clocksync.seam.CommandRunner.CommandResult.Outcome;
import com.ibstream.clocksync.seam.HostFiles.FileContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which unit the host relies on, and hosts that have none. */
class UnitProbeTest {

  private final ScriptedHost host = new ScriptedHost();

  @Test
  void shouldNameBothOfTwoServicesThatRun() {
    host.systemctl =
        ScriptedHost.exited(
            ScriptedHost.block("systemd-timesyncd.service", "active", "enabled")
                + "\n"
                + ScriptedHost.block("chrony.service", "active", "enabled"));

    ServiceFacts facts = host.probe();

    assertThat(facts.service()).contains(TimeService.CHRONY);
    assertThat(facts.findings().get(0).kind()).isEqualTo(Finding.Kind.SECOND_SERVICE_RUNNING);
    assertThat(facts.findings().get(0).text()).contains("chrony.service", "systemd-timesyncd");
    assertThat(facts.units()).hasSize(2);
  }

  @Test
  void shouldSayThatAServiceIsNotEnabled() {
    host.systemctl = ScriptedHost.units("chrony.service", "active", "disabled");

    assertThat(host.probe().has(Finding.Kind.NOT_ENABLED)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "failed, enabled, chrony.service",
    "inactive, disabled, ntpsec.service",
    "inactive, masked, ntpsec.service",
    "failed, disabled, ntpsec.service",
    "failed, masked, ntpsec.service",
    "deactivating, disabled, chrony.service",
    "active, masked, chrony.service",
  })
  void shouldRelyOnTheUnitThatMattersMost(String state, String enabled, String relied) {
    host.systemctl =
        ScriptedHost.units(
            ScriptedHost.block("ntpsec.service", "inactive", "enabled")
                + "\n"
                + ScriptedHost.block("chrony.service", state, enabled));

    ServiceFacts facts = host.probe();

    assertThat(facts.unit().orElseThrow().name()).isEqualTo(relied);
  }

  @Test
  void shouldSayThatNothingIsInstalled() {
    host.systemctl = ScriptedHost.units("");

    ServiceFacts facts = host.probe();

    assertThat(facts.state()).isEqualTo(State.NOT_APPLICABLE);
    assertThat(facts.reason()).isEqualTo("no time service is installed");
  }

  @Test
  void shouldNotTakeACutAnswerForAHostWithoutAService() {
    host.systemctl =
        ScriptedHost.exited(ScriptedHost.block("ntpsec.service", "inactive", "disabled"));

    ServiceFacts facts = host.probe();

    assertThat(facts.state()).isEqualTo(State.UNKNOWN);
    assertThat(facts.has(Finding.Kind.ANSWER_UNREADABLE)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "1, System has not been booted with systemd as init system (PID 1). Can't operate., '', NOT_APPLICABLE",
    "1, Failed to connect to bus: No such file or directory, '', NOT_APPLICABLE",
    "1, Failed to connect to bus: Host is down, tini, NOT_APPLICABLE",
    "1, Failed to connect to system scope bus via local transport: Host is down, '', NOT_APPLICABLE",
    "1, Failed to connect to bus: No such file or directory, systemd, UNKNOWN",
    "1, Failed to connect to bus: Permission denied, bash, UNKNOWN",
    "1, Verbindung zum Bus fehlgeschlagen, '', UNKNOWN",
    "1, Verbindung zum Bus fehlgeschlagen, java, NOT_APPLICABLE",
  })
  void shouldTellAHostWithoutSystemdFromOneThatCannotBeAsked(
      int status, String error, String first, State state) {
    host.systemctl = new CommandResult(Outcome.EXITED, status, "", error);
    host.files.file("/proc/1/comm", first + "\n");

    ServiceFacts facts = host.probe();

    assertThat(facts.state()).isEqualTo(state);
    assertThat(facts.reason()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "bash, NOT_APPLICABLE",
    "systemd, UNKNOWN",
  })
  void shouldTryEveryFolderForSystemctl(String first, State state) {
    host.systemctl = new CommandResult(Outcome.ABSENT, 0, "", "error=2, No such file");
    host.files.file("/proc/1/comm", first + "\n");

    assertThat(host.probe().state()).isEqualTo(state);
    assertThat(host.calls.stream().map(call -> call.get(0)))
        .containsExactly(
            "/usr/bin/systemctl", "/bin/systemctl", "/usr/sbin/systemctl", "/sbin/systemctl");
  }

  /** Too many open files, no process to spare, no memory: all pass, and the service remains. */
  @ParameterizedTest
  @ValueSource(ints = {11, 12, 13, 24})
  void shouldNotTakeAHostThatCannotStartAProgramForOneWithoutAService(int error) {
    host.systemctl = new CommandResult(Outcome.NOT_STARTED, 0, "", "error=" + error);
    host.files.file("/proc/1/comm", "bash\n");

    assertThat(host.probe().state()).isEqualTo(State.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({"ABSENT", "EXITED"})
  void shouldNotTakeAFileThatCannotBeReadForAHostWithoutSystemd(Outcome outcome) {
    host.systemctl =
        new CommandResult(outcome, 1, "", "Failed to connect to bus: No such file or directory");
    host.files.file("/proc/1/comm", new FileContent(FileContent.Outcome.DENIED, "", "denied"));

    assertThat(host.probe().state()).isEqualTo(State.UNKNOWN);
  }

  @Test
  void shouldNotForgetThatThereWasAService() {
    host.files.file("/proc/1/comm", "bash\n");
    CommandResult good = host.systemctl;
    assertThat(host.probe().state()).isEqualTo(State.SYNCHRONISED);

    host.systemctl = new CommandResult(Outcome.ABSENT, 0, "", "");
    ServiceFacts unasked = host.probe();
    host.systemctl = ScriptedHost.units("");
    ServiceFacts removed = host.probe();
    host.systemctl = good;

    assertThat(unasked.state()).isEqualTo(State.UNKNOWN);
    assertThat(unasked.has(Finding.Kind.TOOL_ABSENT)).isTrue();
    assertThat(removed.state()).isEqualTo(State.INACTIVE);
    assertThat(removed.reason()).isEqualTo("the time service is not installed any more");
    assertThat(host.probe().state()).isEqualTo(State.SYNCHRONISED);
  }

  @Test
  void shouldNotKnowTheAgeOfAUnitThatStartedInTheFuture() {
    host.systemctl =
        ScriptedHost.units(
            ScriptedHost.block("chrony.service", "active", "enabled")
                .replace("=500000000", "=5000000000"));
    host.tracking =
        ScriptedHost.exited(ScriptedHost.TRACKING.replace("Normal", "Not synchronised"));

    ServiceFacts facts = host.probe();

    assertThat(facts.unit().orElseThrow().activeSinceMonoNanos()).isEmpty();
    assertThat(facts.state()).isEqualTo(State.UNSYNCHRONISED);
  }

  @Test
  void shouldSayThatACutAnswerMayHideASecondService() {
    host.systemctl = ScriptedHost.exited(ScriptedHost.block("chrony.service", "active", "enabled"));

    ServiceFacts facts = host.probe();

    assertThat(facts.state()).isEqualTo(State.SYNCHRONISED);
    assertThat(facts.findings())
        .containsExactly(
            new Finding(
                Finding.Kind.ANSWER_UNREADABLE, "systemctl says nothing of ntpsec.service"));
  }

  /** Now is 1000 s after the boot. */
  @ParameterizedTest
  @CsvSource({
    "start-pre, success, 880000000, 0, STARTING",
    "start-pre, success, 879999999, 0, FAILED",
    "start-pre, success, 100000000, 880000000, STARTING",
    "start-pre, success, 100000000, 879999999, FAILED",
    "start-pre, success, 2000000000, 0, STARTING",
    "start-pre, success, 0, 0, STARTING",
    "start-pre, exit-code, 990000000, 0, FAILED",
    "auto-restart, success, 990000000, 0, FAILED",
    "auto-restart-queued, success, 990000000, 0, FAILED",
  })
  void shouldNotTakeAServiceThatNeverComesUpForOneThatStarts(
      String subState, String result, String leftInactive, String leftActive, State state) {
    host.systemctl =
        ScriptedHost.units(
            ScriptedHost.block("chrony.service", "activating", "enabled")
                    .replace("SubState=whatever", "SubState=" + subState)
                    .replace("Result=success", "Result=" + result)
                + "InactiveExitTimestampMonotonic="
                + leftInactive
                + "\nActiveExitTimestampMonotonic="
                + leftActive
                + "\n");

    ServiceFacts facts = host.probe();

    assertThat(facts.state()).as(facts.reason()).isEqualTo(state);
    assertThat(facts.has(Finding.Kind.CRASHED)).isEqualTo(result.equals("exit-code"));
  }
}
