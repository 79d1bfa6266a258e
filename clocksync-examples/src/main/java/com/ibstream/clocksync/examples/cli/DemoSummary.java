package com.ibstream.clocksync.examples.cli;

import com.ibstream.clocksync.examples.report.DriftReport;
import com.ibstream.clocksync.examples.report.DriftText;
import com.ibstream.clocksync.examples.trading.StampSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What the demo has to show at its end. Immutable.
 *
 * @param stamps what became of the ticks
 * @param writtenCount lines in the tick file
 * @param report the last report on the clock
 * @param health address of the health endpoint
 * @param file the tick file
 */
record DemoSummary(
    StampSummary stamps, long writtenCount, DriftReport report, String health, Path file) {

  private static final double WANTED_SHARE = 0.999;
  private static final int PERCENT = 100;

  /**
   * The health of the clock; no trustworthy answer if stamps were missing, our failure if time went
   * back.
   */
  int exitStatus() {
    if (stamps.minStepNanos().orElse(0) < 0) {
      return ExitStatus.OUR_FAILURE;
    }
    return stamps.trustedShare() < WANTED_SHARE ? ExitStatus.NO_ANSWER : report.exitStatus();
  }

  List<String> lines() {
    List<String> liars = StatusLine.liars(report);
    return List.of(
        row(
            "ticks",
            "%,d arrived, %,d stamped, %,d not stamped",
            stamps.tickCount(),
            stamps.trustedCount(),
            stamps.refusedCount()),
        row(
            "trusted",
            "%.3f %% of the ticks from the first stamped one on",
            PERCENT * stamps.trustedShare()),
        row(
            "error bound",
            "%s",
            stamps.maxErrorBoundNanos().isPresent()
                ? "at most " + DriftText.size(stamps.maxErrorBoundNanos().getAsLong())
                : "none, nothing was stamped"),
        row(
            "smallest step",
            "%s",
            stamps.minStepNanos().isPresent()
                ? String.format(
                    Locale.ROOT, "%,d ns from stamp to stamp", stamps.minStepNanos().getAsLong())
                : "none, fewer than two stamps"),
        row(
            "lying server",
            "%s",
            liars.isEmpty()
                ? "none found"
                : String.join(", ", liars) + ", outvoted by " + report.usableCount()),
        row("system clock", "%s", systemClock()),
        row("health", "%s", health),
        row("tick file", "%s (%,d lines)", file.toAbsolutePath(), writtenCount));
  }

  private String systemClock() {
    return report.drift().map(drift -> DriftText.drift(drift.nanos()) + ", ").orElse("")
        + report.status()
        + (report.message().isEmpty() ? "" : ": " + report.message());
  }

  private static String row(String name, String format, Object... values) {
    return String.format(Locale.ROOT, "  %-14s", name) + String.format(Locale.ROOT, format, values);
  }
}
