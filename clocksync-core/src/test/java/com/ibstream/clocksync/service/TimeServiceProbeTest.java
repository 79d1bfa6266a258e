package com.ibstream.clocksync.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.facts.ServiceFacts.Finding;
import com.ibstream.clocksync.facts.ServiceFacts.State;
import com.ibstream.clocksync.facts.TimeService;
import com.ibstream.clocksync.seam.CommandRunner.CommandResult;
import com.ibstream.clocksync.seam.CommandRunner.CommandResult.Outcome;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeServiceProbeTest {

  private final ScriptedHost host = new ScriptedHost();

  @Test
  void shouldBelieveAServiceThatNothingSpeaksAgainst() {
    ServiceFacts facts = host.probe();

    assertThat(facts.state()).isEqualTo(State.SYNCHRONISED);
    assertThat(facts.service()).contains(TimeService.CHRONY);
    assertThat(facts.findings()).isEmpty();
    assertThat(facts.lastSynchronisedMonoNanos()).hasValue(ScriptedHost.NOW - 9_074_500_994L);
    assertThat(host.calls).allMatch(command -> command.get(0).startsWith("/usr/bin/"));
  }

  @ParameterizedTest
  @CsvSource({"37.000045247, 37000045247, behind by", "-37.000045247, -37000045247, ahead by"})
  void shouldDisputeAClockThatIs37SecondsOffEitherWay(String off, long nanos, String words) {
    host.tracking =
        ScriptedHost.exited(
            ScriptedHost.TRACKING.replace("0.000045247", off).replace("1150.925", "1155.925"));
    host.sources = ScriptedHost.exited(ScriptedHost.SOURCES.replace(",3,377", ",6,377"));

    ServiceFacts facts = host.probe();

    assertThat(facts.state()).isEqualTo(State.DISPUTED);
    assertThat(facts.has(Finding.Kind.CLOCK_OFF_BY_OWN_REPORT)).isTrue();
    assertThat(facts.claim().orElseThrow().offsetNanos()).hasValue(nanos);
    assertThat(facts.reason()).contains(words + " 37.000 s");
  }

  @ParameterizedTest
  @CsvSource({"0.100000000, SYNCHRONISED", "0.100000001, DISPUTED", "-0.100000001, DISPUTED"})
  void shouldTolerateATenthOfASecondByItsOwnAccount(String off, State state) {
    host.tracking = ScriptedHost.exited(ScriptedHost.TRACKING.replace("0.000045247", off));

    assertThat(host.probe().state()).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource({"63, SYNCHRONISED", "65, UNSYNCHRONISED", "260000, UNSYNCHRONISED", "-3600, UNKNOWN"})
  void shouldNotBelieveAReferenceOlderThanEightPolls(long age, State state) {
    host.tracking =
        ScriptedHost.exited(
            ScriptedHost.TRACKING.replace(
                "1795351150.925544253", (ScriptedHost.WALL / 1_000_000_000L - age) + ".0"));

    ServiceFacts facts = host.probe();

    assertThat(facts.state()).isEqualTo(state);
    assertThat(facts.has(Finding.Kind.REFERENCE_STALE)).isEqualTo(state == State.UNSYNCHRONISED);
  }

  /**
   * The interval between two updates is any number; without a poll it is believed within reason.
   */
  @ParameterizedTest
  @CsvSource({"8191, SYNCHRONISED", "8193, UNSYNCHRONISED"})
  void shouldNotBelieveAnyAgeWhereThePollIsUnknown(long age, State state) {
    host.sources = ScriptedHost.exited(ScriptedHost.SOURCES.replace("*,10.0.2.2", "?,10.0.2.3"));
    host.tracking =
        ScriptedHost.exited(
            ScriptedHost.TRACKING
                .replace("1795351150.925544253", (ScriptedHost.WALL / 1_000_000_000L - age) + ".0")
                .replace(",8.1,", ",999999999.0,"));

    assertThat(host.probe().state()).isEqualTo(state);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7F7F0101,127.127.1.1,10", "7F7F0101,,10", "4C4F434C,LOCL,5"})
  void shouldNotBelieveAServiceThatFollowsTheHostsOwnClock(String reference) {
    host.tracking =
        ScriptedHost.exited(ScriptedHost.TRACKING.replace("0A000202,10.0.2.2,2", reference));

    ServiceFacts facts = host.probe();

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
    host.systemctl = ScriptedHost.units("ntpsec.service", "active", "enabled");
    host.tracking =
        ScriptedHost.exited(
            "     remote           refid      st t when poll reach   delay   offset   jitter\n====\n*"
                + remote
                + "  "
                + refid
                + "  1 u    2    8  377   0.8365  -0.0945   1.0430\n");
    host.sources =
        ScriptedHost.exited(
            "leap=00, stratum=2, rootdelay=0.8, rootdisp=1.1, refid="
                + reference
                + ", reftime=eead606b.4b41387d x, offset=-0.09, clock=eead6079.2abd2dea x");

    ServiceFacts facts = host.probe();

    assertThat(facts.has(Finding.Kind.FOLLOWS_LOCAL_CLOCK)).isEqualTo(isOwn);
    assertThat(facts.state()).isEqualTo(isOwn ? State.UNSYNCHRONISED : State.SYNCHRONISED);
  }

  /** chronyd without rtcsync never clears the flag. */
  @ParameterizedTest
  @CsvSource({"-1000000, 2000000, SYNCHRONISED", "-1000000, 90000000, DISPUTED"})
  void shouldBelieveAVoteThatProvesTheClockRightAgainstTheKernel(
      long earliest, long latest, State state) {
    host.kernel = Optional.of(ScriptedHost.kernel(ScriptedHost.NOW, false));
    host.clock = Optional.of(CapturedHost.clock(ScriptedHost.NOW, earliest, latest));

    assertThat(host.probe().state()).isEqualTo(state);
    assertThat(host.probe().has(Finding.Kind.KERNEL_UNSYNCHRONISED)).isTrue();
  }

  @Test
  void shouldTakeTheKernelsFlagAsABadSignOnly() {
    host.kernel = Optional.of(ScriptedHost.kernel(ScriptedHost.NOW, false));
    assertThat(host.probe().state()).isEqualTo(State.DISPUTED);

    host.kernel = Optional.of(ScriptedHost.kernel(ScriptedHost.NOW - 31_000_000_000L, false));
    assertThat(host.probe().state()).isEqualTo(State.SYNCHRONISED);

    host.kernel = Optional.of(ScriptedHost.kernel(ScriptedHost.NOW, true));
    host.tracking =
        ScriptedHost.exited(ScriptedHost.TRACKING.replace("Normal", "Not synchronised"));
    assertThat(host.probe().state()).isEqualTo(State.UNSYNCHRONISED);
  }

  @ParameterizedTest
  @CsvSource({
    "50000001, 60000000, true",
    "-60000000, -50000001, true",
    "50000000, 60000000, false",
    "-1000000, 90000000, false",
  })
  void shouldDisputeWhatTheVoteProvesWrong(long earliest, long latest, boolean isWrong) {
    host.clock = Optional.of(CapturedHost.clock(ScriptedHost.NOW, earliest, latest));

    ServiceFacts facts = host.probe();

    assertThat(facts.state()).isEqualTo(isWrong ? State.DISPUTED : State.SYNCHRONISED);
    assertThat(facts.has(Finding.Kind.VOTE_DISAGREES)).isEqualTo(isWrong);
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
    host.tracking = none;
    ServiceFacts withoutTracking = host.probe();
    host.tracking = ScriptedHost.exited(ScriptedHost.TRACKING);
    host.sources = none;
    ServiceFacts withoutSources = host.probe();
    host.systemctl = new CommandResult(Outcome.TIMED_OUT, 0, "", "");
    ServiceFacts withoutSystemd = host.probe();

    assertThat(withoutTracking.state()).isEqualTo(State.UNKNOWN);
    assertThat(withoutTracking.has(kind)).isTrue();
    assertThat(withoutSources.state()).isEqualTo(State.UNKNOWN);
    assertThat(withoutSources.has(kind)).isTrue();
    assertThat(withoutSystemd.state()).isEqualTo(State.UNKNOWN);
    assertThat(withoutSystemd.has(Finding.Kind.TOOL_SILENT)).isTrue();
  }

  /** As one that hangs: it runs, and says nothing at all. */
  @ParameterizedTest
  @CsvSource({
    "chrony.service, TIMED_OUT, ''",
    "chrony.service, EXITED, 506 Cannot talk to daemon",
    "ntpsec.service, EXITED, 'localhost: timed out, nothing received'",
    "systemd-timesyncd.service, TIMED_OUT, ''",
  })
  void shouldHaveNoClaimOfAServiceThatDoesNotAnswer(String unit, Outcome outcome, String output) {
    host.systemctl = ScriptedHost.units(unit, "active", "enabled");
    host.tracking = new CommandResult(outcome, 1, output, "");
    host.sources = host.tracking;

    ServiceFacts facts = host.probe();

    assertThat(facts.state()).isEqualTo(State.UNKNOWN);
    assertThat(facts.claim()).isEmpty();
    assertThat(facts.has(Finding.Kind.TOOL_SILENT)).isTrue();
    assertThat(facts.unit().orElseThrow().isActive()).isTrue();
  }
}
