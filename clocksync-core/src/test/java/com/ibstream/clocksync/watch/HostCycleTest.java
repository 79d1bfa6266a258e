package com.ibstream.clocksync.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.RepairFacts;
import com.ibstream.clocksync.facts.RtcFacts;
import com.ibstream.clocksync.facts.ServiceFacts.State;
import com.ibstream.clocksync.repair.HostStatuses;
import com.ibstream.clocksync.testing.SimulatedWorld;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.time.TrustReason;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.ClockStatus;
import com.ibstream.clocksync.verdict.HostStatus;
import com.ibstream.clocksync.verdict.RepairEvent;
import com.ibstream.clocksync.verdict.RtcEvent;
import com.ibstream.clocksync.verdict.ServiceEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** When the host is looked at, and what is handed on. */
class HostCycleTest {

  private final SimulatedWorld world = new SimulatedWorld(1, Instant.parse("2026-11-23T09:30:00Z"));
  private final List<Long> looksNanos = new ArrayList<>();
  private final List<HostStatus> told = new ArrayList<>();
  private final List<ClockEvent> events = new ArrayList<>();
  private final List<ClockStatus> judged = new ArrayList<>();
  private State state = State.SYNCHRONISED;
  private boolean isSettled = true;
  private Optional<RepairAction> wanted = Optional.empty();
  private boolean isThrowing;
  private boolean isRepairThrowing;
  private boolean isRtcThrowing;
  private boolean isRtcBad;
  private boolean isEndingInTurn;
  private Runnable whileLooking = () -> {};
  private final HostCycle cycle =
      new HostCycle(
          world,
          world.seams().scheduler(),
          Duration.ofSeconds(20).toNanos(),
          () -> HostStatuses.good().at(world.monoNanos()).build(),
          (kernel, clock) -> {
            looksNanos.add(world.monoNanos());
            if (isThrowing) {
              throw new IllegalStateException("a probe failed");
            }
            whileLooking.run();
            return HostStatuses.good().at(world.monoNanos()).state(state).facts();
          },
          isKernelFree -> {
            if (isRtcThrowing) {
              throw new IllegalStateException("reading failed");
            }
            return isRtcBad ? bad() : RtcFacts.none(world.monoNanos());
          },
          new Repairer(),
          (status, changes) -> {
            told.add(status);
            events.addAll(changes);
          });

  private RtcFacts bad() {
    RtcFacts none = RtcFacts.none(world.monoNanos());
    return new RtcFacts(
        none.measuredMonoNanos(),
        RtcFacts.State.WRONG,
        "as the test has it",
        none.device(),
        none.others(),
        none.comparison(),
        none.keeping(),
        none.rate(),
        none.reboot(),
        none.causes(),
        none.remedy(),
        none.battery());
  }

  private final class Repairer implements HostCycle.Repairer {
    @Override
    public List<RepairEvent> turn(ClockStatus status, Supplier<ClockStatus> present) {
      assertThat(present.get().host().service()).isEqualTo(status.host().service());
      if (isEndingInTurn) {
        cycle.end();
        assertThatThrownBy(present::get).hasMessage("this monitor has ended");
      }
      judged.add(status);
      if (isRepairThrowing) {
        throw new IllegalStateException("a repair failed");
      }
      return List.of();
    }

    @Override
    public RepairFacts facts() {
      return new RepairFacts(RepairFacts.Mode.OBSERVE, "", wanted, isSettled, List.of());
    }
  }

  private int looksIn(int seconds) {
    int before = looksNanos.size();
    world.runFor(Duration.ofSeconds(seconds));
    return looksNanos.size() - before;
  }

  @Test
  void shouldLookAtOnceAndThenAtItsInterval() {
    cycle.begin();

    assertThat(looksIn(1)).isEqualTo(1);
    assertThat(looksIn(100)).isEqualTo(5);
  }

  @Test
  void shouldHandTheFreshServiceToTheRepairsAndBothOn() {
    state = State.FAILED;
    cycle.begin();
    looksIn(1);

    assertThat(judged.get(0).host().service().orElseThrow().state()).isEqualTo(State.FAILED);
    assertThat(told.get(0).service().orElseThrow().state()).isEqualTo(State.FAILED);
    assertThat(told.get(0).repair()).isPresent();
    assertThat(events)
        .hasSize(2)
        .anyMatch(ServiceEvent.StateChanged.class::isInstance)
        .anyMatch(RtcEvent.StateChanged.class::isInstance);
  }

