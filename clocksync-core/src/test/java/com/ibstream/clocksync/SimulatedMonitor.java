package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.SourceState;
import com.ibstream.clocksync.testing.SimulatedServer;
import com.ibstream.clocksync.testing.SimulatedWorld;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A whole monitor in a simulated world, with honest servers 5 ms away. */
abstract class SimulatedMonitor {

  static final Instant START = Instant.parse("2026-11-23T09:30:00Z");
  static final String[] ADDRESSES = {
    "192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4", "192.0.2.5"
  };

  final SimulatedWorld world = new SimulatedWorld(1, START);
  final List<SimulatedServer> servers = new ArrayList<>();
  final List<ClockEvent> events = new ArrayList<>();

  ClockMonitor start(int serverCount) {
    for (int i = 0; i < serverCount; i++) {
      servers.add(world.server(ADDRESSES[i]).path(5_000_000, 5_000_000, 300_000));
    }
    ClockMonitor monitor =
        ClockMonitor.start(
            ClockMonitorConfig.builder()
                .servers(List.of(ADDRESSES).subList(0, serverCount))
                .slewAllowancePpm(500) // the raw clock is not seen
                .build(),
            world.seams());
    monitor.addListener(events::add);
    return monitor;
  }

  void assertHoldsTruth(ClockMonitor monitor) {
    Reading reading = monitor.clock().read(new Reading());
    assertThat(reading.trust()).as("something must be claimed").isNotEqualTo(TrustLevel.UNKNOWN);
    assertThat(world.trueEpochNanos())
        .as("truth within %s", reading)
        .isBetween(reading.earliestEpochNanos(), reading.latestEpochNanos());
  }

  void assertHoldsTruthFor(ClockMonitor monitor, Duration duration, Duration step) {
    for (Duration done = Duration.ZERO; done.compareTo(duration) < 0; done = done.plus(step)) {
      world.runFor(step);
      assertHoldsTruth(monitor);
    }
  }

  static SourceState stateOf(ClockStatus status, String server) {
    return status.sources().stream()
        .filter(s -> s.server().equals(server))
        .findFirst()
        .orElseThrow()
        .state();
  }
}
