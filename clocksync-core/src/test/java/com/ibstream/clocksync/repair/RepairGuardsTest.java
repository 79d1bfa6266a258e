package com.ibstream.clocksync.repair;

import static com.ibstream.clocksync.repair.HostStatuses.HOUR;
import static com.ibstream.clocksync.repair.HostStatuses.MILLI;
import static com.ibstream.clocksync.repair.HostStatuses.MINUTE;
import static com.ibstream.clocksync.repair.HostStatuses.SECOND;
import static com.ibstream.clocksync.repair.HostStatuses.good;
import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.Consensus;
import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.RepairFacts.Mode;
import com.ibstream.clocksync.facts.ServiceFacts.Finding;
import com.ibstream.clocksync.facts.ServiceFacts.State;
import com.ibstream.clocksync.facts.TimeService;
import com.ibstream.clocksync.repair.Judgement.Guard;
import com.ibstream.clocksync.time.TrustLevel;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each guard, on both sides of its limit. */
class RepairGuardsTest {

  private static final long NOW = 2 * HOUR;

  private RepairPolicy.Builder policy = RepairPolicy.builder().mode(Mode.ACT);
  private boolean isTrading;
  private Set<RepairAction> requested = Set.of();

  private Set<String> seen = Set.of();

  /** Everything that is so has been so for this long. */
  private long lastedNanos = HOUR;

  private Judgement judge(HostStatuses host) {
    OptionalLong start = OptionalLong.of(NOW - lastedNanos);
    return new RepairJudge(policy.build())
        .judge(
            host.at(NOW).build(),
            new TradingHours.Trading(isTrading, isTrading ? "open" : "closed"),
            new Since(start, start, start, start, OptionalLong.empty(), seen, Optional.empty()),
            new PastAttempts(List.of(), NOW, OptionalLong.empty()),
            requested);
  }

  private static HostStatuses off(long nanos) {
    return good().offset(nanos, MILLI);
  }

  private static void isActing(Judgement judgement, RepairAction action) {
    assertThat(judgement.decision()).isInstanceOf(RepairDecision.Act.class);
    assertThat(judgement.wanted()).contains(action);
  }

  private static void isForbidden(Judgement judgement, RepairAction action, Guard guard) {
    assertThat(judgement.decision()).isInstanceOf(RepairDecision.Forbidden.class);
    assertThat(judgement.wanted()).contains(action);
    assertThat(judgement.guard()).isEqualTo(guard);
  }

  private static void isNothing(Judgement judgement, Guard guard) {
    assertThat(judgement.decision()).isInstanceOf(RepairDecision.Nothing.class);
    assertThat(judgement.guard()).isEqualTo(guard);
  }

