package com.ibstream.clocksync.examples.report;

import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.health.ClockHealth;
import com.ibstream.clocksync.health.HealthMapping;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One measurement as the command line shows it. Immutable. Without a trustworthy answer there is no
 * drift, no statistics and no time, whatever was measured; the sources still say what they said.
 *
 * @param status {@code healthy}, {@code warning}, {@code critical} or {@code error}
 * @param exitStatus the same as an exit status, 0 to 3
 * @param classification the size of the drift in five classes; {@code unknown} without a
 *     trustworthy answer
 * @param drift of the system clock; empty without a trustworthy answer
 * @param spread of the accepted samples of the truechimers; empty if there are none, or no
 *     trustworthy answer
 * @param consensus {@code majority}, {@code single_source} or {@code none}
 * @param usableCount how many of the configured servers stand behind the answer
 * @param configuredCount how many servers are configured, as names
 * @param measuredAt when, by the reference; empty without a trustworthy answer
 * @param message why it is not healthy, in words; empty if it is
 * @param sources one per address, and one per name without an address
 */
public record DriftReport(
    String status,
    int exitStatus,
    String classification,
    Optional<Drift> drift,
    Optional<Drift.Spread> spread,
    String consensus,
    int usableCount,
    int configuredCount,
    Optional<Instant> measuredAt,
    String message,
    List<SourceReport> sources) {

  /** Copies the list. */
  public DriftReport {
    sources = List.copyOf(sources);
  }

  /**
   * Reports a status.
   *
   * @param status what is known
   * @return the same with the signs and words of the command line
   */
  public static DriftReport of(ClockStatus status) {
    ClockHealth health = HealthMapping.of(status);
    Optional<SystemClockFacts> believed =
        health.offsetNanos().isPresent() ? status.systemClock() : Optional.empty();
    return new DriftReport(
        health.status().word(),
        health.status().exitStatus(),
        health.driftClass().map(DriftReport::lowerCase).orElse("unknown"),
        believed.map(Drift::of),
        believed
            .map(facts -> status.sampleStatistics())
            .filter(all -> all.count() > 0)
            .map(Drift.Spread::of),
        lowerCase(status.consensus()),
        status.usableServerCount(),
        status.configuredServerCount(),
        believed.map(facts -> instant(facts.systemEpochNanos() + facts.offsetNanos())),
        health.message(),
        status.sources().stream().map(SourceReport::of).toList());
  }

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static Instant instant(long epochNanos) {
    return Instant.EPOCH.plusNanos(epochNanos);
  }
}
