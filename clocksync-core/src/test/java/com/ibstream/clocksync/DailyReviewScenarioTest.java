package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.testing.SimulatedWorld;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.HistoryEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a monitor writes and tells by itself when a day begins. */
class DailyReviewScenarioTest {

  @TempDir private Path directory;
  private final List<ClockEvent> events = new ArrayList<>();
  private final SimulatedWorld world =
      new SimulatedWorld(1, Instant.parse("2026-11-19T12:00:00Z")); // a Thursday

  private ClockMonitor monitor() {
    for (int i = 1; i <= 4; i++) {
      world.server("192.0.2." + i).path(500_000, 500_000, 30_000);
    }
    ClockMonitor monitor =
        ClockMonitor.start(
            ClockMonitorConfig.builder()
                .servers("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4")
                .slewAllowancePpm(500)
                .lookInterval(Duration.ofSeconds(5))
                .setting("history.directory", directory.toString())
                .setting("history.interval", "5m")
                .build(),
            world.seams());
    monitor.addListener(events::add);
    return monitor;
  }

  private List<HistoryEvent> told() {
    return events.stream()
        .filter(HistoryEvent.class::isInstance)
        .map(HistoryEvent.class::cast)
        .toList();
  }

  @Test
  void shouldWriteTheWeekBeforeAndTellOnceThatTheErrorGrows() throws IOException {
    ClockMonitor monitor = monitor();
    world.runFor(Duration.ofDays(2));
    assertThat(directory.resolve("reports/week-2026-W47.md")).doesNotExist();
    for (int day = 0; day < 8; day++) {
      world.wallClock().step(-2_000_000); // 2 ms a day, as if the quartz aged
      world.runFor(Duration.ofDays(1));
    }
    monitor.close();

    assertThat(Files.readString(directory.resolve("reports/week-2026-W47.md")))
        .startsWith("# Clock report, 2026-11-16T00:00:00Z to 2026-11-23T00:00:00Z UTC\n")
        .contains("- 2026-11-16T00:00:00Z to 2026-11-19T12:00:0");
    assertThat(directory.resolve("reports/week-2026-W47.json")).isNotEmptyFile();
    assertThat(told()).hasSize(1);
    HistoryEvent.DriftGrows grows = (HistoryEvent.DriftGrows) told().get(0);
    assertThat(grows.nanosPerDay()).isBetween(1.5e6, 2.5e6);
    assertThat(grows.isWarning()).isTrue();
    assertThat(grows.text())
        .startsWith("error of the system clock grows by ")
        .contains("it reaches 50 ms on 2026-12-");
    assertThat(Files.readString(directory.resolve("clocksync-2026-11-29.jsonl")))
        .doesNotContain("DriftGrows");
    assertThat(directory.resolve("reports/growing-drift")).isNotEmptyFile();
  }
}