  @Test
  void shouldLookMoreOftenWhileSomethingIsWrongOrBeingDone() {
    cycle.begin();
    looksIn(20);
    state = State.INACTIVE;
    looksIn(21);
    assertThat(looksIn(50)).isEqualTo(10);
    isSettled = false;
    looksIn(5);
    assertThat(looksIn(50)).isEqualTo(25);
    state = State.SYNCHRONISED;
    isSettled = true;
    looksIn(5);
    assertThat(looksIn(100)).isEqualTo(5);
    wanted = Optional.of(RepairAction.STEP_CLOCK);
    looksIn(20);
    assertThat(looksIn(50)).isEqualTo(10);
  }

  @Test
  void shouldLookWithinHalfASecondOfAnEventButNotForEveryOneOfABurst() {
    cycle.begin();
    looksIn(10);
    ClockEvent event =
        new ClockEvent.TrustChanged(
            0, TrustLevel.TRUSTED, TrustLevel.UNTRUSTED, TrustReason.CLOCK_STEPPED);
    cycle.hear(event);
    assertThat(looksIn(1)).isEqualTo(1);
    for (int i = 0; i < 1_000; i++) {
      cycle.hear(event);
      world.runFor(Duration.ofMillis(10));
    }
    assertThat(looksNanos).hasSizeBetween(15, 25);
  }

  @Test
  void shouldGoOnAfterALookThatFailed() {
    isThrowing = true;
    cycle.begin();
    assertThatThrownBy(() -> looksIn(1)).hasMessage("a probe failed");
    isThrowing = false;

    assertThat(looksIn(6)).isEqualTo(1);
    assertThat(told).hasSize(1);
  }

  @Test
  void shouldNotLookAfterItsEnd() {
    cycle.begin();
    looksIn(1);
    cycle.end();

    assertThat(looksIn(100)).isZero();
  }

  @Test
  void shouldTellWhatWasSeenAlsoIfTheRepairsFail() {
    state = State.FAILED;
    isRepairThrowing = true;
    cycle.begin();

    assertThatThrownBy(() -> looksIn(1)).hasMessage("a repair failed");

    assertThat(told.get(0).service().orElseThrow().state()).isEqualTo(State.FAILED);
    assertThat(told.get(0).repair().orElseThrow().decision()).contains("a repair failed");
    assertThat(told.get(0).repair().orElseThrow().isSettled()).isFalse();
    assertThat(events)
        .hasSize(2)
        .anyMatch(ServiceEvent.StateChanged.class::isInstance)
        .anyMatch(RtcEvent.StateChanged.class::isInstance);
    isRepairThrowing = false;
    assertThat(looksIn(6)).isEqualTo(1);
    assertThat(told.get(1).repair().orElseThrow().decision()).isEmpty();
  }

  @Test
  void shouldNotRepairAfterItsEndWhenALookTakesLonger() {
    whileLooking = cycle::end;
    cycle.begin();

    assertThat(looksIn(100)).isEqualTo(1);
    assertThat(judged).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void shouldLetNoActionBeginAfterItsEnd() {
    isEndingInTurn = true;
    cycle.begin();

    assertThat(looksIn(100)).isEqualTo(1);
    assertThat(judged).hasSize(1);
  }

  @Test
  void shouldTellABadHardwareClockBeforeTheSlowToolsHaveAnswered() {
    isRtcThrowing = true;
    cycle.begin();
    looksIn(1);
    assertThat(told.get(0).rtc().orElseThrow().state()).isEqualTo(RtcFacts.State.UNKNOWN);
    assertThat(told.get(0).rtc().orElseThrow().reason()).contains("reading failed");
    assertThat(told.get(0).service()).isPresent();

    isRtcThrowing = false;
    isRtcBad = true;
    events.clear();
    whileLooking = () -> assertThat(events).singleElement().matches(ClockEvent::isWarning);
    assertThat(looksIn(25)).isPositive();
  }
}
