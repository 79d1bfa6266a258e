package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.testing.SimulatedWorld;
import com.ibstream.clocksync.time.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example of docs/simulator.md. */
class SimulatorExampleTest {

  @Test
  void shouldHoldTheTruthWhenTheExampleRuns() {
    SimulatedWorld world = new SimulatedWorld(1, Instant.parse("2026-11-23T09:30:00Z"));
    world.kernelClocks(true);
    world.oscillator().skewPpm(12).wander(1e-9).swing(0.5, Duration.ofDays(1));
    world.server("192.0.2.1").path(4_000_000, 6_000_000, 300_000);
    world.server("192.0.2.2").path().jitter(1e6, 1e6).heavyTail(0.1, 5e6, 1.5, 500e6);
    world.server("192.0.2.3").error(37_000_000_000L);
    ClockMonitor monitor =
        ClockMonitor.start(
            ClockMonitorConfig.builder()
                .servers(List.of("192.0.2.1", "192.0.2.2", "192.0.2.3"))
                .build(),
            world.seams());

    world.after(Duration.ofMinutes(10), () -> world.wallClock().step(-61_200_000_000_000L));
    world.runFor(Duration.ofMinutes(11));

    Reading reading = monitor.clock().read(new Reading());
    assertThat(reading.isTrusted()).as("%s", world).isTrue();
    assertThat(world.trueEpochNanos())
        .as("%s", world)
        .isBetween(reading.earliestEpochNanos(), reading.latestEpochNanos());
  }
}
