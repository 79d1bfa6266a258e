package com.ibstream.clocksync.repair;

import static com.ibstream.clocksync.repair.HostStatuses.HOUR;
import static com.ibstream.clocksync.repair.HostStatuses.MILLI;
import static com.ibstream.clocksync.repair.HostStatuses.MINUTE;
import static com.ibstream.clocksync.repair.HostStatuses.SECOND;
import static com.ibstream.clocksync.repair.HostStatuses.good;
import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.RepairFacts.Attempt;
import com.ibstream.clocksync.facts.RepairFacts.Outcome;
import com.ibstream.clocksync.facts.ServiceFacts.Finding;
import com.ibstream.clocksync.facts.ServiceFacts.State;
import com.ibstream.clocksync.facts.TimeService;
import com.ibstream.clocksync.repair.TradingHours.Trading;
import com.ibstream.clocksync.verdict.RepairEvent;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Services that lie, that are frozen, that flap, or that nobody wants. */
class ServiceDoubtsTest {

  private final WatchdogScene scene = WatchdogScene.acting();

  private static HostStatuses off(long nanos) {
    return good().offset(nanos, MILLI);
  }

  private List<Outcome> outcomes() {
    return scene.watchdog.facts().attempts().stream().map(Attempt::outcome).toList();
  }

