package com.ibstream.clocksync.health;

import com.ibstream.clocksync.facts.BatteryFacts;
import com.ibstream.clocksync.facts.DriftClass;
import com.ibstream.clocksync.facts.RepairFacts;
import com.ibstream.clocksync.facts.RtcFacts;
import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.facts.SynchronisationClaim;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The one table that turns a status into a health answer. Stateless. */
public final class HealthMapping {

  /**
   * The size of drift from which on the system clock is wrong: 50 ms, as in the existing service.
   */
  public static final long CRITICAL_DRIFT_NANOS = 50_000_000L;

  /**
   * The greatest age at which a comparison with the system clock says something of the present: 10
   * s. The monitor compares several times a second; when it has missed so many, a step may have
   * gone unseen.
   */
  public static final long MAX_COMPARISON_AGE_NANOS = 10_000_000_000L;

  /**
   * Rows in which no measurement can be trusted. They ask nothing of the system clock that might be
   * missing.
   */
  private static final List<Row> ERRORS =
      List.of(
          new Row(HealthStatus.ERROR, ClockStatus::isClosed, status -> "the monitor is closed"),
          new Row(
              HealthStatus.ERROR,
              ClockStatus::isStalled,
              status -> "the monitor has not looked for " + seconds(status.observationAgeNanos())),
          new Row(
              HealthStatus.ERROR,
              status -> !status.trust().isTrusted(),
              status -> "no trustworthy time: " + status.reason().text()),
          new Row(
              HealthStatus.ERROR,
              status -> status.trust().isTrusted() && status.utc().isEmpty(),
              status -> "the status holds no time although it says " + status.trust()),
          new Row(
              HealthStatus.ERROR,
              status -> status.systemClock().isEmpty(),
              status -> "the system clock has not been compared with trusted time"),
          new Row(
              HealthStatus.ERROR,
              status -> status.systemClock().isPresent() && isStale(status),
              status ->
                  "the last comparison with the system clock is "
                      + seconds(comparisonAgeNanos(status))
                      + " old"),
          new Row(
              HealthStatus.ERROR,
              status -> status.systemClock().map(HealthMapping::isContradictory).orElse(false),
              status ->
                  "the system clock's offset lies outside its own bounds: "
                      + status.systemClock().orElseThrow()));

  /** Rows for a system clock that was compared with trusted time just now, most severe first. */
  private static final List<Row> DRIFTS =
      List.of(
          new Row(HealthStatus.CRITICAL, HealthMapping::isCritical, HealthMapping::driftText),
          new Row(HealthStatus.WARNING, HealthMapping::isAcceptable, HealthMapping::driftText),
          new Row(
              HealthStatus.WARNING,
              status -> !isCritical(status) && mayBeCritical(status),
              status ->
                  driftText(status)
                      + ", known to "
                      + millis(clock(status).errorBoundNanos())
                      + " only"),
          new Row(
              HealthStatus.WARNING,
              status -> clock(status).claim() == SynchronisationClaim.DISPUTED,
              status -> "the operating system says that its clock is synchronised; it is not"),
          new Row(
              HealthStatus.WARNING,
              status -> status.trust() == TrustLevel.HOLDOVER,
              status -> "holdover: " + status.reason().text()),
          new Row(
              HealthStatus.WARNING,
              status -> contradictions(status).findAny().isPresent(),
              status -> contradictions(status).collect(Collectors.joining("; "))),
          new Row(
              HealthStatus.WARNING,
              status -> status.host().service().filter(HealthMapping::isBad).isPresent(),
              status ->
                  "the time service is "
                      + status.host().service().map(HealthMapping::serviceText).orElseThrow()),
          new Row(
              HealthStatus.WARNING,
              status -> rtc(status, facts -> facts.state().isBad()).isPresent(),
              status -> "the hardware clock is wrong: " + rtc(status).reason()),
          new Row(
              HealthStatus.WARNING,
              status -> rtc(status, HealthMapping::isUntold).isPresent(),
              status -> "the hardware clock may be wrong: " + rtc(status).reason()),
          new Row(
              HealthStatus.WARNING,
              status -> rtc(status, HealthMapping::isBatteryFailing).isPresent(),
              status ->
                  "the battery of the hardware clock fails: " + rtc(status).battery().reason()),
          new Row(
              HealthStatus.WARNING,
              status -> status.host().repair().filter(HealthMapping::isUndone).isPresent(),
              status -> status.host().repair().map(RepairFacts::decision).orElseThrow()));

  private HealthMapping() {}

  /** One row: when it applies, what it makes of time, and why, for people. */
  private record Row(
      HealthStatus health, Predicate<ClockStatus> when, Function<ClockStatus, String> why) {}

