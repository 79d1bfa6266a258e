package com.ibstream.clocksync.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.facts.ServiceFacts.Finding;
import com.ibstream.clocksync.facts.ServiceFacts.State;
import com.ibstream.clocksync.facts.ServiceFacts.Unit;
import com.ibstream.clocksync.facts.TimeService;
import com.ibstream.clocksync.service.answers.Answer;
import com.ibstream.clocksync.service.answers.NtpsecPeers;
import com.ibstream.clocksync.service.answers.NtpsecVariables;
import com.ibstream.clocksync.service.answers.TimesyncStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestimonyTest {

  private static final long NOW = 1_000_000_000_000L;
  private static final long SECOND = 1_000_000_000L;

  /** At a poll interval of 64 s: eight polls are 512 s, sixteen 1024 s. */
  @ParameterizedTest
  @CsvSource({
    "512, 1024, SYNCHRONISED",
    "513, 0, UNSYNCHRONISED",
    "0, 1025, UNSYNCHRONISED",
  })
  void shouldCallNtpdStaleByThePeerOrByItsReference(long when, long age, State state) {
    ServiceFacts facts = judge(ntpsec(peers('*', when, 0), variables(0, 2, age, 0)), 5000);

    assertThat(facts.state()).isEqualTo(state);
    assertThat(facts.has(Finding.Kind.REFERENCE_STALE)).isEqualTo(state == State.UNSYNCHRONISED);
  }

  @ParameterizedTest
  @CsvSource({"37, 0", "-37, 0", "0, 37", "0, -37"})
  void shouldDisputeNtpdThatReports37SecondsEitherWay(long ofPeer, long own) {
    ServiceFacts facts =
        judge(ntpsec(peers('*', 1, ofPeer), variables(0, 2, 10, own * SECOND)), 5000);

    assertThat(facts.state()).isEqualTo(State.DISPUTED);
    assertThat(facts.has(Finding.Kind.CLOCK_OFF_BY_OWN_REPORT)).isTrue();
    assertThat(facts.reason()).contains(ofPeer + own > 0 ? "behind by" : "ahead by");
  }

  @ParameterizedTest
  @CsvSource({
    "*, 3, 16, 100, STARTING",
    "*, 3, 16, 299, STARTING",
    "*, 3, 16, 300, UNSYNCHRONISED",
    "' ', 0, 2, 100, UNSYNCHRONISED",
    "x, 0, 2, 5000, UNSYNCHRONISED",
    "o, 0, 2, 100, SYNCHRONISED",
    "*, 0, 16, 5000, UNSYNCHRONISED",
  })
  void shouldWantBothThePeerAndTheLeapIndicator(
      String tally, int leap, int stratum, long activeSeconds, State state) {
    String mark = tally.isBlank() ? " " : tally;

    ServiceFacts facts =
        judge(ntpsec(peers(mark.charAt(0), 1, 0), variables(leap, stratum, 10, 0)), activeSeconds);

    assertThat(facts.state()).isEqualTo(state);
  }

  @Test
  void shouldNotKnowFromHalfOfNtpdsAnswers() {
    Answer<NtpsecVariables> none = Answer.unreadable("cut");

    assertThat(judge(ntpsec(peers('*', 1, 0), none), 5000).state()).isEqualTo(State.UNKNOWN);
    assertThat(judge(ntpsec(peers(' ', 1, 0), none), 5000).state()).isEqualTo(State.UNSYNCHRONISED);
    Testimony withoutPeers =
        ntpsec(Answer.missing(Finding.Kind.TOOL_SILENT, "slow"), variables(0, 2, 10, 0));
    assertThat(judge(withoutPeers, 5000).state()).isEqualTo(State.UNKNOWN);
    assertThat(judge(withoutPeers, 5000).reason()).isEqualTo("slow");
  }

  @Test
  void shouldNotTakeAStepBackForAFreshReference() {
    ServiceFacts facts = judge(ntpsec(peers('*', 1, 0), variables(0, 2, -3600, 0)), 5000);

    assertThat(facts.state()).isEqualTo(State.UNKNOWN);
    assertThat(facts.lastSynchronisedMonoNanos()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.2.2, 0, 1, 60, yes, SYNCHRONISED",
    "10.0.2.2, 0, 1, 60, no, DISPUTED",
    "10.0.2.2, 0, 1, 513, yes, UNSYNCHRONISED",
    "10.0.2.2, 0, 1, -5, yes, UNKNOWN",
    "10.0.2.2, 0, 1, -1, yes, SYNCHRONISED",
    "10.0.2.2, 3, 1, 60, yes, UNSYNCHRONISED",
    "10.0.2.2, 0, 16, 60, yes, UNSYNCHRONISED",
    "127.0.0.1, 0, 1, 60, yes, UNSYNCHRONISED",
  })
  void shouldWeighTimesyncd(
      String server, int leap, int stratum, long age, String kernel, State state) {
    TimesyncStatus.Message message =
        new TimesyncStatus.Message(
            leap, stratum, "", false, OptionalLong.of(age * SECOND), OptionalLong.empty());
    TimesyncStatus status =
        new TimesyncStatus(
            server, OptionalLong.of(64 * SECOND), Optional.of(message), kernel.equals("yes"));

    ServiceFacts facts = judge(TimesyncTestimony.of(Answer.read(status)), 5000);

    assertThat(facts.state()).isEqualTo(state);
    assertThat(facts.has(Finding.Kind.FOLLOWS_LOCAL_CLOCK)).isEqualTo(server.startsWith("127"));
  }

  private static Testimony ntpsec(Answer<NtpsecPeers> peers, Answer<NtpsecVariables> variables) {
    return NtpsecTestimony.of(peers, variables);
  }

  private static Answer<NtpsecPeers> peers(char tally, long whenSeconds, long offsetSeconds) {
    return Answer.read(
        new NtpsecPeers(
            List.of(
                new NtpsecPeers.Peer(
                    tally,
                    "10.0.2.2",
                    OptionalLong.of(whenSeconds * SECOND),
                    64 * SECOND,
                    255,
                    OptionalLong.of(offsetSeconds * SECOND)))));
  }

  private static Answer<NtpsecVariables> variables(
      int leap, int stratum, long ageSeconds, long offsetNanos) {
    return Answer.read(
        new NtpsecVariables(
            leap, stratum, "10.0.2.2", OptionalLong.of(ageSeconds * SECOND), offsetNanos, 0));
  }

  private static ServiceFacts judge(Testimony testimony, long activeSeconds) {
    Unit unit =
        new Unit(
            TimeService.NTPSEC,
            "ntpsec.service",
            "loaded",
            "active",
            "running",
            "success",
            "enabled",
            OptionalInt.of(0),
            OptionalLong.of(NOW - activeSeconds * SECOND));
    return ServiceJudge.judge(List.of(unit), testimony, Optional.empty(), Optional.empty(), NOW);
  }
}
