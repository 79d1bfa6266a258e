package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.ibstream.clocksync.history.publish.ReportJson;
import com.ibstream.clocksync.history.publish.ReportMarkdown;
import com.ibstream.clocksync.history.report.ClockReport;
import com.ibstream.clocksync.history.report.Incident;
import com.ibstream.clocksync.history.report.Metric;
import com.ibstream.clocksync.history.report.PeriodDetails;
import com.ibstream.clocksync.history.report.PeriodFigures;
import com.ibstream.clocksync.history.report.ReportBuilder;
import com.ibstream.clocksync.testing.SimulatedWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a report says of a simulated history, held against what was done to the world. */
class ReportScenarioTest {

  private static final Instant START = Instant.parse("2026-11-23T06:00:00Z");
  private static final LocalDate DAY = LocalDate.of(2026, 11, 23);
  private static final long SECOND = 1_000_000_000L;

  @TempDir private Path directory;
  private final SimulatedWorld world = new SimulatedWorld(3, START);

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

  private void servers() {
    for (int i = 1; i <= 4; i++) {
      world.server("192.0.2." + i).path(5_000_000, 5_000_000, 300_000);
    }
  }

  private ClockReport report() throws IOException {
    return new ReportBuilder(DAY, DAY, Instant.EPOCH.plusNanos(world.trueEpochNanos()))
        .read(directory, percent -> {});
  }

  private static Map<String, Metric.Outcome> outcomes(ClockReport report) {
    return report.metrics().stream().collect(Collectors.toMap(Metric::name, Metric::outcome));
  }

  @Test
  void shouldTellOfAnIncidentWhenItWasHowLargeAndHowLong() throws IOException {
    servers();
    ClockMonitor monitor = monitor();
    world.runFor(Duration.ofHours(1));
    world.wallClock().step(-37 * SECOND);
    world.runFor(Duration.ofMinutes(10));
    world.wallClock().step(37 * SECOND);
    world.runFor(Duration.ofHours(1));
    monitor.close();
    ClockReport report = report();

    assertThat(report.incidents()).hasSize(1);
    Incident incident = report.incidents().get(0);
    assertThat(incident.began()).isBetween(START.plusSeconds(3_600), START.plusSeconds(3_606));
    assertThat(incident.peakNanos() / 1e9).isBetween(36.9, 37.1);
    assertThat(incident.detection().orElseThrow()).isLessThanOrEqualTo(Duration.ofSeconds(6));
    assertThat(incident.recovery().orElseThrow().toSeconds()).isBetween(595L, 606L);
    assertThat(incident.cause().orElseThrow()).contains("jumped");
    assertThat(outcomes(report))
        .containsEntry("greatest drift", Metric.Outcome.FAIL)
        .containsEntry("slowest detection of critical drift", Metric.Outcome.UNKNOWN)
        .containsEntry("longest time without a successful vote", Metric.Outcome.FAIL)
        .containsEntry("slowest recovery from critical drift", Metric.Outcome.FAIL)
        .containsEntry("availability of the time service", Metric.Outcome.UNKNOWN);
    PeriodDetails details = report.details();
    assertThat(details.servers()).hasSize(4);
    assertThat(details.servers().get(0).server()).isEqualTo("192.0.2.1");
    assertThat(details.servers().get(0).seenCount()).isBetween(2L, 4L);
    assertThat(details.servers().get(0).agreeingCount()).isPositive();
    assertThat(details.servers().get(0).lastOffsetNanos()).isPresent();
    assertThat(details.warnings())
        .anySatisfy(warning -> assertThat(warning.text()).contains("jumped back by 37"));
    assertThat(details.drift()).hasSizeBetween(80, 200);
    assertThat(details.drift())
        .allSatisfy(
            point ->
                assertThat(point.offsetNanos())
                    .isBetween((double) point.leastNanos(), (double) point.mostNanos()));
    assertThat(details.drift().stream().mapToDouble(PeriodDetails.DriftPoint::offsetNanos).max())
        .hasValueCloseTo(37e9, within(1e9));
    assertThat(details.serviceStates().keySet()).containsOnly("not_applicable");
    PeriodFigures figures = report.figures();
    Duration wrong = figures.trusted().minus(figures.withinFifty());
    assertThat(wrong.toSeconds()).isBetween(580L, 620L);
    assertThat(ReportMarkdown.of(report)).contains("| greatest drift | < 50 ms | 37");
    assertThat(ReportJson.of(report)).contains("\"incident_count\":1").doesNotContain("\n");
  }

