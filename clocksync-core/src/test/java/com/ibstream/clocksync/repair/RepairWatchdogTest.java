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
import com.ibstream.clocksync.facts.ServiceFacts.State;
import com.ibstream.clocksync.repair.Actuator.Result;
import com.ibstream.clocksync.verdict.RepairEvent;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From a finding to an action, to what became of it. */
class RepairWatchdogTest {

  private final WatchdogScene scene = WatchdogScene.acting();

  private static HostStatuses failed() {
    return good().state(State.FAILED);
  }

  private static HostStatuses off() {
    return good().offset(HOUR, MILLI);
  }

  private List<Outcome> outcomes() {
    return scene.watchdog.facts().attempts().stream().map(Attempt::outcome).toList();
  }

  private static List<RepairEvent.Acted> acted(List<RepairEvent> events) {
    return events.stream()
        .filter(RepairEvent.Acted.class::isInstance)
        .map(RepairEvent.Acted.class::cast)
        .toList();
  }

  @Test
  void shouldRestartADeadServiceWithinSecondsAndSayThatItHelped() {
    scene.stay(failed(), 6 * SECOND);

    assertThat(scene.acted).containsExactly(RepairAction.RESTART_SERVICE);
    assertThat(outcomes()).containsExactly(Outcome.PENDING);
    assertThat(scene.watchdog.facts().isSettled()).isFalse();

    List<RepairEvent> events = scene.stay(good(), 5 * SECOND);

    assertThat(outcomes()).containsExactly(Outcome.HELPED);
    assertThat(acted(events)).hasSize(1);
    assertThat(scene.watchdog.facts().isSettled()).isTrue();
    assertThat(scene.watchdog.facts().wanted()).isEmpty();
    assertThat(scene.memory.attempts).extracting(Attempt::outcome).containsExactly(Outcome.HELPED);
    assertThat(scene.nowNanos - HOUR).isLessThan(MINUTE);
  }

  @Test
  void shouldCountADeadServiceAsRunningOnlyAfterTenSeconds() {
    scene.stay(failed(), 6 * SECOND);

    scene.stay(good().state(State.STARTING), 10 * SECOND);
    assertThat(outcomes()).containsExactly(Outcome.PENDING);
    scene.stay(good().state(State.STARTING), 2 * SECOND);
    assertThat(outcomes()).containsExactly(Outcome.HELPED);
  }

  @Test
  void shouldBelieveOnlyWhatWasMeasuredAfterTheAction() {
    scene.stay(failed(), 6 * SECOND);

    scene.stay(good().serviceAge(20 * SECOND), 10 * SECOND);

    assertThat(outcomes()).containsExactly(Outcome.PENDING);
  }

  @Test
  void shouldStepThenWriteTheHardwareClockOnceTheClockIsRight() {
    scene.stay(off(), 8 * SECOND);
    assertThat(scene.acted).containsExactly(RepairAction.STEP_CLOCK);

    scene.stay(good(), 3 * SECOND);

    assertThat(scene.acted).containsExactly(RepairAction.STEP_CLOCK, RepairAction.WRITE_RTC);
    assertThat(outcomes()).containsExactly(Outcome.HELPED, Outcome.HELPED);
    Attempt step = scene.watchdog.facts().attempts().get(0);
    assertThat(step.offsetBeforeNanos()).hasValue(HOUR);
    assertThat(step.offsetAfterNanos()).hasValue(0);

    scene.stay(good(), HOUR);
    assertThat(scene.acted).hasSize(2);
  }

  @Test
  void shouldWriteTheHardwareClockAlsoAfterARestartThatSetTheClock() {
    scene.stay(off().state(State.FAILED), 8 * SECOND);
    scene.stay(off().state(State.STARTING).activeSince(scene.nowNanos), 15 * SECOND);
    scene.stay(good(), 3 * SECOND);

    assertThat(scene.acted).containsExactly(RepairAction.RESTART_SERVICE, RepairAction.WRITE_RTC);
  }

  @Test
  void shouldNotMissAHardwareClockWhereThereIsNone() {
    scene.stay(off(), 8 * SECOND);
    scene.result = WatchdogScene.result(Result.Outcome.IMPOSSIBLE);
    scene.stay(good(), HOUR);

    assertThat(outcomes()).containsExactly(Outcome.HELPED, Outcome.NOT_DONE);
    assertThat(scene.watchdog.facts().wanted()).isEmpty();
  }

  @Test
  void shouldTryTheHardwareClockTwiceAndThenEscalate() {
    scene.stay(off(), 8 * SECOND);
    scene.result = WatchdogScene.result(Result.Outcome.FAILED);
    scene.stay(good(), 9 * MINUTE);
    assertThat(outcomes()).containsExactly(Outcome.HELPED, Outcome.FAILED);
    scene.stay(good(), 2 * HOUR);

    assertThat(outcomes()).containsExactly(Outcome.HELPED, Outcome.FAILED, Outcome.FAILED);
    assertThat(scene.decision()).contains("done 2 times without help");
  }

  @Test
  void shouldNotWriteTheHardwareClockFromAClockThatIsStillOff() {
    scene.stay(off(), 8 * SECOND);
    scene.stay(good().offset(60 * MILLI, MILLI), 20 * SECOND);

    assertThat(scene.acted).containsExactly(RepairAction.STEP_CLOCK);
    assertThat(scene.decision()).contains("would write the hardware clock");
  }

  @Test
  void shouldCallAMissingPrivilegeSoAndAskHourly() {
    scene.result = WatchdogScene.result(Result.Outcome.NOT_PERMITTED);
    scene.stay(failed(), 59 * MINUTE);

    assertThat(scene.acted).hasSize(1);
    assertThat(outcomes()).containsExactly(Outcome.NOT_PERMITTED);
    assertThat(scene.decision()).contains("the privilege is missing: said");

    scene.stay(failed(), 2 * MINUTE);
    assertThat(scene.acted).hasSize(2);
    scene.stay(failed(), 20 * HOUR);
    assertThat(scene.decision()).contains("the privilege is missing: said");
    scene.result = WatchdogScene.result(Result.Outcome.DONE);
    scene.stay(failed(), HOUR);
    assertThat(outcomes()).contains(Outcome.DID_NOT_HELP);
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "TIMED_OUT"})
  void shouldJudgeByTheStateWhateverTheCommandSaid(Result.Outcome ended) {
    scene.result = WatchdogScene.result(ended);
    scene.stay(failed(), 6 * SECOND);
    scene.stay(good(), 3 * SECOND);
    assertThat(outcomes()).containsExactly(Outcome.HELPED);

    scene.nowNanos += HOUR;
    scene.stay(failed(), MINUTE);
    assertThat(outcomes()).containsExactly(Outcome.HELPED, Outcome.valueOf(ended.name()));
  }

  @Test
  void shouldNotWaitForWhatIsImpossible() {
    scene.result = WatchdogScene.result(Result.Outcome.IMPOSSIBLE);
    scene.stay(failed(), 6 * SECOND);

    assertThat(outcomes()).containsExactly(Outcome.FAILED);
  }

  @Test
  void shouldSetTheHardwareClockOnRequest() {
    scene.requested = Set.of(RepairAction.SET_RTC_UTC);
    scene.stay(good(), MINUTE);

    assertThat(scene.acted).containsExactly(RepairAction.SET_RTC_UTC);
    assertThat(outcomes()).containsExactly(Outcome.HELPED);
  }
}
