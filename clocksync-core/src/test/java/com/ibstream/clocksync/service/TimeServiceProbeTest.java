package com.ibstream.clocksync.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.KernelFacts;
import com.ibstream.clocksync.facts.LeapSecond;
import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.facts.ServiceFacts.Finding;
import com.ibstream.clocksync.facts.ServiceFacts.State;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.facts.TimeService;
import com.ibstream.clocksync.seam.CommandRunner.CommandResult;
import com.ibstream.clocksync.seam.CommandRunner.CommandResult.Outcome;
import com.ibstream.clocksync.testing.FakeHostFiles;
import com.ibstream.clocksync.testing.FakeRuler;
import com.ibstream.clocksync.testing.FakeWallClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeServiceProbeTest {

  private static final long NOW = 1_000_000_000_000L;
  private static final long WALL = 1_795_351_160_000_000_000L;
  private static final String TRACKING =
      "0A000202,10.0.2.2,2,1795351150.925544253,0.000045247,-0.000066418,0.001386254,3.547,-0.327,"
          + "11.950,0.000582882,0.000166243,8.1,Normal\n";
  private static final String SOURCES =
      "^,*,10.0.2.2,1,3,377,6,-0.000044189,-0.000110603,0.000292424\n";

  private final List<List<String>> calls = new ArrayList<>();
  private final FakeHostFiles files = new FakeHostFiles();
  private CommandResult systemctl = units("chrony.service", "active", "enabled");
  private CommandResult tracking = exited(TRACKING);
  private CommandResult sources = exited(SOURCES);
  private Optional<KernelFacts> kernel = Optional.empty();
  private Optional<SystemClockFacts> clock = Optional.empty();

  @Test
  void shouldBelieveAServiceThatNothingSpeaksAgainst() {
    ServiceFacts facts = probe();

    assertThat(facts.state()).isEqualTo(State.SYNCHRONISED);
    assertThat(facts.service()).contains(TimeService.CHRONY);
    assertThat(facts.findings()).isEmpty();
    assertThat(facts.lastSynchronisedMonoNanos()).hasValue(NOW - 9_074_500_994L);
    assertThat(calls).allMatch(command -> command.get(0).startsWith("/usr/bin/"));
  }

  @ParameterizedTest
  @CsvSource({"37.000045247, 37000045247, behind by", "-37.000045247, -37000045247, ahead by"})
  void shouldDisputeAClockThatIs37SecondsOffEitherWay(String off, long nanos, String words) {
    tracking = exited(TRACKING.replace("0.000045247", off).replace("1150.925", "1155.925"));
    sources = exited(SOURCES.replace(",3,377", ",6,377"));

    ServiceFacts facts = probe();

    assertThat(facts.state()).isEqualTo(State.DISPUTED);
    assertThat(facts.has(Finding.Kind.CLOCK_OFF_BY_OWN_REPORT)).isTrue();
    assertThat(facts.claim().orElseThrow().offsetNanos()).hasValue(nanos);
    assertThat(facts.reason()).contains(words + " 37.000 s");
  }

  @ParameterizedTest
  @CsvSource({"0.100000000, SYNCHRONISED", "0.100000001, DISPUTED", "-0.100000001, DISPUTED"})
  void shouldTolerateATenthOfASecondByItsOwnAccount(String off, State state) {
    tracking = exited(TRACKING.replace("0.000045247", off));

    assertThat(probe().state()).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource({"63, SYNCHRONISED", "65, UNSYNCHRONISED", "260000, UNSYNCHRONISED", "-3600, UNKNOWN"})
  void shouldNotBelieveAReferenceOlderThanEightPolls(long age, State state) {
    tracking =
        exited(TRACKING.replace("1795351150.925544253", (WALL / 1_000_000_000L - age) + ".0"));

    ServiceFacts facts = probe();

    assertThat(facts.state()).isEqualTo(state);
    assertThat(facts.has(Finding.Kind.REFERENCE_STALE)).isEqualTo(state == State.UNSYNCHRONISED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7F7F0101,127.127.1.1,10", "7F7F0101,,10", "4C4F434C,LOCL,5"})
  void shouldNotBelieveAServiceThatFollowsTheHostsOwnClock(String reference) {
    tracking = exited(TRACKING.replace("0A000202,10.0.2.2,2", reference));

    ServiceFacts facts = probe();

    assertThat(facts.state()).isEqualTo(State.UNSYNCHRONISED);
    assertThat(facts.has(Finding.Kind.FOLLOWS_LOCAL_CLOCK)).isTrue();
    assertThat(facts.claim().orElseThrow().isSynchronised()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "LOCAL(0)       , .LOCL.     , LOCAL(0)  , true",
    "127.127.1.0    , .LOCL.     , 127.127.1.0, true",
    "10.0.2.2       , 127.127.1.1, 10.0.2.2  , false",
    "10.0.2.2       , .LOCL.     , 10.0.2.2  , false",
  })
  void shouldTellOurOwnLocalClockFromThatOfOurServer(
      String remote, String refid, String reference, boolean isOwn) {
    systemctl = units("ntpsec.service", "active", "enabled");
    tracking =
        exited(
            "     remote           refid      st t when poll reach   delay   offset   jitter\n====\n*"
                + remote
                + "  "
                + refid
                + "  1 u    2    8  377   0.8365  -0.0945   1.0430\n");
    sources =
        exited(
            "leap=00, stratum=2, rootdelay=0.8, rootdisp=1.1, refid="
                + reference
                + ", reftime=eead606b.4b41387d x, offset=-0.09, clock=eead6079.2abd2dea x");

    ServiceFacts facts = probe();

    assertThat(facts.has(Finding.Kind.FOLLOWS_LOCAL_CLOCK)).isEqualTo(isOwn);
    assertThat(facts.state()).isEqualTo(isOwn ? State.UNSYNCHRONISED : State.SYNCHRONISED);
  }

  @Test
  void shouldTakeTheKernelsFlagAsABadSignOnly() {
    kernel = Optional.of(kernel(NOW, false));
    assertThat(probe().state()).isEqualTo(State.DISPUTED);

    kernel = Optional.of(kernel(NOW - 31_000_000_000L, false));
    assertThat(probe().state()).isEqualTo(State.SYNCHRONISED);

    kernel = Optional.of(kernel(NOW, true));
    tracking = exited(TRACKING.replace("Normal", "Not synchronised"));
    assertThat(probe().state()).isEqualTo(State.UNSYNCHRONISED);
  }

  @ParameterizedTest
  @CsvSource({
    "50000001, 60000000, true",
    "-60000000, -50000001, true",
    "50000000, 60000000, false",
    "-1000000, 90000000, false",
  })
  void shouldDisputeWhatTheVoteProvesWrong(long earliest, long latest, boolean isWrong) {
    clock = Optional.of(CapturedHost.clock(NOW, earliest, latest));

    ServiceFacts facts = probe();

    assertThat(facts.state()).isEqualTo(isWrong ? State.DISPUTED : State.SYNCHRONISED);
    assertThat(facts.has(Finding.Kind.VOTE_DISAGREES)).isEqualTo(isWrong);
  }

  @Test
  void shouldNameBothOfTwoServicesThatRun() {
    systemctl =
        exited(
            block("systemd-timesyncd.service", "active", "enabled")
                + "\n"
                + block("chrony.service", "active", "enabled"));

    ServiceFacts facts = probe();

    assertThat(facts.service()).contains(TimeService.CHRONY);
    assertThat(facts.findings().get(0).kind()).isEqualTo(Finding.Kind.SECOND_SERVICE_RUNNING);
    assertThat(facts.findings().get(0).text()).contains("chrony.service", "systemd-timesyncd");
    assertThat(facts.units()).hasSize(2);
  }

  @Test
  void shouldSayThatAServiceIsNotEnabled() {
    systemctl = units("chrony.service", "active", "disabled");

    assertThat(probe().has(Finding.Kind.NOT_ENABLED)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "failed, enabled, chrony.service",
    "inactive, disabled, ntpsec.service",
    "inactive, masked, ntpsec.service",
  })
  void shouldRelyOnTheUnitThatMattersMost(String state, String enabled, String relied) {
    systemctl =
        units(
            block("ntpsec.service", "inactive", "enabled")
                + "\n"
                + block("chrony.service", state, enabled));

    ServiceFacts facts = probe();

    assertThat(facts.unit().orElseThrow().name()).isEqualTo(relied);
    assertThat(facts.has(Finding.Kind.MASKED)).isFalse();
  }

  @Test
  void shouldSayThatNothingIsInstalled() {
    systemctl = units("");

    ServiceFacts facts = probe();

    assertThat(facts.state()).isEqualTo(State.NOT_APPLICABLE);
    assertThat(facts.reason()).isEqualTo("no time service is installed");
  }

  @Test
  void shouldNotTakeACutAnswerForAHostWithoutAService() {
    systemctl = exited(block("ntpsec.service", "inactive", "disabled"));

    ServiceFacts facts = probe();

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
    systemctl = new CommandResult(Outcome.EXITED, status, "", error);
    files.file("/proc/1/comm", first + "\n");

    ServiceFacts facts = probe();

    assertThat(facts.state()).isEqualTo(state);
    assertThat(facts.reason()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "error=2 No such file or directory, bash, NOT_APPLICABLE",
    "error=2 No such file or directory, systemd, UNKNOWN",
    "error=13 Permission denied, bash, UNKNOWN",
  })
  void shouldTryEveryFolderForSystemctl(String error, String first, State state) {
    systemctl = new CommandResult(Outcome.NOT_STARTED, 0, "", error);
    files.file("/proc/1/comm", first + "\n");

    assertThat(probe().state()).isEqualTo(state);
    assertThat(calls.stream().map(call -> call.get(0)))
        .containsExactly(
            "/usr/bin/systemctl", "/bin/systemctl", "/usr/sbin/systemctl", "/sbin/systemctl");
  }

  @ParameterizedTest
  @CsvSource({
    "TIMED_OUT, 0, '', TOOL_SILENT",
    "NOT_STARTED, 0, '', TOOL_ABSENT",
    "EXITED, 0, '', ANSWER_UNREADABLE",
    "EXITED, 0, läuft, ANSWER_UNREADABLE",
    "EXITED, 1, 506 Cannot talk to daemon, TOOL_SILENT",
  })
  void shouldNotKnowWithoutAnAnswer(Outcome outcome, int status, String output, Finding.Kind kind) {
    CommandResult none = new CommandResult(outcome, status, output, "");
    tracking = none;
    ServiceFacts withoutTracking = probe();
    tracking = exited(TRACKING);
    sources = none;
    ServiceFacts withoutSources = probe();
    systemctl = new CommandResult(Outcome.TIMED_OUT, 0, "", "");
    ServiceFacts withoutSystemd = probe();

    assertThat(withoutTracking.state()).isEqualTo(State.UNKNOWN);
    assertThat(withoutTracking.has(kind)).isTrue();
    assertThat(withoutSources.state()).isEqualTo(State.UNKNOWN);
    assertThat(withoutSources.has(kind)).isTrue();
    assertThat(withoutSystemd.state()).isEqualTo(State.UNKNOWN);
    assertThat(withoutSystemd.has(Finding.Kind.TOOL_SILENT)).isTrue();
  }

  @Test
  void shouldNotKnowTheAgeOfAUnitThatStartedInTheFuture() {
    systemctl =
        units(block("chrony.service", "active", "enabled").replace("=500000000", "=5000000000"));
    tracking = exited(TRACKING.replace("Normal", "Not synchronised"));

    ServiceFacts facts = probe();

    assertThat(facts.unit().orElseThrow().activeSinceMonoNanos()).isEmpty();
    assertThat(facts.state()).isEqualTo(State.UNSYNCHRONISED);
  }

  private ServiceFacts probe() {
    calls.clear();
    FakeRuler ruler = new FakeRuler(NOW);
    return new TimeServiceProbe(
            (command, limit) -> {
              calls.add(command);
              String words = String.join(" ", command);
              return words.contains("systemctl")
                  ? systemctl
                  : words.endsWith("tracking") || words.endsWith("-pn") ? tracking : sources;
            },
            files,
            new FakeWallClock(ruler, WALL),
            ruler)
        .probe(kernel, clock);
  }

  private static KernelFacts kernel(long measured, boolean isSynchronised) {
    return new KernelFacts(measured, isSynchronised, 0, 0, 0, OptionalInt.empty(), LeapSecond.NONE);
  }

  private static CommandResult units(String id, String state, String enabled) {
    return units(block(id, state, enabled));
  }

  /** The rest is not installed. */
  private static CommandResult units(String blocks) {
    StringBuilder text = new StringBuilder(blocks);
    for (String name : HostUnits.names()) {
      if (!blocks.contains(name)) {
        text.append('\n').append(block(name, "inactive", "").replace("loaded", "not-found"));
      }
    }
    return exited(text.toString());
  }

  private static String block(String id, String state, String enabled) {
    return """
        Result=success
        NRestarts=0
        Id=%1$s
        Names=%1$s
        LoadState=%3$s
        ActiveState=%2$s
        SubState=whatever
        UnitFileState=%4$s
        ActiveEnterTimestampMonotonic=500000000
        """
        .formatted(id, state, enabled.equals("masked") ? "masked" : "loaded", enabled);
  }

  private static CommandResult exited(String output) {
    return CapturedHost.exited(0, output, "");
  }
}
