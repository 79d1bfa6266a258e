package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.history.StatusRecorder;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the monitor hands over, and to whom. */
class OutletsScenarioTest extends SimulatedMonitor {

  private MonitorCycle run(StatusRecorder recorder) {
    ClockMonitorConfig config =
        ClockMonitorConfig.builder()
            .servers("192.0.2.1", "192.0.2.2")
            .slewAllowancePpm(500)
            .build();
    world.server("192.0.2.1");
    world.server("192.0.2.2");
    MonitorCycle cycle =
        SimulatedCycle.start(world, config, config.lookIntervalNanos(), recorder).cycle();
    world.runFor(Duration.ofMinutes(10));
    return cycle;
  }

  @Test
  void shouldHandEveryStatusAndEveryChangeToTheRecorder() {
    List<ClockStatus> statuses = new ArrayList<>();
    List<ClockEvent> events = new ArrayList<>();

    run(
        (status, changes) -> {
          statuses.add(status);
          events.addAll(changes);
        });

    assertThat(statuses).hasSizeGreaterThan(600);
    assertThat(statuses.get(0).trust()).isEqualTo(TrustLevel.UNKNOWN);
    assertThat(events).anyMatch(ClockEvent.TrustChanged.class::isInstance);
  }

  @Test
  void shouldGoOnMeasuringWhenARecorderThrows() {
    MonitorCycle cycle =
        run(
            (status, changes) -> {
              throw new IllegalStateException("disk full");
            });

    assertThat(cycle.status().trust()).isEqualTo(TrustLevel.TRUSTED);
    assertThat(cycle.status().sources()).allMatch(source -> source.acceptedCount() > 10);
  }
}
