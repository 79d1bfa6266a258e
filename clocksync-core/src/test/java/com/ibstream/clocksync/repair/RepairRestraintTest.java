package com.ibstream.clocksync.repair;

import static com.ibstream.clocksync.repair.HostStatuses.HOUR;
import static com.ibstream.clocksync.repair.HostStatuses.MILLI;
import static com.ibstream.clocksync.repair.HostStatuses.MINUTE;
import static com.ibstream.clocksync.repair.HostStatuses.SECOND;
import static com.ibstream.clocksync.repair.HostStatuses.good;
import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.RepairFacts;
import com.ibstream.clocksync.facts.RepairFacts.Attempt;
import com.ibstream.clocksync.facts.RepairFacts.Mode;
import com.ibstream.clocksync.facts.RepairFacts.Outcome;
import com.ibstream.clocksync.facts.ServiceFacts.State;
import com.ibstream.clocksync.verdict.RepairEvent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not done, not again, and not without a record. */
class RepairRestraintTest {

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

  @Test
  void shouldEscalateAfterOneStepThatDidNotHelp() {
    scene.stay(off(), HOUR);

    assertThat(scene.acted).containsExactly(RepairAction.STEP_CLOCK);
    assertThat(outcomes()).containsExactly(Outcome.DID_NOT_HELP);
    assertThat(scene.decision()).contains("somebody has to look");
    assertThat(scene.watchdog.facts().wanted()).contains(RepairAction.STEP_CLOCK);
  }

  @ParameterizedTest
  @CsvSource({"599, 1", "603, 2"})
  void shouldForgiveWhatDidNotHelpAfterTenGoodMinutes(long goodSeconds, int steps) {
    scene.stay(off(), HOUR);
    scene.stay(good(), goodSeconds * SECOND);

    scene.stay(off(), 20 * SECOND);

    assertThat(scene.acted.stream().filter(RepairAction.STEP_CLOCK::equals)).hasSize(steps);
  }

  @ParameterizedTest
  @CsvSource({"101, 0", "102, 1", "-101, 0", "-102, 1"})
  void shouldStepOnlyWhatIsProvenToBeOffByMoreThanTheThreshold(long millis, int steps) {
    scene.stay(good().offset(millis * MILLI, MILLI), 20 * SECOND);

    assertThat(scene.acted).hasSize(steps);
  }

  @ParameterizedTest
  @CsvSource({"8, PENDING", "20, HELPED"})
  void shouldCallWhatWasDownAndRunsHelpedAlsoWhileItsToolIsSilent(long seconds, Outcome outcome) {
    scene.stay(failed(), 7 * SECOND);

    scene.stay(good().state(State.UNKNOWN), seconds * SECOND);

    assertThat(outcomes()).containsExactly(outcome);
  }

  /** A clock near the threshold must not change the decision with every look. */
  @Test
  void shouldDecideOnceAboutAClockThatHoversAtTheThreshold() {
    WatchdogScene observing = new WatchdogScene(RepairPolicy.builder().build());
    int decisions = 0;
    for (int i = 0; i < 1_000; i++) {
      long offset = (i % 2 == 0 ? 98 : 103) * MILLI;
      decisions +=
          (int)
              observing.turn(good().offset(offset, MILLI)).stream()
                  .filter(RepairEvent.Decided.class::isInstance)
                  .count();
    }
    assertThat(decisions).isLessThanOrEqualTo(3);
  }

  @Test
  void shouldNotRestartForADisputeAboutMilliseconds() {
    scene.stay(good().state(State.DISPUTED).offset(98 * MILLI, MILLI), HOUR);

    assertThat(scene.acted).isEmpty();
    assertThat(scene.decision()).contains("the system clock is right all the same");
  }

  @Test
  void shouldDoubleTheTimeBetweenUselessRestartsAndThenEscalate() {
    scene.stay(failed(), 5 * HOUR);

    assertThat(scene.acted).hasSize(3);
    List<Long> at = scene.actedAtNanos;
    assertThat(at.get(1) - at.get(0)).isEqualTo(10 * MINUTE);
    assertThat(at.get(2) - at.get(1)).isEqualTo(20 * MINUTE);
    assertThat(scene.decision()).contains("done 3 times without help");
  }

  @Test
  void shouldTryOnceMoreAfterADay() {
    scene.stay(failed(), 5 * HOUR);
    scene.nowNanos += 24 * HOUR;

    scene.stay(failed(), MINUTE);

    assertThat(scene.acted).hasSize(4);
  }

  @Test
  void shouldLimitRestartsThatHelpForAWhile() {
    for (int i = 0; i < 140; i++) {
      scene.stay(failed(), 8 * SECOND);
      scene.stay(good(), 10 * MINUTE);
    }

    assertThat(scene.acted).hasSize(6);
  }

