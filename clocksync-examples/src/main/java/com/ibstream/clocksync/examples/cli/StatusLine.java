package com.ibstream.clocksync.examples.cli;

import com.ibstream.clocksync.examples.report.Drift;
import com.ibstream.clocksync.examples.report.DriftReport;
import com.ibstream.clocksync.examples.report.DriftText;
import com.ibstream.clocksync.examples.report.SourceReport;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says in one line how things stand. */
final class StatusLine {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String NO_TIME = "--:--:--.---Z";
  private static final String FALSETICKER = "falseticker";

  private StatusLine() {}

  /** Time, trust, system clock and liars, separated by semicolons. */
  static String of(ClockStatus status) {
    DriftReport report = DriftReport.of(status);
    return time(status)
        + " "
        + trust(status)
        + "; system clock "
        + report.drift().map(drift -> DriftText.drift(drift.nanos())).orElse("cannot be judged")
        + " ("
        + report.status()
        + "); "
        + report.usableCount()
        + " of "
        + status.configuredServerCount()
        + " servers agree"
        + String.join("", liars(report).stream().map(liar -> ", " + liar + " is lying").toList());
  }

  /** The trusted time of day, or dashes. */
  static String time(ClockStatus status) {
    return status.isSafeToStamp() && status.utc().isPresent()
        ? TIME.format(Instant.EPOCH.plusNanos(status.utc().get().epochNanos()))
        : NO_TIME;
  }

  /** Each outvoted server with its error and how exactly that is known, if it is. */
  static List<String> liars(DriftReport report) {
    return report.sources().stream()
        .filter(source -> source.state().equals(FALSETICKER))
        .map(source -> source.server() + error(source, report.drift()))
        .toList();
  }

  private static String error(SourceReport source, Optional<Drift> drift) {
    if (source.measured().isEmpty() || drift.isEmpty()) {
      return "";
    }
    SourceReport.Measured said = source.measured().get();
    long aheadNanos = drift.get().nanos() - said.driftNanos();
    // Both may be wrong, in opposite directions.
    long boundNanos = drift.get().errorBoundNanos() + said.errorBoundNanos();
    return " (" + DriftText.drift(aheadNanos) + " to within " + DriftText.size(boundNanos) + ")";
  }

  private static String trust(ClockStatus status) {
    String level = status.trust().name().toLowerCase(Locale.ROOT);
    return status.isSafeToStamp() && status.utc().isPresent()
        ? level + ", within " + DriftText.size(status.utc().get().errorBoundNanos())
        : level + ": " + status.reason().text();
  }
}
