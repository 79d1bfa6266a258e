package com.ibstream.clocksync.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.ClockMonitor;
import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.testing.SimulatedWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports on the command line. */
class ReportCommandTest {

  @TempDir private Path directory;

  @BeforeEach
  void simulate() {
    SimulatedWorld world = new SimulatedWorld(1, Instant.parse("2024-12-30T12:00:00Z"));
    for (int i = 1; i <= 4; i++) {
      world.server("192.0.2." + i);
    }
    try (ClockMonitor monitor =
        ClockMonitor.start(
            ClockMonitorConfig.builder()
                .servers("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4")
                .slewAllowancePpm(500)
                .setting("history.directory", directory.toString())
                .build(),
            world.seams())) {
      world.runFor(Duration.ofMinutes(10));
      assertThat(monitor.status().isSafeToStamp()).isTrue();
    }
  }

  @Test
  void shouldReportTheWeekUpToTheNewestDay() {
    Outcome outcome = Outcome.of("report", directory.toString());

    assertThat(outcome.exitStatus()).isEqualTo(2); // for days there was no vote
    assertThat(outcome.out())
        .startsWith("# Clock report, 2024-12-24T00:00:00Z to 2024-12-31T00:00:00Z UTC\n")
        .contains("| average drift | < 10 ms | 0.000 ms, as far as known | unknown |")
        .contains("| longest time without a successful vote | <= 300 s | 561")
        .contains("| availability of the time service | >= 99.9 % | unknown | unknown |")
        .contains("- 2024-12-24T00:00:00Z to 2024-12-30T12:00:00");
  }

  @Test
  void shouldTakeAnIsoWeekOfTheYearThatItBelongsTo() {
    Outcome outcome =
        Outcome.of("report", directory.toString(), "--week", "2025-W01", "--format", "json");

    assertThat(outcome.document().get("from").asText()).isEqualTo("2024-12-30T00:00:00Z");
    assertThat(outcome.document().get("until").asText()).isEqualTo("2025-01-06T00:00:00Z");
    assertThat(outcome.document().get("days")).hasSize(1);
    assertThat(outcome.document().get("passed").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "--week, 2025-1, must look like 2026-W47",
    "--week, 2025-W53, no such week",
    "--week, 2025-W00, no such week",
    "--from, 2025-13-01, 2025-13-01",
    "--to, yesterday, yesterday",
    "--from, 1969-12-31, must be from 1970-01-08 to 2262-04-10",
    "--to, 2262-04-11, must be from 1970-01-08 to 2262-04-10",
    "--to, +999999999-12-31, must be from",
    "--week, 2263-W01, must be from",
    "--from, 2026-01-02, the newest day of the history",
    "--format, pdf, pdf"
  })
  void shouldNameWhatIsWrongWithAPeriod(String option, String value, String culprit) {
    Outcome outcome = Outcome.of("report", directory.toString(), option, value);

    assertThat(outcome.exitStatus()).isEqualTo(64);
    assertThat(outcome.err()).contains(culprit);
  }

  @Test
  void shouldHoldTheHistoryAgainstAProfile() {
    Outcome known =
        Outcome.of(
            "compliance", directory.toString(), "--profile", "finra-4590", "--week", "2025-W01");
    Outcome json =
        Outcome.of("compliance", directory.toString(), "--profile", "rts25-hft", "--json");
    Outcome unknown = Outcome.of("compliance", directory.toString(), "--profile", "sec-1");
    Outcome none =
        Outcome.of("compliance", directory.resolve("no").toString(), "--profile", "rts25-hft");

    assertThat(known.exitStatus()).isEqualTo(1);
    assertThat(known.out())
        .startsWith("# finra-4590: 2024-12-30T00:00:00Z to 2025-01-06T00:00:00Z UTC\n")
        .contains("**incomplete**")
        .contains("chain of the history: proved");
    assertThat(json.document().get("days")).hasSize(5);
    assertThat(unknown.exitStatus()).isEqualTo(64);
    assertThat(unknown.err()).contains("--profile sec-1 is neither a file nor one of finra-4590");
    assertThat(none.exitStatus()).isEqualTo(3);
  }

  @Test
  void shouldHoldNothingAgainstAProfileWhereThereIsNoRecord() {
    Outcome outcome =
        Outcome.of(
            "compliance",
            directory.toString(),
            "--profile",
            "finra-4590",
            "--from",
            "2030-01-01",
            "--to",
            "2030-01-31");

    assertThat(outcome.exitStatus()).isEqualTo(3);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains("has no record from 2030-01-01 to 2030-01-31");
  }

  @Test
  void shouldHaveNoReportOfATimeWithoutRecords() {
    assertThat(Outcome.of("report", directory.toString(), "--week", "2026-W47").exitStatus())
        .isEqualTo(3);
    assertThat(Outcome.of("report", directory.resolve("no").toString()).exitStatus()).isEqualTo(3);
    assertThat(
            Outcome.of("report", directory.toString(), "--from", "2026-01-02", "--to", "2026-01-01")
                .err())
        .contains("--to 2026-01-01 is before --from 2026-01-02");
  }
}
