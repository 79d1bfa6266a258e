package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibstream.clocksync.history.chain.ChainCheck;
import com.ibstream.clocksync.history.compliance.ComplianceDay;
import com.ibstream.clocksync.history.compliance.ComplianceDay.Outcome;
import com.ibstream.clocksync.history.compliance.ComplianceProfile;
import com.ibstream.clocksync.history.compliance.ComplianceReport;
import com.ibstream.clocksync.history.compliance.ComplianceTally;
import com.ibstream.clocksync.history.report.ClockReport;
import com.ibstream.clocksync.history.report.ReportBuilder;
import com.ibstream.clocksync.testing.SimulatedWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a simulated history shows of regulations, held against what was done to the world. */
class ComplianceScenarioTest {

  private static final LocalDate TUESDAY = LocalDate.of(2026, 11, 24);
  private static final long SECOND = 1_000_000_000L;

  @TempDir private Path directory;
  private final SimulatedWorld world = new SimulatedWorld(3, Instant.parse("2026-11-23T22:00:00Z"));

  private ClockMonitor monitor() {
    return ClockMonitor.start(
        ClockMonitorConfig.builder()
            .servers("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4")
            .slewAllowancePpm(500)
            .lookInterval(Duration.ofSeconds(5))
            .setting("history.directory", directory.toString())
            .build(),
        world.seams());
  }

  private ComplianceReport against(String profile, LocalDate first, LocalDate last)
      throws IOException {
    ComplianceTally tally =
        new ComplianceTally(
            ComplianceProfile.known(profile).orElseThrow(),
            Optional.of(
                new ComplianceTally.Open(LocalTime.of(9, 30), ZoneId.of("America/New_York"))));
    ClockReport report =
        new ReportBuilder(first, last, Instant.EPOCH.plusNanos(world.trueEpochNanos()))
            .also(tally)
            .read(directory, percent -> {})
            .proved(ChainCheck.of(directory));
    return new ComplianceReport(
        ComplianceProfile.known(profile).orElseThrow(), report, tally.days(first, last));
  }

  @Test
  void shouldCallADayCompliantOnlyWhereItWasProvedAllDay() throws IOException {
    for (int i = 1; i <= 4; i++) {
      world.server("192.0.2." + i).path(5_000_000, 5_000_000, 300_000);
    }
    ClockMonitor first = monitor();
    world.runFor(Duration.ofHours(2 + 24 + 12)); // to Wednesday noon
    world.wallClock().step(-SECOND / 5);
    world.runFor(Duration.ofMinutes(10));
    world.wallClock().step(SECOND / 5);
    world.runFor(Duration.ofHours(12)); // to Thursday, ten past midnight
    first.close();
    world.runFor(Duration.ofHours(1));
    ClockMonitor second = monitor();
    world.runFor(Duration.ofHours(24));
    second.close();

    List<ComplianceDay> days = against("finra-4590", TUESDAY, TUESDAY.plusDays(2)).days();
    assertThat(days.stream().map(ComplianceDay::outcome))
        .containsExactly(Outcome.COMPLIANT, Outcome.EXCEEDED, Outcome.INCOMPLETE);
    assertThat(days.get(0).within()).isEqualTo(Duration.ofDays(1));
    assertThat(days.get(0).preOpen().orElseThrow())
        .isBetween(Instant.parse("2026-11-24T14:28:30Z"), Instant.parse("2026-11-24T14:30:00Z"));
    ComplianceDay.Exceedance exceedance = days.get(1).exceedances().get(0);
    assertThat(days.get(1).exceedances()).hasSize(1);
    assertThat(exceedance.peakNanos() / 1e9).isBetween(0.19, 0.21);
    assertThat(Duration.between(exceedance.from(), exceedance.until()).toSeconds())
        .isBetween(590L, 610L);
    assertThat(exceedance.cause()).isPresent();
    assertThat(days.get(2).unmonitored().toMinutes()).isBetween(60L, 62L);

    ComplianceReport strict = against("rts25-hft", TUESDAY, TUESDAY);
    assertThat(strict.outcome()).isEqualTo(Outcome.NOT_DEMONSTRABLE);
    assertThat(strict.days().get(0).within()).isZero();
    assertThat(against("cat-participant", TUESDAY, TUESDAY).markdown()).contains("not verified");
    assertThat(strict.traceability())
        .contains("192.0.2.1 (192.0.2.1:123), stratum 1 following GPS");
    assertThat(strict.json()).contains("\"outcome\":\"not demonstrable\"").doesNotContain("\n");
  }

