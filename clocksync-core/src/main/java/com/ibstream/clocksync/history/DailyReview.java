package com.ibstream.clocksync.history;

import com.ibstream.clocksync.history.chain.ChainCheck;
import com.ibstream.clocksync.history.publish.ReportHtml;
import com.ibstream.clocksync.history.publish.ReportJson;
import com.ibstream.clocksync.history.publish.ReportMarkdown;
import com.ibstream.clocksync.history.report.ClockReport;
import com.ibstream.clocksync.history.report.DriftTrend;
import com.ibstream.clocksync.history.report.ReportBuilder;
import com.ibstream.clocksync.verdict.HistoryEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;

/**
 * What is done when a day begins: the report of the week before is written, and it is looked
 * whether the clock's error grows. Stateless but for its files, in {@code reports} beside the
 * chain.
 */
final class DailyReview {

  /** Four weeks: enough to tell a trend from a bad week. */
  private static final int TREND_DAYS = 28;

  private static final String UNFINISHED = ".new";

  private final Path directory;

  DailyReview(Path chain) {
    directory = chain.resolve("reports");
  }

  /**
   * Does it.
   *
   * @param today the day that begins, by a trusted clock
   * @param monoNanos the present, on the ruler
   * @return what somebody should know
   * @throws IOException if something cannot be read or written; it is tried again with the next day
   */
  Optional<HistoryEvent> look(LocalDate today, long monoNanos) throws IOException {
    Files.createDirectories(directory);
    writeWeek(today);
    return trend(today, monoNanos);
  }

  private void writeWeek(LocalDate today) throws IOException {
    LocalDate monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).minusWeeks(1);
    String name =
        String.format(
            Locale.ROOT,
            "week-%04d-W%02d",
            monday.get(IsoFields.WEEK_BASED_YEAR),
            monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    Path text = directory.resolve(name + ".md");
    Path json = directory.resolve(name + ".json");
    if (Files.exists(text) && Files.exists(json)) {
      return;
    }
    ClockReport report =
        report(monday, today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
    if (report.figures().recordCount() > 0) {
      report = report.proved(ChainCheck.of(directory.getParent()));
      write(json, ReportJson.of(report) + "\n");
      write(directory.resolve(name + ".html"), ReportHtml.of(report));
      write(text, ReportMarkdown.of(report));
    }
  }

  private Optional<HistoryEvent> trend(LocalDate today, long monoNanos) throws IOException {
    Path told = directory.resolve("growing-drift");
    Optional<DriftTrend> growing =
        report(today.minusDays(TREND_DAYS), today).trend().filter(DriftTrend::isGrowing);
    if (growing.isEmpty()) {
      Files.deleteIfExists(told);
      return Optional.empty();
    }
    if (Files.exists(told)) {
      return Optional.empty();
    }
    write(told, "told on " + today + "\n");
    return growing.map(
        trend ->
            new HistoryEvent.DriftGrows(
                monoNanos,
                trend.dayCount(),
                trend.nanosPerDay(),
                trend.leastNanosPerDay(),
                trend.mostNanosPerDay(),
                trend.reached()));
  }

  private ClockReport report(LocalDate first, LocalDate behindLast) throws IOException {
    Instant end = behindLast.atStartOfDay().toInstant(ZoneOffset.UTC);
    return new ReportBuilder(first, behindLast.minusDays(1), end)
        .read(directory.getParent(), percent -> {});
  }

  private static void write(Path file, String text) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    Files.writeString(unfinished, text);
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
