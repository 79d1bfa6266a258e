package com.ibstream.clocksync.examples.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.ibstream.clocksync.ClockMonitor;
import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.examples.ClockSyncProcess;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.WallClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real chronyd serves this very machine's clock, so the true drift of that clock against it is
 * zero.
 */
class ChronydIT {

  /** What the system clock may be slewed between chronyd's answer and our reading of it. */
  private static final double SLACK_MS = 0.05;

  @TempDir private Path directory;

  @Test
  void shouldFindNoDriftWithinItsBoundWhenChronydServesOurOwnClock() throws Exception {
    try (Chronyd chronyd = Chronyd.start(directory)) {
      ClockSyncProcess found =
          ClockSyncProcess.run(
              List.of(), Map.of(), "time-drift", "--json", "--servers", chronyd.address());
      JsonNode json = found.document();
      System.out.println("chronyd on loopback: " + found.out());

      assertThat(found.exitStatus()).as(found.toString()).isIn(0, 1);
      assertThat(json.get("consensus").textValue()).isEqualTo("single_source");
      double boundMs = json.get("error_bound_ms").doubleValue();
      assertThat(Math.abs(json.get("drift_ms").doubleValue()))
          .isLessThanOrEqualTo(boundMs + SLACK_MS);
      assertThat(boundMs).as("loopback is near").isLessThan(50);
      assertThat(json.get("sources").get(0).get("stratum").intValue()).isEqualTo(1);
    }
  }

  @Test
  void shouldAgreeWhenThreeChronydsServeOneMonitor() throws Exception {
    try (Chronyd one = Chronyd.start(directory);
        Chronyd two = Chronyd.start(directory);
        Chronyd three = Chronyd.start(directory);
        ClockMonitor monitor =
            ClockMonitor.start(
                ClockMonitorConfig.builder()
                    .servers(one.address(), two.address(), three.address())
                    .build())) {
      monitor.awaitTrusted(Duration.ofSeconds(10));

      Reading before = monitor.clock().read(new Reading());
      long systemEpochNanos = WallClock.system().epochNanos();
      Reading after = monitor.clock().read(new Reading());

      assertThat(systemEpochNanos)
          .isBetween(
              before.earliestEpochNanos() - (long) (SLACK_MS * 1e6),
              after.latestEpochNanos() + (long) (SLACK_MS * 1e6));
    }
  }
}
