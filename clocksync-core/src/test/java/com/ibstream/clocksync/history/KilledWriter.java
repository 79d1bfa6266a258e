package com.ibstream.clocksync.history;

import com.ibstream.clocksync.ClockMonitor;
import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.testing.SimulatedWorld;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.time.TrustReason;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A process of its own that writes records as fast as the disk takes them, and says after each how
 * many the chain has, until somebody kills it.
 */
final class KilledWriter {

  private static final int MOST = 1_000_000;

  private KilledWriter() {}

  public static void main(String[] arguments) {
    SimulatedWorld world = new SimulatedWorld(1, Instant.parse("2026-11-26T23:59:00Z"));
    for (int i = 1; i <= 4; i++) {
      world.server("192.0.2." + i);
    }
    ClockStatus status;
    try (ClockMonitor monitor =
        ClockMonitor.start(
            ClockMonitorConfig.builder()
                .servers("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4")
                .slewAllowancePpm(500)
                .build(),
            world.seams())) {
      world.runFor(Duration.ofSeconds(30));
      status = monitor.status();
    }
    List<ClockEvent> events =
        List.of(
            new ClockEvent.TrustChanged(
                0, TrustLevel.UNKNOWN, TrustLevel.TRUSTED, TrustReason.MAJORITY));
    HistoryLog log =
        new HistoryLog(
            new HistoryLog.Settings(Path.of(arguments[0]), 1, 3),
            new Origin("test", "", 1, ""),
            world,
            world.wallClock(),
            Runnable::run,
            event -> {});
    for (int i = 0; i < MOST; i++) {
      log.record(status, events);
      System.out.println(log.state().recordCount());
    }
  }
}
