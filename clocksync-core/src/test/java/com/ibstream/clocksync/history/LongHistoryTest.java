package com.ibstream.clocksync.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.ClockMonitor;
import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.history.chain.ChainKeeper;
import com.ibstream.clocksync.history.chain.ChainWriter;
import com.ibstream.clocksync.history.report.ClockReport;
import com.ibstream.clocksync.history.report.ReportBuilder;
import com.ibstream.clocksync.testing.SimulatedWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Years of records, 64 s apart: a day is simulated, and its records are written again for every
 * other day with their times moved. {@code -Dhistory.years=5 -Dhistory.keep=DIR} for the full size.
 */
class LongHistoryTest {

  private static final double YEARS =
      Double.parseDouble(System.getProperty("history.years", "0.1"));
  private static final String KEEP = System.getProperty("history.keep", "");
  private static final LocalDate FIRST = LocalDate.of(2021, 11, 22);
  private static final long DAY_NANOS = 86_400_000_000_000L;
  private static final double DAYS_OF_YEAR = 365.25;
  private static final Pattern TIMES =
      Pattern.compile("\"(mono_ns|wall_ns|utc_ns|utc_least_ns|utc_most_ns)\":(-?\\d+)");
  private static final Pattern AT = Pattern.compile("\"at\":\"[^\"]*\"");

  @TempDir private Path temporary;

  /** The members of the records of a day without events. */
  private List<String> simulateDay() throws IOException {
    Path directory = temporary.resolve("day");
    SimulatedWorld world =
        new SimulatedWorld(1, FIRST.minusDays(1).atTime(23, 0).toInstant(ZoneOffset.UTC));
    for (int i = 1; i <= 5; i++) {
      world.server("192.0.2." + i).path(5_000_000, 5_000_000, 300_000);
    }
    try (ClockMonitor monitor =
        ClockMonitor.start(
            ClockMonitorConfig.builder()
                .servers("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4", "192.0.2.5")
                .slewAllowancePpm(500)
                .lookInterval(Duration.ofSeconds(4))
                .setting("history.directory", directory.toString())
                .setting("history.interval", "64s")
                .build(),
            world.seams())) {
      world.runFor(Duration.ofHours(25));
      assertThat(monitor.status().isSafeToStamp()).isTrue();
    }
    List<String> members = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve("clocksync-" + FIRST + ".jsonl"))) {
      if (line.contains("\"kind\":\"status\"")) {
        members.add(line.substring(line.indexOf("\"kind\""), line.lastIndexOf(",\"hash\"")));
      }
    }
    return members;
  }

  private static String moved(String members, long nanos) {
    Matcher times = TIMES.matcher(members);
    String text =
        times.replaceAll(m -> "\"" + m.group(1) + "\":" + (Long.parseLong(m.group(2)) + nanos));
    Matcher utc = Pattern.compile("\"utc_ns\":(\\d+)").matcher(text);
    assertThat(utc.find()).isTrue();
    Instant at = Instant.EPOCH.plusNanos(Long.parseLong(utc.group(1)));
    return AT.matcher(text).replaceFirst("\"at\":\"" + at + "\"");
  }

  private static long write(Path directory, List<String> day, int days) throws IOException {
    Files.createDirectories(directory);
    long count = 0;
    try (ChainWriter writer = ChainWriter.open(directory)) {
      for (int i = 0; i < days; i++) {
        for (String members : day) {
          writer.append(FIRST.plusDays(i), moved(members, i * DAY_NANOS));
          count++;
        }
        if (i % 30 == 29) {
          ChainKeeper.keep(directory, FIRST.plusDays(i), 36_525);
        }
      }
      ChainKeeper.keep(directory, FIRST.plusDays(days), 36_525);
    }
    return count;
  }

  @Test
  void shouldSumUpYearsInTimeThatGrowsWithTheRecords() throws IOException {
    List<String> day = simulateDay();
    assertThat(day).hasSizeBetween(1_300, 1_500);
    int days = (int) Math.ceil(YEARS * DAYS_OF_YEAR);
    Path directory = KEEP.isEmpty() ? temporary.resolve("years") : Path.of(KEEP);
    long count = write(directory, day, days);
    List<Integer> lengths = new ArrayList<>(List.of(days / 5, 2 * days / 5, days));
    lengths.add(0, days / 5); // once to warm up
    Optional<ClockReport> last = Optional.empty();
    for (int length : lengths) {
      long begin = System.nanoTime();
      ClockReport report =
          new ReportBuilder(
                  FIRST,
                  FIRST.plusDays(length - 1),
                  FIRST.plusDays(days).atStartOfDay().toInstant(ZoneOffset.UTC))
              .read(directory, percent -> {});
      double seconds = (System.nanoTime() - begin) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "%,d days, %,d records: %.1f s, %,.0f records a second%n",
          length,
          report.figures().recordCount(),
          seconds,
          report.figures().recordCount() / seconds);
      last = Optional.of(report);
    }

    ClockReport whole = last.orElseThrow();
    assertThat(whole.figures().recordCount()).isEqualTo(count);
    assertThat(whole.days()).hasSize(days);
    assertThat(whole.skippedCount()).isZero();
    assertThat(whole.figures().monitored().toSeconds())
        .isGreaterThan((long) (whole.figures().length().toSeconds() * 0.998));
    assertThat(whole.trend().orElseThrow().isGrowing()).isFalse();
  }
}