  @Test
  void shouldNeverActInADryRunAndKeepTheSameLimits() {
    WatchdogScene dry = new WatchdogScene(RepairPolicy.builder().mode(Mode.DRY_RUN).build());
    dry.stay(failed(), 11 * MINUTE);

    assertThat(dry.acted).isEmpty();
    assertThat(dry.memory.claims).isZero();
    assertThat(dry.memory.attempts).isEmpty();
    RepairFacts facts = dry.watchdog.facts();
    assertThat(facts.attempts()).extracting(Attempt::outcome).containsOnly(Outcome.NOT_DONE);
    assertThat(facts.attempts()).hasSize(3); // at once and every five minutes
    assertThat(dry.events.get(1).text())
        .startsWith("repair: dry run: would restart the time service: ntpsec.service");
    assertThat(dry.events)
        .filteredOn(RepairEvent.Decided.class::isInstance)
        .noneMatch(event -> ((RepairEvent.Decided) event).isAllowed());
  }

  @Test
  void shouldOnlyObserveByDefault() {
    WatchdogScene observing = new WatchdogScene(RepairPolicy.builder().build());
    observing.stay(failed(), HOUR);

    assertThat(observing.acted).isEmpty();
    assertThat(observing.memory.claims).isZero();
    assertThat(observing.decision()).endsWith("observe only");
    assertThat(observing.watchdog.facts().wanted()).contains(RepairAction.RESTART_SERVICE);
    assertThat(observing.events).hasSize(2); // watched for a moment, then wanted
  }

  @Test
  void shouldTellADecisionOnceHoweverItsFiguresChange() {
    scene.hours = WatchdogScene.OPEN;
    for (int i = 0; i < 1000; i++) {
      scene.turn(good().offset(HOUR + i * MILLI, MILLI));
    }

    assertThat(scene.events)
        .extracting(event -> event.text().replaceAll(".*; ", ""))
        .containsExactly("watched for a moment first", "not done: the market is open");
    assertThat(scene.audit).hasSize(2);
    assertThat(scene.decision()).contains("3600999.0 ms");
  }

  @Test
  void shouldDoNothingWhileAnotherRepairsOrTheMemoryFails() {
    scene.memory.refusal = Optional.of("another process repairs this host");
    scene.stay(failed(), MINUTE);
    assertThat(scene.decision()).endsWith("another process repairs this host");

    scene.memory.refusal = Optional.empty();
    scene.memory.problem = Optional.of("line 3 cannot be understood");
    scene.stay(failed(), MINUTE);
    assertThat(scene.decision()).endsWith("line 3 cannot be understood");

    scene.memory.problem = Optional.empty();
    scene.memory.unwritable = Optional.of("disk full");
    scene.stay(failed(), MINUTE);
    assertThat(scene.decision()).endsWith("it cannot be recorded: disk full");
    assertThat(scene.acted).isEmpty();

    scene.memory.unwritable = Optional.empty();
    scene.stay(failed(), 10 * MINUTE);
    assertThat(scene.acted).hasSize(1);
  }

  @Test
  void shouldDoNothingThatCannotBeAudited() {
    scene.unauditable = Optional.of("disk full");
    scene.stay(failed(), HOUR);

    assertThat(scene.acted).isEmpty();
    assertThat(scene.decision()).endsWith("it cannot be recorded: disk full");
  }

  @Test
  void shouldWriteTheIntentionDownBeforeTheAct() {
    scene.stay(failed(), 6 * SECOND);
    scene.stay(good(), 3 * SECOND);

    assertThat(scene.audit)
        .extracting(RepairAudit.Entry::kind)
        .containsExactly(
            RepairAudit.Kind.DECIDED,
            RepairAudit.Kind.DECIDED,
            RepairAudit.Kind.INTENDED,
            RepairAudit.Kind.CARRIED_OUT,
            RepairAudit.Kind.ENDED,
            RepairAudit.Kind.DECIDED);
  }

  @Test
  void shouldTakeTradingHoursThatThrowForTrading() {
    scene.hours =
        status -> {
          throw new IllegalStateException("no calendar");
        };
    scene.stay(off(), MINUTE);

    assertThat(scene.acted).isEmpty();
    assertThat(scene.decision()).contains("no calendar");
  }

  @Test
  void shouldCountWhatOthersDid() {
    scene.memory.attempts.add(
        new Attempt(
            RepairAction.STEP_CLOCK,
            scene.nowNanos - 30 * SECOND,
            "",
            Outcome.PENDING,
            "",
            0,
            OptionalLong.empty(),
            OptionalLong.empty()));
    scene.stay(failed(), 25 * SECOND);

    assertThat(scene.acted).isEmpty();
    assertThat(scene.decision()).contains("less than 60 s after the last start");
  }
}