  /**
   * The health that a status means: the first row that fits, with the reasons of the rows below it
   * that fit, too. Where nothing can be trusted, nothing is said of the drift.
   *
   * @param status of the clock
   * @return its health
   */
  public static ClockHealth of(ClockStatus status) {
    List<Row> errors = fitting(ERRORS, status);
    if (!errors.isEmpty()) {
      return ClockHealth.error(reasons(errors, status));
    }
    List<Row> drifts = fitting(DRIFTS, status);
    HealthStatus health = drifts.isEmpty() ? HealthStatus.HEALTHY : drifts.get(0).health();
    return new ClockHealth(
        health, OptionalLong.of(clock(status).offsetNanos()), reasons(drifts, status));
  }

  private static List<Row> fitting(List<Row> rows, ClockStatus status) {
    return rows.stream().filter(row -> row.when().test(status)).toList();
  }

  private static List<String> reasons(List<Row> rows, ClockStatus status) {
    return rows.stream().map(row -> row.why().apply(status)).toList();
  }

  /**
   * A right clock whose service is dead does not stay right: the first incident began so. Of a
   * service that does not answer nobody knows that it lives.
   */
  private static boolean isBad(ServiceFacts service) {
    return service.state().isBad() || service.state() == ServiceFacts.State.UNKNOWN;
  }

  /**
   * What the next boot goes by. Of one that cannot be read nobody knows that it is right. What was
   * read before time was trusted is held against it at the next look.
   */
  private static boolean isUntold(RtcFacts facts) {
    boolean isToBeCompared =
        facts.comparison().filter(known -> known.offset().isEmpty()).isPresent();
    return facts.state() == RtcFacts.State.UNKNOWN && !isToBeCompared;
  }

  private static Optional<RtcFacts> rtc(ClockStatus status, Predicate<RtcFacts> isSo) {
    return status.host().rtc().filter(isSo);
  }

  private static RtcFacts rtc(ClockStatus status) {
    return status.host().rtc().orElseThrow();
  }

  private static boolean isBatteryFailing(RtcFacts facts) {
    return facts.battery().verdict() == BatteryFacts.Verdict.FAILING;
  }

  private static boolean isUndone(RepairFacts repair) {
    return repair.mode() == RepairFacts.Mode.ACT
        && repair.wanted().isPresent()
        && repair.isSettled();
  }

  private static String serviceText(ServiceFacts service) {
    return service.state().name().toLowerCase(Locale.ROOT) + ": " + service.reason();
  }

  private static boolean isStale(ClockStatus status) {
    long ageNanos = comparisonAgeNanos(status);
    return ageNanos > MAX_COMPARISON_AGE_NANOS || ageNanos < -MAX_COMPARISON_AGE_NANOS;
  }

  private static long comparisonAgeNanos(ClockStatus status) {
    return status.asOfMonoNanos() - clock(status).measuredMonoNanos();
  }

  private static boolean isContradictory(SystemClockFacts clock) {
    return clock.earliestOffsetNanos() > clock.offsetNanos()
        || clock.latestOffsetNanos() < clock.offsetNanos()
        || clock.errorBoundNanos() < 0;
  }

  private static boolean isCritical(ClockStatus status) {
    long offsetNanos = clock(status).offsetNanos();
    return offsetNanos >= CRITICAL_DRIFT_NANOS || offsetNanos <= -CRITICAL_DRIFT_NANOS;
  }

  private static boolean isAcceptable(ClockStatus status) {
    return clock(status).driftClass() == DriftClass.ACCEPTABLE;
  }

  private static boolean mayBeCritical(ClockStatus status) {
    return clock(status).errorBoundNanos()
        >= CRITICAL_DRIFT_NANOS - Math.abs(clock(status).offsetNanos());
  }

  /** One voice against a majority: worth a look, and no reason to distrust the majority. */
  private static Stream<String> contradictions(ClockStatus status) {
    return status.feeds().stream()
        .filter(feed -> feed.trustedClockSlowNanos().isPresent())
        .map(
            feed ->
                "feed "
                    + feed.name()
                    + " contradicts the vote: by its stamps the trusted clock is behind by at least "
                    + millis(feed.trustedClockSlowNanos().getAsLong()));
  }

  private static SystemClockFacts clock(ClockStatus status) {
    return status.systemClock().orElseThrow();
  }

  private static String driftText(ClockStatus status) {
    long offsetNanos = clock(status).offsetNanos();
    return "system clock is "
        + (offsetNanos >= 0 ? "behind by " : "ahead by ")
        + millis(offsetNanos)
        + status.causes().stream().findFirst().map(cause -> ", " + cause.text()).orElse("");
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.3f ms", Math.abs(nanos / 1e6));
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
  }
}
