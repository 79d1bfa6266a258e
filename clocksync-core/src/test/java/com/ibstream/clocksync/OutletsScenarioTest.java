package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.history.StatusRecorder;
import com.ibstream.clocksync.repair.RepairDecision;
import com.ibstream.clocksync.repair.Watchdog;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the monitor hands over, and to whom. */
class OutletsScenarioTest extends SimulatedMonitor {

  private MonitorCycle run(StatusRecorder recorder, Watchdog watchdog) {
    ClockMonitorConfig config =
        ClockMonitorConfig.builder()
            .servers("192.0.2.1", "192.0.2.2")
            .slewAllowancePpm(500)
            .build();
    world.server("192.0.2.1");
    world.server("192.0.2.2");
    MonitorCycle cycle =
        SimulatedCycle.start(world, config, config.lookIntervalNanos(), recorder, watchdog).cycle();
    world.runFor(Duration.ofMinutes(10));
    return cycle;
  }

  @Test
  void shouldHandEveryStatusAndEveryChangeToHistoryAndRepair() {
    List<ClockStatus> statuses = new ArrayList<>();
    List<ClockEvent> events = new ArrayList<>();
    List<RepairDecision> decisions = new ArrayList<>();
    Watchdog watchdog =
        status -> {
          RepairDecision decision = Watchdog.OBSERVE_ONLY.decide(status);
          decisions.add(decision);
          return decision;
        };

    run(
        (status, changes) -> {
          statuses.add(status);
          events.addAll(changes);
        },
        watchdog);

    assertThat(statuses).hasSizeGreaterThan(600);
    assertThat(statuses.get(0).trust()).isEqualTo(TrustLevel.UNKNOWN);
    assertThat(events).anyMatch(ClockEvent.TrustChanged.class::isInstance);
    assertThat(decisions)
        .hasSameSizeAs(statuses)
        .allMatch(RepairDecision.Nothing.class::isInstance);
    assertThat(decisions.get(0).reason()).contains("observe only");
  }

  @Test
  void shouldGoOnMeasuringWhenARecorderThrows() {
    MonitorCycle cycle =
        run(
            (status, changes) -> {
              throw new IllegalStateException("disk full");
            },
            Watchdog.OBSERVE_ONLY);

    assertThat(cycle.status().trust()).isEqualTo(TrustLevel.TRUSTED);
    assertThat(cycle.status().sources()).allMatch(source -> source.acceptedCount() > 10);
  }
}