  @Test
  void shouldCallWeekdaysWithoutRecordsUnmonitored() throws IOException {
    List<ComplianceDay> days =
        against("finra-4590", TUESDAY.minusDays(10), TUESDAY.minusDays(4)).days();

    assertThat(days).hasSize(5);
    assertThat(days).allMatch(day -> day.outcome() == Outcome.INCOMPLETE);
    assertThat(days).allMatch(day -> day.unmonitored().equals(Duration.ofDays(1)));
  }

  /** A day that is not over, one that has not begun, and a chain that nobody proved. */
  @Test
  void shouldNotCallCompliantWhatIsNotOverOrNotProved() throws IOException {
    for (int i = 1; i <= 4; i++) {
      world.server("192.0.2." + i).path(5_000_000, 5_000_000, 300_000);
    }
    ClockMonitor monitor = monitor();
    world.runFor(Duration.ofHours(2 + 24 + 12)); // to Wednesday noon
    monitor.close();

    ComplianceReport good = against("finra-4590", TUESDAY, TUESDAY);
    assertThat(good.outcome()).isEqualTo(Outcome.COMPLIANT);
    assertThat(against("finra-4590", TUESDAY, TUESDAY.plusDays(1)).outcome())
        .isEqualTo(Outcome.INCOMPLETE);
    assertThat(against("finra-4590", TUESDAY.plusYears(3), TUESDAY.plusYears(3)).outcome())
        .isEqualTo(Outcome.INCOMPLETE);

    ClockReport unproved =
        new ReportBuilder(TUESDAY, TUESDAY, Instant.now()).read(directory, percent -> {});
    assertThat(new ComplianceReport(good.profile(), unproved, good.days()).outcome())
        .isEqualTo(Outcome.INCOMPLETE);

    Path day = directory.resolve("clocksync-2026-11-25.jsonl");
    Files.writeString(day, Files.readString(day).replaceFirst("trusted", "rusted"));
    ComplianceReport broken = against("finra-4590", TUESDAY, TUESDAY);
    assertThat(broken.outcome()).isEqualTo(Outcome.INCOMPLETE);
    assertThat(broken.markdown()).contains("**incomplete**: the chain of the history is broken");
    assertThat(broken.json()).contains("\"outcome\":\"incomplete\"");
  }

  @Test
  void shouldReadProfilesAsDataAndNameWhatIsWrongWithOne() throws IOException {
    assertThat(ComplianceProfile.known()).hasSize(9);
    assertThat(ComplianceProfile.known("rts25-hft").orElseThrow().limitNanos()).isEqualTo(100_000);
    assertThat(ComplianceProfile.known().stream().filter(p -> !p.isVerified())).hasSize(2);
    String good =
        "{\"id\":\"own\",\"title\":\"t\",\"source\":\"s\",\"version\":\"1\","
            + "\"effective\":\"2026-01-01\",\"limit_ns\":5000000}";
    Path file = directory.resolve("own.json");
    Files.writeString(file, good);
    ComplianceProfile own = ComplianceProfile.read(file);
    assertThat(own.limitNanos()).isEqualTo(5_000_000);
    assertThat(own.isVerified()).isFalse();
    for (String[] wrong :
        List.of(
            new String[] {good.replace("5000000", "0"), "limit_ns"},
            new String[] {good.replace("5000000", "\"5\""), "limit_ns"},
            new String[] {good.replace("2026-01-01", "soon"), "effective"},
            new String[] {good.replace("\"t\"", "\"\""), "title"},
            new String[] {"[]", "limit_ns"})) {
      Files.writeString(file, wrong[0]);
      assertThatThrownBy(() -> ComplianceProfile.read(file))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(wrong[1])
          .hasMessageContaining("own.json");
    }
  }
}
