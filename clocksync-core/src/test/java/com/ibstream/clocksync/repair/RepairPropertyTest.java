package com.ibstream.clocksync.repair;

import static com.ibstream.clocksync.repair.HostStatuses.HOUR;
import static com.ibstream.clocksync.repair.HostStatuses.MILLI;
import static com.ibstream.clocksync.repair.HostStatuses.MINUTE;
import static com.ibstream.clocksync.repair.HostStatuses.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.Consensus;
import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.RepairFacts.Mode;
import com.ibstream.clocksync.facts.ServiceFacts.Finding;
import com.ibstream.clocksync.facts.ServiceFacts.State;
import com.ibstream.clocksync.facts.TimeService;
import com.ibstream.clocksync.repair.Actuator.Result;
import com.ibstream.clocksync.repair.TradingHours.Trading;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random hosts: whatever happens, what must never be done is not done. */
class RepairPropertyTest {

  private static final int WORLDS = 400;
  private static final int TURNS = 60;
  private static final long EMERGENCY_NANOS = 10 * SECOND;

  private final SplittableRandom random = new SplittableRandom(5);

  private <T> T any(T[] values) {
    return values[random.nextInt(values.length)];
  }

  /** Mostly plausible, so that actions are reached, and never for sure. */
  private HostStatuses host() {
    HostStatuses host = HostStatuses.good();
    if (random.nextInt(3) > 0) {
      long sign = random.nextBoolean() ? 1 : -1;
      long[] sizes = {90 * MILLI, 110 * MILLI, SECOND, 9 * SECOND, 11 * SECOND, HOUR};
      long[] bounds = {MILLI, 40 * MILLI, 300 * MILLI, 3 * SECOND};
      host.offset(
          sign * sizes[random.nextInt(sizes.length)], bounds[random.nextInt(bounds.length)]);
    }
    if (random.nextBoolean()) {
      host.state(any(State.values()));
    }
    if (random.nextInt(8) == 0) {
      host.trust(any(TrustLevel.values()));
    }
    if (random.nextInt(8) == 0) {
      host.consensus(any(Consensus.values()));
    }
    if (random.nextInt(4) == 0) {
      host.voters(random.nextInt(5));
    }
    if (random.nextInt(16) == 0) {
      host.stalled();
    }
    if (random.nextInt(16) == 0) {
      host.withoutSystemClock();
    }
    if (random.nextInt(16) == 0) {
      host.clockAge(random.nextLong(MINUTE));
    }
    if (random.nextInt(16) == 0) {
      host.masked();
    }
    if (random.nextInt(16) == 0) {
      host.networkGone();
    }
    if (random.nextInt(16) == 0) {
      host.finding(any(Finding.Kind.values()));
    }
    return host.service(any(TimeService.values()));
  }

  @ParameterizedTest
  @EnumSource(names = {"OBSERVE", "DRY_RUN"})
  void shouldNeverActUnlessToldTo(Mode mode) {
    for (int world = 0; world < WORLDS; world++) {
      WatchdogScene scene = new WatchdogScene(RepairPolicy.builder().mode(mode).build());
      HostStatuses host = host();
      scene.stay(host, 10 * SECOND);
      scene.stay(random.nextBoolean() ? host() : host, TURNS * SECOND);

      assertThat(scene.acted).isEmpty();
      assertThat(scene.memory.attempts).isEmpty();
    }
  }

  @Test
  void shouldNeverActWhileTheLockIsHeldElsewhere() {
    for (int world = 0; world < WORLDS; world++) {
      WatchdogScene scene = WatchdogScene.acting();
      scene.memory.refusal = Optional.of("held");
      scene.stay(host(), TURNS * SECOND);

      assertThat(scene.acted).isEmpty();
    }
  }

  @Test
  void shouldNeverStepOrStartAgainstItsGuards() {
    RepairPolicy policy =
        RepairPolicy.builder()
            .mode(Mode.ACT)
            .emergencyThreshold(Duration.ofNanos(EMERGENCY_NANOS))
            .build();
    int steps = 0;
    int restarts = 0;
    for (int world = 0; world < WORLDS; world++) {
      WatchdogScene scene = new WatchdogScene(policy);
      scene.result = WatchdogScene.result(any(Result.Outcome.values()));
      for (int spell = 0; spell < 20; spell++) {
        boolean isTrading = random.nextBoolean();
        scene.hours = now -> new Trading(isTrading, "");
        HostStatuses host = host();
        for (int i = random.nextInt(20); i > 0; i--) {
          int before = scene.acted.size();
          ClockStatus status = host.at(scene.nowNanos).build();
          scene.turn(host);
          for (RepairAction action : scene.acted.subList(before, scene.acted.size())) {
            steps += action == RepairAction.STEP_CLOCK ? 1 : 0;
            restarts += action == RepairAction.RESTART_SERVICE ? 1 : 0;
            check(action, status, isTrading);
          }
          scene.nowNanos += random.nextInt(30) == 0 ? random.nextLong(HOUR) : 0;
        }
      }
      assertSpread(scene);
    }
    assertThat(steps).isGreaterThan(50);
    assertThat(restarts).isGreaterThan(50);
  }

  private static void check(RepairAction action, ClockStatus status, boolean isTrading) {
    long offNanos = status.systemClock().map(clock -> Math.abs(clock.offsetNanos())).orElse(0L);
    if (action == RepairAction.RESTART_SERVICE) {
      assertThat(!isTrading || offNanos < 400 * MILLI || offNanos > EMERGENCY_NANOS).isTrue();
      assertThat(!isTrading || status.trust() == TrustLevel.TRUSTED).isTrue();
      return;
    }
    assertThat(status.trust()).isEqualTo(TrustLevel.TRUSTED);
    assertThat(status.isSafeToStamp()).isTrue();
    assertThat(status.truechimerCount()).isGreaterThanOrEqualTo(3);
    if (action == RepairAction.STEP_CLOCK) {
      long offsetNanos = Math.abs(status.systemClock().orElseThrow().offsetNanos());
      assertThat(offsetNanos).isGreaterThan(100 * MILLI);
      assertThat(status.systemClock().get().errorBoundNanos() * 4).isLessThanOrEqualTo(offsetNanos);
      assertThat(!isTrading || offsetNanos > EMERGENCY_NANOS).isTrue();
    }
  }

  private static void assertSpread(WatchdogScene scene) {
    long lastNanos = Long.MIN_VALUE;
    for (int i = 0; i < scene.acted.size(); i++) {
      boolean isStart =
          scene.acted.get(i) == RepairAction.RESTART_SERVICE
              || scene.acted.get(i) == RepairAction.STEP_CLOCK;
      // What was not permitted did not start anything.
      if (isStart && scene.result.outcome() != Result.Outcome.NOT_PERMITTED) {
        long atNanos = scene.actedAtNanos.get(i);
        assertThat(lastNanos == Long.MIN_VALUE || atNanos - lastNanos >= MINUTE).isTrue();
        lastNanos = atNanos;
      }
    }
  }
}
