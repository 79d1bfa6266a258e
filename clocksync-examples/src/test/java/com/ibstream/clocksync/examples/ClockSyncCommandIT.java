package com.ibstream.clocksync.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process: signals and exit statuses. */
class ClockSyncCommandIT {

  @TempDir private Path directory;

  @Test
  void shouldEndInOrderWhenTheDemoIsToldToStop() throws Exception {
    Path file = directory.resolve("ticks.jsonl");

    ClockSyncProcess demo =
        ClockSyncProcess.runUntil("servers agree", "demo", "--port", "0", "--out", file.toString());

    assertThat(demo.out()).contains("summary", "lying server");
    assertThat(demo.exitStatus()).as(demo.toString()).isZero();
    assertThat(Files.readString(file)).as("the file is complete").endsWith("}\n");
  }

  @Test
  void shouldEndWithTheStatusForUsageWhenAnOptionIsUnknown() throws Exception {
    ClockSyncProcess wrong = ClockSyncProcess.run(List.of(), Map.of(), "time-drift", "--jason");

    assertThat(wrong.exitStatus()).isEqualTo(64);
    assertThat(wrong.err()).contains("--jason", "--help");
  }

  @Test
  void shouldReadTheEnvironmentWhenItHoldsOurKeys() throws Exception {
    ClockSyncProcess wrong =
        ClockSyncProcess.run(List.of(), Map.of("CLOCKSYNC_SERVERS", "a..b"), "time-drift");

    assertThat(wrong.exitStatus()).isEqualTo(64);
    assertThat(wrong.err()).contains("a..b", "CLOCKSYNC_SERVERS");
  }
}
