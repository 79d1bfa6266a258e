package com.ibstream.clocksync.fuzz;

import static com.ibstream.clocksync.fuzz.Invariant.require;

import com.ibstream.clocksync.ChangedSeams;
import com.ibstream.clocksync.ClockMonitor;
import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.seam.Seams;
import com.ibstream.clocksync.testing.SimulatedWorld;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A whole monitor with three servers. Input: one byte that says how many of them are hostile, then
 * the commands of {@link FuzzedNetwork}. With one liar in three every trusted reading must hold the
 * truth; with three liars nothing is promised but that nothing is thrown and time never goes back.
 */
public final class MonitorFuzz {

  private static final List<String> SERVERS = List.of("10.0.0.1", "10.0.0.2", "10.0.0.3");
  private static final Instant START = Instant.parse("2026-11-23T09:30:00Z");
  private static final int STEPS = 25;
  private static final Duration STEP = Duration.ofMillis(400);

  private MonitorFuzz() {}

  /** Tries one input. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length == 0) {
      return;
    }
    boolean isMajorityHonest = (data[0] & 1) == 0;
    SimulatedWorld world = new SimulatedWorld(data[0] >> 1, START);
    SERVERS.forEach(world::server);
    ByteBuffer commands = ByteBuffer.wrap(data, 1, data.length - 1);
    Seams seams = seams(world, isMajorityHonest, commands);
    ClockMonitorConfig config =
        ClockMonitorConfig.builder()
            .servers(SERVERS)
            .timeout(Duration.ofMillis(250))
            .minPoll(Duration.ofSeconds(1))
            .maxPoll(Duration.ofSeconds(2))
            .slewAllowancePpm(500)
            .build();
    try (ClockMonitor monitor = ClockMonitor.start(config, seams)) {
      watch(world, monitor, isMajorityHonest);
    }
  }

  private static Seams seams(SimulatedWorld world, boolean isMajorityHonest, ByteBuffer commands) {
    Seams seams = world.seams();
    FuzzedNetwork network =
        new FuzzedNetwork(world, server -> !isMajorityHonest || isLast(server), commands);
    return ChangedSeams.of(seams).transport(network).seams();
  }

  private static boolean isLast(InetSocketAddress server) {
    return server.getAddress().getHostAddress().equals(SERVERS.get(2));
  }

  private static void watch(SimulatedWorld world, ClockMonitor monitor, boolean isMajorityHonest) {
    Reading reading = new Reading();
    long latest = Long.MIN_VALUE;
    for (int step = 0; step < STEPS; step++) {
      world.runFor(STEP);
      monitor.clock().read(reading);
      require(
          reading.epochNanos() >= latest,
          "time went back from %d to %s in step %d",
          latest,
          reading,
          step);
      latest = reading.epochNanos();
      require(
          reading.errorBoundNanos() >= 0
              && reading.earliestEpochNanos() <= reading.latestEpochNanos(),
          "an impossible reading: %s",
          reading);
      long truth = world.trueEpochNanos();
      require(
          !isMajorityHonest
              || !reading.isTrusted()
              || (reading.earliestEpochNanos() <= truth && truth <= reading.latestEpochNanos()),
          "%s is trusted, but the truth is %d",
          reading,
          truth);
      ClockStatus status = monitor.status();
      require(
          status.trust() != TrustLevel.UNKNOWN || status.utc().isEmpty(),
          "a time that was never proved: %s",
          status);
    }
    require(!isMajorityHonest || reading.isTrusted(), "one liar took the trust away: %s", reading);
  }
}