  /** By chronyd's account the clock is 48 s ahead; the vote proves it 2 s behind. */
  @ParameterizedTest
  @CsvSource({"2000, -48000", "100000, -100000", "100000, 74000", "100000, 126000", "2000, 5"})
  void shouldNotStepByAServiceThatFollowsAnotherTime(long behindMillis, long ownMillis) {
    scene.stay(
        off(behindMillis * MILLI).service(TimeService.CHRONY).claims(ownMillis * MILLI), HOUR);

    assertThat(scene.acted).isEmpty();
    assertThat(scene.decision()).contains("chrony follows another time than the vote");
    assertThat(scene.watchdog.facts().wanted()).contains(RepairAction.STEP_CLOCK);
    assertThat(scene.watchdog.facts().isSettled()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0, 22, false", "4, 22, false", "-4, 22, false", "76000, 7, true", "124000, 7, true"})
  void shouldTellChronydToStepOnlyByAFigureThatAgrees(
      long ownMillis, long seconds, boolean isServiceAware) {
    HostStatuses host = off(100 * SECOND).service(TimeService.CHRONY).claims(ownMillis * MILLI);
    scene.stay(host, (seconds - 2) * SECOND);
    assertThat(scene.acted).isEmpty();
    assertThat(scene.watchdog.facts().isSettled()).isFalse(); // it may be noticed yet
    scene.stay(host, 2 * SECOND);

    assertThat(scene.acted).containsExactly(RepairAction.STEP_CLOCK);
    assertThat(scene.orders.get(0).isServiceAware()).isEqualTo(isServiceAware);
  }

  @Test
  void shouldRestartAServiceThatHasNotAnsweredForItsGrace() {
    scene.stay(good().silent(), 4 * MINUTE);
    scene.turn(good().state(State.STARTING));
    scene.stay(good().silent(), MINUTE - 2 * SECOND);
    assertThat(scene.acted).isEmpty();
    scene.stay(good().silent(), 2 * SECOND);

    assertThat(scene.acted).containsExactly(RepairAction.RESTART_SERVICE);

    scene.stay(good(), 3 * SECOND);
    assertThat(outcomes()).containsExactly(Outcome.HELPED);
  }

  @Test
  void shouldKeepTheGuardsOfARestartForAServiceThatDoesNotAnswer() {
    scene.hours = WatchdogScene.OPEN;
    scene.stay(good().silent().withoutSystemClock(), HOUR);
    assertThat(scene.acted).isEmpty();

    scene.hours = WatchdogScene.CLOSED;
    scene.stay(good().silent().withoutSystemClock(), 24 * HOUR);
    assertThat(scene.acted).hasSize(3); // in vain, and then somebody has to look
  }

  @ParameterizedTest
  @EnumSource(
      value = Finding.Kind.class,
      names = {"TOOL_ABSENT", "ANSWER_UNREADABLE"})
  void shouldLeaveAServiceAloneWhoseToolIsNoHelp(Finding.Kind kind) {
    scene.stay(good().state(State.UNKNOWN).finding(kind), HOUR);
    scene.stay(off(HOUR).state(State.UNKNOWN).finding(kind), MINUTE);

    assertThat(scene.acted).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(TimeService.class)
  void shouldStepThroughAServiceThatDoesNotAnswerByARestart(TimeService service) {
    scene.stay(off(HOUR).service(service).silent(), 30 * SECOND);

    assertThat(scene.acted).containsExactly(RepairAction.STEP_CLOCK);
    assertThat(scene.orders.get(0).isServiceAware()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"UNKNOWN", "STARTING"})
  void shouldReachTheGraceOfAServiceThatFlaps(State between) {
    for (int i = 0; i < 6; i++) {
      scene.stay(good().state(State.UNSYNCHRONISED), 55 * SECOND);
      scene.stay(good().state(between), 2 * SECOND);
    }

    assertThat(scene.acted).containsExactly(RepairAction.RESTART_SERVICE);
  }

  @Test
  void shouldRestartAServiceThatDiesWheneverSystemdStartsIt() {
    for (int i = 0; i < 4; i++) {
      scene.stay(good().state(State.FAILED), 2 * SECOND);
      scene.stay(good().state(State.STARTING), SECOND);
    }

    assertThat(scene.acted).containsExactly(RepairAction.RESTART_SERVICE);
  }

  @Test
  void shouldBeginTheGraceAnewOnceTheServiceWasWell() {
    for (int i = 0; i < 6; i++) {
      scene.stay(good().state(State.UNSYNCHRONISED), 4 * MINUTE);
      scene.turn(good());
    }

    assertThat(scene.acted).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"disabled", "transient", "", "bad"})
  void shouldNotStartWhatIsMerelyInstalled(String unitFileState) {
    HostStatuses host = good().state(State.INACTIVE).unitFileState(unitFileState);
    scene.stay(host, HOUR);

    assertThat(scene.acted).isEmpty();
    assertThat(scene.decision()).endsWith("it is not enabled, and was not seen to run");

    scene.turn(good().unitFileState(unitFileState));
    scene.stay(host, 8 * SECOND);
    assertThat(scene.acted).containsExactly(RepairAction.RESTART_SERVICE);
  }

  @ParameterizedTest
  @CsvSource({
    "enabled, INACTIVE", "enabled-runtime, INACTIVE", "static, INACTIVE", "indirect, INACTIVE",
    "generated, INACTIVE", "alias, INACTIVE", "linked-runtime, INACTIVE", "disabled, FAILED"
  })
  void shouldStartWhatIsToRun(String unitFileState, State state) {
    scene.stay(good().state(state).unitFileState(unitFileState), 8 * SECOND);

    assertThat(scene.acted).containsExactly(RepairAction.RESTART_SERVICE);
  }

  @ParameterizedTest
  @CsvSource({"enabled, false", "static, false", "disabled, true"})
  void shouldNotStartADisabledServiceThatFailedWhereAnotherIsToRun(String other, boolean isActed) {
    scene.stay(
        good().state(State.FAILED).unitFileState("disabled").otherStopped(other), 8 * SECOND);

    assertThat(scene.acted).hasSize(isActed ? 1 : 0);
  }

  @Test
  void shouldNotBeSettledWhileItMerelyWaits() {
    scene.turn(good());
    assertThat(scene.watchdog.facts().isSettled()).isTrue();
    scene.turn(good().state(State.STARTING));
    assertThat(scene.watchdog.facts().isSettled()).isFalse();
    scene.turn(good().state(State.FAILED));
    assertThat(scene.decision()).contains("watched for a moment first");
    assertThat(scene.watchdog.facts().isSettled()).isFalse();
    scene.turn(good().state(State.UNKNOWN));
    assertThat(scene.watchdog.facts().isSettled()).isTrue();
  }

  @Test
  void shouldLookOnceMoreRightBeforeTheCommands() {
    scene.meanwhile = Optional.of(good());
    scene.stay(off(HOUR), 20 * SECOND);

    assertThat(scene.acted).isEmpty();
    assertThat(outcomes()).contains(Outcome.WITHDRAWN).doesNotContain(Outcome.PENDING);

    scene.meanwhile = Optional.empty();
    scene.stay(off(HOUR), 40 * SECOND);
    assertThat(scene.acted).isEmpty();
    scene.stay(off(HOUR), 25 * SECOND);
    assertThat(scene.acted).containsExactly(RepairAction.STEP_CLOCK); // no cooldown for nothing
  }

  @ParameterizedTest
  @CsvSource({"15, true", "16, false"})
  void shouldNotTouchAServiceThatNobodyHasLookedAtOfLate(long seconds, boolean isActed) {
    scene.meanwhile = Optional.of(good().state(State.FAILED).serviceAge(seconds * SECOND));
    scene.stay(good().state(State.FAILED), 8 * SECOND);

    assertThat(scene.acted).hasSize(isActed ? 1 : 0);
  }

  @Test
  void shouldBeginTheGraceAnewOnceTheNetworkIsBack() {
    scene.stay(good().state(State.UNSYNCHRONISED).networkGone(), HOUR);
    scene.stay(good().state(State.UNSYNCHRONISED), 5 * MINUTE - SECOND);
    assertThat(scene.acted).isEmpty();
    scene.stay(good().state(State.UNSYNCHRONISED), 3 * SECOND);

    assertThat(scene.acted).containsExactly(RepairAction.RESTART_SERVICE);
  }

  @Test
  void shouldNotStepIfTheMarketOpensMeanwhile() {
    boolean[] isOpen = new boolean[1];
    scene.hours =
        status -> {
          isOpen[0] = !isOpen[0];
          return new Trading(!isOpen[0], "it has opened");
        };
    for (int i = 0; i < 10; i++) {
      isOpen[0] = false;
      scene.turn(off(HOUR));
    }

    assertThat(scene.acted).isEmpty();
    assertThat(scene.events).extracting(RepairEvent::text).anyMatch(t -> t.contains("has opened"));
  }
}
