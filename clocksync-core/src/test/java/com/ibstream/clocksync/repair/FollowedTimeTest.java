package com.ibstream.clocksync.repair;

import static com.ibstream.clocksync.repair.HostStatuses.HOUR;
import static com.ibstream.clocksync.repair.HostStatuses.MILLI;
import static com.ibstream.clocksync.repair.HostStatuses.MINUTE;
import static com.ibstream.clocksync.repair.HostStatuses.SECOND;
import static com.ibstream.clocksync.repair.HostStatuses.good;
import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.ServiceFacts.State;
import com.ibstream.clocksync.facts.TimeService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that is started steps the clock to the time of its servers, not to ours. */
class FollowedTimeTest {

  private final WatchdogScene scene = WatchdogScene.acting();

  private static HostStatuses dead(TimeService service) {
    return good().service(service).state(State.FAILED).result("exit-code");
  }

  @ParameterizedTest
  @EnumSource(TimeService.class)
  void shouldNotRestartAServiceThatWouldSetARightClockToAnotherTime(TimeService service) {
    scene.stay(good().service(service).claims(2 * HOUR), 10 * SECOND);
    scene.stay(dead(service), HOUR);

    assertThat(scene.acted).isEmpty();
    assertThat(scene.watchdog.facts().wanted()).contains(RepairAction.RESTART_SERVICE);
    assertThat(scene.decision()).contains("it last followed another time than the vote");
  }

  /** Somebody set the clock right in the meantime. */
  @ParameterizedTest
  @EnumSource(TimeService.class)
  void shouldRestartAServiceThatKnewWhatTheVoteKnew(TimeService service) {
    scene.stay(
        good().offset(2 * HOUR, MILLI).service(service).claims(2 * HOUR).state(State.STARTING), 2);
    scene.stay(dead(service), 10 * SECOND);

    assertThat(scene.acted).containsExactly(RepairAction.RESTART_SERVICE);
  }

  @ParameterizedTest
  @CsvSource({
    "NTPSEC, 127, true",
    "NTPSEC, -128, false",
    "CHRONY, 99, true",
    "CHRONY, 100, false",
    "TIMESYNCD, 399, true",
    "TIMESYNCD, 400, false"
  })
  void shouldRestartWhileTradingOnlyWhatWouldNotStepByItsOwnFigure(
      TimeService service, long ownMillis, boolean isActed) {
    scene.hours = WatchdogScene.OPEN;
    scene.turn(good().service(service).withoutSystemClock().claims(ownMillis * MILLI));
    scene.stay(dead(service), MINUTE);

    assertThat(!scene.acted.isEmpty()).isEqualTo(isActed);
  }

  /** Nothing is known of its servers, and the clock is right. */
  @ParameterizedTest
  @ValueSource(strings = {"exit-code", "start-limit-hit", "signal", "success", ""})
  void shouldRestartADeadServiceBesideARightClockAlsoWhileTrading(String result) {
    scene.hours = WatchdogScene.OPEN;
    scene.stay(good().state(State.FAILED).result(result), 10 * SECOND);

    assertThat(scene.acted).containsExactly(RepairAction.RESTART_SERVICE);
  }

  /** It saw the clock two hours off, as the vote did, and gave up; then somebody set it right. */
  @Test
  void shouldRestartWhileTradingWhatKnewWhatTheVoteKnew() {
    scene.hours = WatchdogScene.OPEN;
    scene.turn(good().offset(2 * HOUR, MILLI).claims(2 * HOUR).state(State.STARTING));
    scene.stay(dead(TimeService.NTPSEC), 10 * SECOND);

    assertThat(scene.acted).containsExactly(RepairAction.RESTART_SERVICE);
  }

  /** What it knew while it was another unit's turn says nothing. */
  @Test
  void shouldNotTakeTheWordOfOneServiceForThatOfAnother() {
    scene.turn(good().service(TimeService.CHRONY).claims(2 * HOUR));
    scene.stay(good().service(TimeService.NTPSEC).state(State.FAILED), 10 * SECOND);

    assertThat(scene.acted).containsExactly(RepairAction.RESTART_SERVICE);
  }

  /** The figures of ntpd and timesyncd are as old as their last poll. */
  @ParameterizedTest
  @CsvSource({
    "NTPSEC, 127, true",
    "NTPSEC, 128, false",
    "TIMESYNCD, 399, true",
    "TIMESYNCD, 400, false",
    "NTPSEC, -48000, false",
    "NTPSEC, 3600000, true"
  })
  void shouldNotStepByAServiceThatFollowsAnotherTime(
      TimeService service, long ownMillis, boolean isActed) {
    scene.stay(good().offset(HOUR, MILLI).service(service).claims(ownMillis * MILLI), 10 * SECOND);

    assertThat(!scene.acted.isEmpty()).isEqualTo(isActed);
  }
}