  /** From before the day began until after it ended. */
  @Test
  void shouldCallATargetMetOnlyWhereNearlyAllOfThePeriodIsKnown() throws IOException {
    servers();
    ClockMonitor monitor = monitor();
    world.runFor(Duration.ofHours(18 + 24).plusMinutes(10));
    monitor.close();
    LocalDate next = DAY.plusDays(1);
    Instant present = Instant.EPOCH.plusNanos(world.trueEpochNanos());

    ClockReport whole = new ReportBuilder(next, next, present).read(directory, percent -> {});
    ClockReport both = new ReportBuilder(DAY, next, present).read(directory, percent -> {});
    Map<String, Metric.Outcome> ofWhole = outcomes(whole);
    ofWhole.remove("availability of the time service");

    assertThat(ofWhole.values()).containsOnly(Metric.Outcome.PASS);
    assertThat(outcomes(both).values()).doesNotContain(Metric.Outcome.PASS);
    assertThat(outcomes(both))
        .containsEntry("longest time without a successful vote", Metric.Outcome.FAIL);
    assertThat(both.figures().longestVoteAge().toMinutes()).isBetween(360L, 361L);
  }

  /** The last record of a day is minutes old when it ends, and its vote is older. */
  @Test
  void shouldNotMissAVoteThatTheNextRecordTellsOf() throws IOException {
    servers();
    ClockMonitor monitor =
        ClockMonitor.start(
            ClockMonitorConfig.builder()
                .servers("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4")
                .slewAllowancePpm(500)
                .setting("history.directory", directory.toString())
                .setting("history.interval", "5m")
                .build(),
            world.seams());
    world.runFor(Duration.ofHours(18 + 24).plusMinutes(10));
    monitor.close();
    LocalDate next = DAY.plusDays(1);
    Instant present = Instant.EPOCH.plusNanos(world.trueEpochNanos());

    ClockReport report = new ReportBuilder(next, next, present).read(directory, percent -> {});

    assertThat(outcomes(report))
        .containsEntry("longest time without a successful vote", Metric.Outcome.PASS);
  }

  /** The host's clock, which the present is taken from, may be years slow. */
  @Test
  void shouldLeaveNothingOutWhereNobodyKnowsThePresent() throws IOException {
    servers();
    ClockMonitor monitor = monitor();
    world.runFor(Duration.ofHours(1));
    monitor.close();

    ClockReport report = new ReportBuilder(DAY, DAY, Instant.EPOCH).read(directory, percent -> {});

    assertThat(report.figures().length()).isEqualTo(Duration.ofDays(1));
    assertThat(report.isPassed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1969-12-31, 2026-01-01", "2026-01-01, 2262-04-11", "-999999999-01-01, 2026-01-01"})
  void shouldRefuseDaysWhoseNanosecondsCannotBeTold(LocalDate first, LocalDate last) {
    assertThatThrownBy(() -> new ReportBuilder(first, last, Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not within");
  }

  @Test
  void shouldNeverCallUnmonitoredTimeGood() throws IOException {
    servers();
    ClockMonitor first = monitor();
    world.runFor(Duration.ofHours(1));
    first.close();
    world.runFor(Duration.ofHours(2));
    ClockMonitor second = monitor();
    world.runFor(Duration.ofHours(1));
    second.close();
    world.runFor(Duration.ofHours(3));
    ClockReport report = report();

    assertThat(report.figures().length()).isEqualTo(Duration.ofHours(13));
    assertThat(report.figures().monitored().toMinutes()).isBetween(117L, 120L);
    assertThat(report.figures().withinFifty()).isLessThanOrEqualTo(report.figures().monitored());
    assertThat(report.gaps()).hasSize(3);
    assertThat(report.gaps().get(0).from()).isEqualTo(DAY.atStartOfDay().toInstant(ZoneOffset.UTC));
    assertThat(
            Duration.between(report.gaps().get(1).from(), report.gaps().get(1).until()).toMinutes())
        .isBetween(120L, 121L);
    assertThat(
            Duration.between(report.gaps().get(2).from(), report.gaps().get(2).until()).toMinutes())
        .isBetween(180L, 181L);
    assertThat(report.isPassed()).isFalse();
  }

  @Test
  void shouldCallNothingGoodWhereNothingWasEverTrusted() throws IOException {
    ClockMonitor monitor = monitor(); // no server answers
    world.runFor(Duration.ofHours(1));
    monitor.close();
    ClockReport report = report();

    assertThat(report.figures().monitored().toMinutes()).isBetween(58L, 60L);
    assertThat(report.figures().trusted()).isZero();
    assertThat(report.figures().withinFifty()).isZero();
    assertThat(outcomes(report).values()).containsOnly(Metric.Outcome.UNKNOWN);
    assertThat(ReportMarkdown.of(report)).contains("within 50 ms for 0.000 %");
    assertThat(ReportJson.of(report)).contains("\"samples\":0");
  }
}
