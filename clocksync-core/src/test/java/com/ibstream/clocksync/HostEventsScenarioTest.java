package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.SynchronisationClaim;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.Explanation;
import com.ibstream.clocksync.verdict.HostClockEvent;
import com.ibstream.clocksync.verdict.OffsetCause;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to this machine and its process is told once, and each thing by its own name. */
class HostEventsScenarioTest extends SimulatedMonitor {

  private static final long SECOND = 1_000_000_000L;

  private ClockMonitor monitor;

  @BeforeEach
  void settle() {
    world.kernelClocks(true);
    world.synchronised(true);
    monitor = start(4);
    world.runFor(Duration.ofMinutes(10));
    events.clear();
  }

  private <T extends ClockEvent> List<T> told(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Test
  void shouldTellAPauseFromAFaultOfTheClock() {
    world.stall(Duration.ofSeconds(3));
    assertHoldsTruthFor(monitor, Duration.ofMinutes(2), Duration.ofMillis(130));

    assertThat(told(HostClockEvent.Paused.class)).hasSize(1);
    assertThat(told(HostClockEvent.Paused.class).get(0).pauseNanos())
        .isBetween(2_800_000_000L, 3_000_000_000L);
    assertThat(events).hasSize(1);
    assertThat(monitor.status().pauses().count()).isEqualTo(1);
    assertThat(monitor.status().systemClock().orElseThrow().statistics().rangeNanos())
        .as("a pause is no drift")
        .isLessThan(2_000_000);
  }

  @Test
  void shouldCountAShortPauseAndTellNobody() {
    world.stall(Duration.ofMillis(450));
    world.runFor(Duration.ofMinutes(2));

    assertThat(events).isEmpty();
    assertThat(monitor.status().pauses().count()).isEqualTo(1);
  }

  @Test
  void shouldNameAStepItsCauseAndTheSystemThatDoesNotKnowOfIt() {
    world.wallClock().step(-37 * SECOND);
    assertHoldsTruthFor(monitor, Duration.ofMinutes(10), Duration.ofMillis(130));

    HostClockEvent.ClockJumped jump = told(HostClockEvent.ClockJumped.class).get(0);
    assertThat(told(HostClockEvent.ClockJumped.class)).hasSize(1);
    assertThat(jump.kind()).isEqualTo(HostClockEvent.ClockJumped.Kind.STEPPED);
    assertThat(jump.jumpNanos() + 37 * SECOND)
        .isBetween(-jump.jumpErrorNanos(), jump.jumpErrorNanos());
    assertThat(jump.jumpErrorNanos()).isLessThan(10_000);
    assertThat(jump.causes()).extracting(Explanation::cause).contains(OffsetCause.TAI_MINUS_UTC);
    assertThat(told(HostClockEvent.StampsWithdrawn.class)).as("stamps were right").isEmpty();

    List<HostClockEvent.ClaimChanged> claims = told(HostClockEvent.ClaimChanged.class);
    assertThat(claims).hasSize(1);
    assertThat(claims.get(0).to()).isEqualTo(SynchronisationClaim.DISPUTED);
    assertThat(claims.get(0).earliestOffsetNanos()).isGreaterThan(36 * SECOND);
    assertThat(claims.get(0).claimedErrorNanos()).isEqualTo(10_000_000);
    assertThat(claims.get(0).text()).contains("behind by 3699", "within 10.000 ms");
    assertThat(monitor.status().causes())
        .extracting(Explanation::cause)
        .containsExactly(OffsetCause.TAI_MINUS_UTC);
    SystemClockFacts clock = monitor.status().systemClock().orElseThrow();
    assertThat(monitor.status().asOfMonoNanos() - clock.goodMonoNanos().orElseThrow())
        .as("good until it was stepped")
        .isBetween(599 * SECOND, 601 * SECOND);

    events.clear();
    world.wallClock().step(37 * SECOND);
    world.runFor(Duration.ofMinutes(2));
    assertThat(told(HostClockEvent.ClaimChanged.class))
        .extracting(HostClockEvent.ClaimChanged::to)
        .last()
        .isEqualTo(SynchronisationClaim.NOT_DISPUTED);
    assertThat(monitor.status().causes()).isEmpty();
  }

  @Test
  void shouldTellWhenTheKernelSaysThatNobodySteersItsClock() {
    world.synchronised(false);
    world.runFor(Duration.ofMinutes(2));

    assertThat(events).hasSize(1);
    assertThat(events.get(0).text())
        .isEqualTo("operating system says that its clock is not synchronised");
  }

  @Test
  void shouldWithdrawTheStampsBetweenWakingAndNoticing() {
    world.suspend(Duration.ofMinutes(5), 0);
    long wrong = monitor.clock().epochNanos();
    assertThat(monitor.clock().isTrusted()).as("nobody has looked yet").isTrue();
    assertThat(world.trueEpochNanos() - wrong).isGreaterThan(299 * SECOND);
    world.runFor(Duration.ofSeconds(1));

    List<HostClockEvent.StampsWithdrawn> spans = told(HostClockEvent.StampsWithdrawn.class);
    assertThat(spans).hasSize(1);
    assertThat(wrong).isBetween(spans.get(0).fromEpochNanos(), spans.get(0).untilEpochNanos());
    assertThat(spans.get(0).untilEpochNanos() - spans.get(0).fromEpochNanos())
        .as("from the look before to the look after")
        .isBetween(0L, SECOND / 2);
    assertThat(told(HostClockEvent.ClockJumped.class).get(0).kind())
        .isEqualTo(HostClockEvent.ClockJumped.Kind.SLEPT);
    assertThat(told(HostClockEvent.ClockJumped.class).get(0).causes()).isEmpty();
    world.runFor(Duration.ofMinutes(1));
    assertThat(told(HostClockEvent.SystemClockChanged.class))
        .as("the system clock is right; it was ours that was wrong")
        .isEmpty();
    assertThat(monitor.status().systemClock()).isPresent();
  }

  @Test
  void shouldAccuseNobodyWhileNothingIsTrusted() {
    world.networkDown(true);
    world.suspend(Duration.ofHours(1), 0);
    world.runFor(Duration.ofSeconds(20));

    assertThat(monitor.clock().isTrusted()).isFalse();
    assertThat(monitor.status().systemClock()).isEmpty();
    assertThat(monitor.status().causes()).isEmpty();
    assertThat(told(HostClockEvent.SystemClockChanged.class)).isEmpty();
    assertThat(told(HostClockEvent.ClaimChanged.class)).isEmpty();
  }
}