  @Test
  void shouldLeaveAGoodHostAlone() {
    isNothing(judge(good()), Guard.GOOD);
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "INACTIVE"})
  void shouldRestartWhatIsDownWithoutAnyVote(State state) {
    isActing(judge(good().state(state)), RepairAction.RESTART_SERVICE);
    isActing(judge(good().state(state).networkGone()), RepairAction.RESTART_SERVICE);
    isActing(
        judge(good().state(state).trust(TrustLevel.UNKNOWN).withoutSystemClock().stalled()),
        RepairAction.RESTART_SERVICE);
  }

  @ParameterizedTest
  @CsvSource({"4, false", "5, true", "6, true"})
  void shouldWatchAStoppedServiceForAMoment(long seconds, boolean isActed) {
    lastedNanos = seconds * SECOND;

    assertThat(judge(good().state(State.INACTIVE)).isAct()).isEqualTo(isActed);
  }

  @ParameterizedTest
  @CsvSource({"299, false", "300, true"})
  void shouldGiveARunningServiceItsTime(long seconds, boolean isActed) {
    lastedNanos = seconds * SECOND;

    assertThat(judge(good().state(State.UNSYNCHRONISED)).isAct()).isEqualTo(isActed);
    assertThat(judge(good().state(State.DISPUTED).withoutSystemClock()).isAct()).isEqualTo(isActed);
  }

  /** Without rtcsync the flag is never cleared, and then nothing but the vote could say more. */
  @ParameterizedTest
  @CsvSource({"CHRONY, false", "NTPSEC, true", "TIMESYNCD, true"})
  void shouldNotRestartChronydForAFlagThatItNeverClears(TimeService service, boolean isActed) {
    HostStatuses host =
        good()
            .service(service)
            .state(State.DISPUTED)
            .withoutSystemClock()
            .finding(Finding.Kind.KERNEL_UNSYNCHRONISED);

    assertThat(judge(host).isAct()).isEqualTo(isActed);
    isActing(
        judge(host.finding(Finding.Kind.CLOCK_OFF_BY_OWN_REPORT)), RepairAction.RESTART_SERVICE);
  }

  @ParameterizedTest
  @CsvSource({"299, false", "300, true"})
  void shouldGiveAServiceItsTimeSinceItsStart(long seconds, boolean isActed) {
    HostStatuses host = good().activeSince(NOW - seconds * SECOND);

    assertThat(judge(host.state(State.UNSYNCHRONISED)).isAct()).isEqualTo(isActed);
    assertThat(judge(host.silent()).isAct()).isEqualTo(isActed);
  }

  @Test
  void shouldNotRestartWhatWasMaskedOnPurpose() {
    isForbidden(
        judge(good().state(State.INACTIVE).masked()), RepairAction.RESTART_SERVICE, Guard.MASKED);
  }

  @Test
  void shouldNotStartASecondServiceBesideOneThatRuns() {
    isForbidden(
        judge(good().state(State.FAILED).otherActive()),
        RepairAction.RESTART_SERVICE,
        Guard.OTHER_SERVICE);
  }

  @Test
  void shouldNotRestartBecauseTheNetworkIsGone() {
    isNothing(judge(good().state(State.UNSYNCHRONISED).networkGone()), Guard.NETWORK);
    isNothing(
        judge(
            good()
                .state(State.UNSYNCHRONISED)
                .trust(TrustLevel.HOLDOVER)
                .finding(Finding.Kind.NO_SOURCE_REACHABLE)),
        Guard.NETWORK);
    isActing(
        judge(good().state(State.UNSYNCHRONISED).finding(Finding.Kind.NO_SOURCE_REACHABLE)),
        RepairAction.RESTART_SERVICE);
  }

  @ParameterizedTest
  @CsvSource({
    "NTPSEC, 126, true", "NTPSEC, 127, false", "NTPSEC, -126, true", "NTPSEC, -127, false",
    "CHRONY, 98, true", "CHRONY, 99, false", "TIMESYNCD, 398, true", "TIMESYNCD, 399, false"
  })
  void shouldRestartWhileTradingOnlyIfNoStepCanFollow(
      TimeService service, long offsetMillis, boolean isActed) {
    isTrading = true;
    Judgement judgement = judge(off(offsetMillis * MILLI).service(service).state(State.FAILED));

    assertThat(judgement.isAct()).isEqualTo(isActed);
    assertThat(judgement.guard()).isEqualTo(isActed ? Guard.NONE : Guard.TRADING);
  }

  @Test
  void shouldNotRestartWhileTradingWithoutAFreshTrustedMeasurement() {
    isTrading = true;
    RepairAction action = RepairAction.RESTART_SERVICE;
    isActing(judge(good().state(State.FAILED).clockAge(5 * SECOND)), action);
    isForbidden(judge(good().state(State.FAILED).clockAge(5 * SECOND + 1)), action, Guard.TRADING);
    isForbidden(
        judge(good().state(State.FAILED).trust(TrustLevel.HOLDOVER)), action, Guard.TRADING);
    isForbidden(judge(good().state(State.FAILED).withoutSystemClock()), action, Guard.TRADING);
    isForbidden(judge(good().state(State.FAILED).stalled()), action, Guard.TRADING);

    policy.restartInTradingHours(true);

    isActing(judge(good().state(State.FAILED).withoutSystemClock()), action);
  }

  @ParameterizedTest
  @CsvSource({"91, false", "92, true", "-91, false", "-92, true", "3600000, true"})
  void shouldStepWhatWasOffAndIsStillOffByNineTenthsOfTheThreshold(long millis, boolean isActed) {
    Judgement judgement = judge(off(millis * MILLI));

    if (isActed) {
      isActing(judgement, RepairAction.STEP_CLOCK);
    } else {
      isNothing(judgement, Guard.GOOD);
    }
  }

  @Test
  void shouldWatchAWrongClockForAMoment() {
    lastedNanos = 5 * SECOND - 1;
    isNothing(judge(off(SECOND)), Guard.LASTING);
    lastedNanos = 5 * SECOND;
    isActing(judge(off(SECOND)), RepairAction.STEP_CLOCK);
  }

  @Test
  void shouldStepOnlyByAFreshVoteOfEnoughSources() {
    RepairAction step = RepairAction.STEP_CLOCK;
    isActing(judge(off(SECOND).voters(3)), step);
    isForbidden(judge(off(SECOND).voters(2)), step, Guard.VOTE_SOURCES);
    isForbidden(judge(off(SECOND).trust(TrustLevel.HOLDOVER)), step, Guard.VOTE);
    isForbidden(judge(off(SECOND).consensus(Consensus.NONE)), step, Guard.VOTE);
    isNothing(judge(off(SECOND).trust(TrustLevel.UNTRUSTED)), Guard.CLOCK_UNKNOWN);
    isNothing(judge(off(SECOND).stalled()), Guard.CLOCK_UNKNOWN);
    isNothing(judge(off(SECOND).clockAge(5 * SECOND + 1)), Guard.CLOCK_UNKNOWN);

    policy.minVoteSources(1);

    isActing(judge(off(SECOND).voters(1).consensus(Consensus.SINGLE_SOURCE)), step);
  }

  @ParameterizedTest
  @CsvSource({"250, true", "251, false"})
  void shouldStepOnlyIfTheErrorBoundIsAQuarterOfTheCorrection(long bound, boolean isActed) {
    Judgement judgement = judge(good().offset(1000 * MILLI, bound * MILLI));

    assertThat(judgement.guard()).isEqualTo(isActed ? Guard.NONE : Guard.BOUND);
  }

  @ParameterizedTest
  @CsvSource({"1001, false", "1002, true", "-1001, false", "-1002, true"})
  void shouldStepWhileTradingOnlyInAnEmergency(long millis, boolean isActed) {
    isTrading = true;
    isForbidden(judge(off(millis * MILLI)), RepairAction.STEP_CLOCK, Guard.TRADING);

    policy.emergencyThreshold(Duration.ofSeconds(1));

    assertThat(judge(off(millis * MILLI)).isAct()).isEqualTo(isActed);
  }

  @Test
  void shouldStartADeadServiceWhileTradingIfAStepWouldBeRight() {
    isTrading = true;
    policy.emergencyThreshold(Duration.ofSeconds(1));
    RepairAction action = RepairAction.RESTART_SERVICE;

    isActing(judge(off(1002 * MILLI).state(State.FAILED)), action);
    isForbidden(judge(off(1001 * MILLI).state(State.FAILED)), action, Guard.TRADING);
    isForbidden(judge(off(HOUR).state(State.FAILED).voters(2)), action, Guard.TRADING);
    isForbidden(
        judge(good().offset(4 * SECOND, SECOND + 1).state(State.FAILED)), action, Guard.TRADING);
  }

  @Test
  void shouldStepOnlyThroughAServiceThatRuns() {
    RepairAction step = RepairAction.STEP_CLOCK;
    isForbidden(judge(off(SECOND).state(State.UNKNOWN)), step, Guard.NO_SERVICE);
    isNothing(judge(off(SECOND).state(State.NOT_APPLICABLE)), Guard.NO_SERVICE);
    isForbidden(judge(off(SECOND).withoutUnit()), step, Guard.NO_SERVICE);
    isForbidden(judge(off(SECOND).masked()), step, Guard.MASKED);
    isActing(judge(off(SECOND).state(State.UNSYNCHRONISED)), step);
    isActing(judge(off(SECOND).state(State.DISPUTED)), step);
    isActing(judge(off(SECOND).state(State.FAILED)), RepairAction.RESTART_SERVICE);
    HostStatuses young = off(SECOND).state(State.STARTING);
    isNothing(judge(young.activeSince(NOW - MINUTE + 1)), Guard.STARTING);
    isActing(judge(young.activeSince(NOW - MINUTE)), step);
  }

  @Test
  void shouldDecideNothingOfAServiceThatNobodyCanTell() {
    isNothing(judge(good().state(State.UNKNOWN)), Guard.NOT_TOLD);
    isNothing(judge(good().state(State.NOT_APPLICABLE)), Guard.NO_SERVICE);
    isNothing(judge(good().state(State.STARTING)), Guard.STARTING);
    isNothing(judge(good().unseen()), Guard.NOT_SEEN);
    isNothing(judge(good().state(State.FAILED).serviceAge(MINUTE + 1)), Guard.NOT_SEEN);
    isActing(judge(good().state(State.FAILED).serviceAge(MINUTE)), RepairAction.RESTART_SERVICE);
    isForbidden(
        judge(good().state(State.FAILED).withoutUnit()),
        RepairAction.RESTART_SERVICE,
        Guard.NO_SERVICE);
  }

  @Test
  void shouldDoOnlyWhatThePolicyAllows() {
    policy.allowed(EnumSet.of(RepairAction.STEP_CLOCK));
    isForbidden(judge(good().state(State.FAILED)), RepairAction.RESTART_SERVICE, Guard.NOT_ALLOWED);
    policy = RepairPolicy.builder();
    isForbidden(judge(off(SECOND)), RepairAction.STEP_CLOCK, Guard.OBSERVE_ONLY);
    assertThat(judge(off(SECOND)).decision().reason())
        .isEqualTo(
            "the system clock is behind by 1000.0 ms, known to 1.0 ms;"
                + " would step the system clock; not done: observe only");
  }
}
