package com.ibstream.clocksync.repair;

import static com.ibstream.clocksync.repair.HostStatuses.HOUR;
import static com.ibstream.clocksync.repair.HostStatuses.MILLI;
import static com.ibstream.clocksync.repair.HostStatuses.MINUTE;
import static com.ibstream.clocksync.repair.HostStatuses.SECOND;
import static com.ibstream.clocksync.repair.HostStatuses.good;
import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.RepairFacts.Attempt;
import com.ibstream.clocksync.facts.RepairFacts.Mode;
import com.ibstream.clocksync.facts.RepairFacts.Outcome;
import com.ibstream.clocksync.facts.ServiceFacts.State;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.verdict.RepairEvent;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** When the hardware clock is written, and what is known of it afterwards. */
class HardwareClockTest {

  private final WatchdogScene scene = WatchdogScene.acting();

  private static HostStatuses off() {
    return good().offset(HOUR, MILLI);
  }

  private List<Outcome> outcomes() {
    return scene.watchdog.facts().attempts().stream().map(Attempt::outcome).toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"WRITE_RTC", "SET_RTC_UTC"})
  void shouldBeSetOnlyFromASystemClockThatIsRight(RepairAction action) {
    scene.hours = WatchdogScene.OPEN; // nobody's stamps change
    scene.requested = Set.of(action);
    List<HostStatuses> forbidding =
        List.of(
            good().offset(49 * MILLI, MILLI),
            good().withoutSystemClock(),
            good().voters(2),
            good().trust(TrustLevel.HOLDOVER));
    for (HostStatuses host : forbidding) {
      scene.turn(host);
      assertThat(scene.acted).isEmpty();
      assertThat(scene.watchdog.facts().wanted()).contains(action);
    }

    scene.turn(good().offset(48 * MILLI, MILLI).state(State.NOT_APPLICABLE));

    assertThat(scene.acted).containsExactly(action);
  }

  @ParameterizedTest
  @CsvSource({"2000, HELPED", "3000, DID_NOT_HELP", "-2000, HELPED", "-3001, DID_NOT_HELP"})
  void shouldBeHeldAgainstTrustedTimeInTheNextTurn(long aheadMillis, Outcome outcome) {
    scene.requested = Set.of(RepairAction.WRITE_RTC);
    scene.rtcAheadNanos = aheadMillis * MILLI;
    scene.turn(good());
    assertThat(outcomes()).containsExactly(Outcome.PENDING);
    assertThat(scene.watchdog.facts().isSettled()).isFalse();
    scene.requested = Set.of();

    scene.turn(good());

    assertThat(outcomes()).containsExactly(outcome);
  }

  /** Somebody set the system clock while the hardware clock was written from it. */
  @Test
  void shouldBeWrittenAgainIfItWasWrittenFromAWrongClock() {
    scene.stay(off(), 8 * SECOND);
    scene.rtcAheadNanos = -HOUR;
    scene.stay(good(), 5 * SECOND);
    assertThat(outcomes()).containsExactly(Outcome.HELPED, Outcome.DID_NOT_HELP);

    scene.rtcAheadNanos = 0;
    scene.stay(good(), 11 * MINUTE);

    assertThat(outcomes()).containsExactly(Outcome.HELPED, Outcome.DID_NOT_HELP, Outcome.HELPED);
  }

  @Test
  void shouldNeitherHaveHelpedNorBeWrittenAgainIfItCannotBeRead() {
    scene.isRtcReadable = false;
    scene.stay(off(), 8 * SECOND);
    scene.stay(good(), 12 * HOUR);

    assertThat(outcomes()).containsExactly(Outcome.HELPED, Outcome.UNVERIFIED);
    assertThat(scene.watchdog.facts().wanted()).isEmpty();
    assertThat(scene.watchdog.facts().attempts().get(1).detail()).contains("no such file");
  }

  @Test
  void shouldWaitForTrustedTimeAndThenSayThatNobodyKnows() {
    scene.requested = Set.of(RepairAction.WRITE_RTC);
    scene.turn(good());
    scene.requested = Set.of();
    scene.stay(good().trust(TrustLevel.UNKNOWN), 40 * SECOND);
    assertThat(outcomes()).containsExactly(Outcome.PENDING);
    scene.stay(good().trust(TrustLevel.UNKNOWN), 10 * SECOND);

    assertThat(outcomes()).containsExactly(Outcome.UNVERIFIED);
  }

  @Test
  void shouldBeWrittenAlsoAfterAStepThatCameTooLateForItsVerdict() {
    scene.stay(off(), 54 * SECOND);
    assertThat(outcomes()).containsExactly(Outcome.DID_NOT_HELP);

    scene.stay(good(), 3 * SECOND);

    assertThat(scene.acted).containsExactly(RepairAction.STEP_CLOCK, RepairAction.WRITE_RTC);
    assertThat(outcomes()).containsExactly(Outcome.DID_NOT_HELP, Outcome.HELPED);
  }

  @Test
  void shouldNotBeWrittenWhileAClockThatWasNotSetMayBeWrong() {
    scene.stay(off(), 54 * SECOND);
    scene.stay(good().withoutSystemClock(), MINUTE);

    assertThat(scene.acted).containsExactly(RepairAction.STEP_CLOCK);
    assertThat(scene.watchdog.facts().wanted()).isEmpty();
  }

  /** A policy, a mask, a limit: what forbids to touch the service says nothing of the RTC. */
  @ParameterizedTest
  @EnumSource(names = {"WRITE_RTC", "SET_RTC_UTC"})
  void shouldBeWrittenBesideASickServiceThatMayNotBeTouched(RepairAction action) {
    WatchdogScene writing =
        new WatchdogScene(RepairPolicy.builder().mode(Mode.ACT).allowed(Set.of(action)).build());
    writing.requested = Set.of(action);

    writing.turn(good().state(State.FAILED));
    assertThat(writing.acted).as("before the sickness is confirmed").containsExactly(action);
    writing.requested = Set.of();
    writing.stay(good().state(State.FAILED), HOUR);
    assertThat(writing.acted).containsExactly(action);
    assertThat(writing.watchdog.facts().wanted()).contains(RepairAction.RESTART_SERVICE);
    writing.requested = Set.of(action);
    List<RepairEvent> told = writing.turn(good().state(State.FAILED));

    assertThat(writing.acted).as("after it").containsExactly(action, action);
    assertThat(told)
        .extracting(RepairEvent::text)
        .anySatisfy(text -> assertThat(text).contains("would restart", "does not allow"));
  }

  @Test
  void shouldNotBeWrittenWhileTheServiceIsAboutToBeRestarted() {
    scene.requested = Set.of(RepairAction.WRITE_RTC);
    scene.stay(good().state(State.FAILED), 8 * SECOND);

    assertThat(scene.acted).startsWith(RepairAction.WRITE_RTC, RepairAction.RESTART_SERVICE);
  }
}
