package com.ibstream.clocksync.rtc;

import com.ibstream.clocksync.facts.RtcFacts.Comparison;
import com.ibstream.clocksync.facts.RtcFacts.Difference;
import com.ibstream.clocksync.facts.RtcFacts.Keeping;
import com.ibstream.clocksync.facts.RtcFacts.State;
import com.ibstream.clocksync.rtc.OffsetCauses.Cause;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says what a hardware clock is like; arithmetic only. Without data nothing is good. */
final class RtcJudge {

  /** This was written later than that. */
  private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");

  /** Chips and firmware begin anew at the start of some year; a host is up for so long since. */
  private static final Duration SINCE_NEW_YEAR = Duration.ofDays(30);

  /** So far behind no battery makes a clock that goes on. */
  private static final Duration FAR = Duration.ofDays(90);

  /** The kernel's own copy goes by how it began, whatever the file says by now. */
  private static final String UNTIL_BOOT =
      "If this boot began so, the kernel may set it to local time again until the next one";

  private static final double LONG_SECONDS = 600;
  private static final double HOUR_SECONDS = 3_600;
  private static final double DAY_SECONDS = 24 * HOUR_SECONDS;

  private final long thresholdNanos;

  /**
   * A judge.
   *
   * @param thresholdNanos the error from which on the clock is wrong
   */
  RtcJudge(long thresholdNanos) {
    this.thresholdNanos = thresholdNanos;
  }

  /** What was found, and why, for people. */
  record Verdict(State state, String reason) {}

  /** A clock that tells no time. */
  static Verdict unreadable(RtcFiles.Reading reading) {
    return reading.isInvalid()
        ? new Verdict(
            State.IMPOSSIBLE_DATE,
            "the chip says that its time is worthless, as after a loss of power: "
                + reading.trouble())
        : new Verdict(State.UNKNOWN, reading.trouble());
  }

  /**
   * A clock that tells a time.
   *
   * @param comparison how it differs from the others
   * @param causes what its offset from UTC is consistent with
   */
  Verdict judge(
      Comparison comparison,
      Behaviour behaviour,
      RtcFiles.KeepingText keeping,
      List<Cause> causes) {
    if (behaviour.isStuck()) {
      return new Verdict(State.STUCK, "it stands still at " + date(comparison));
    }
    if (behaviour.isBackwards()) {
      return new Verdict(State.BACKWARDS, "it runs backwards");
    }
    Optional<String> impossible = impossible(comparison);
    if (impossible.isPresent()) {
      return new Verdict(State.IMPOSSIBLE_DATE, impossible.get());
    }
    return comparison
        .offset()
        .map(offset -> known(offset, keeping, causes))
        .orElseGet(() -> untold(comparison, keeping));
  }

  private Verdict known(Difference offset, RtcFiles.KeepingText keeping, List<Cause> causes) {
    if (offset.leastNanos() > thresholdNanos) {
      Optional<Cause> local = causes.stream().filter(Cause::isLocalTime).findFirst();
      return new Verdict(
          local.isPresent() ? State.LOCAL_TIME : State.WRONG,
          text(offset)
              + local
                  .or(() -> causes.stream().findFirst())
                  .map(cause -> ", " + cause.text())
                  .orElse("")
              + (keeping.keeping() == Keeping.LOCAL
                  ? "; " + keeping.text() + ". " + UNTIL_BOOT
                  : ""));
    }
    if (keeping.keeping() == Keeping.LOCAL) {
      return new Verdict(
          State.LOCAL_TIME,
          "it shows UTC, but "
              + keeping.text()
              + ": the next boot takes it for local time. "
              + UNTIL_BOOT);
    }
    if (Math.abs(offset.nanos()) + offset.boundNanos() > thresholdNanos) {
      return new Verdict(State.UNKNOWN, text(offset) + ", which does not tell right from wrong");
    }
    return keeping.keeping() == Keeping.UNKNOWN
        ? new Verdict(
            State.UNKNOWN, "it shows UTC, but whether it is kept so is unknown: " + keeping.text())
        : new Verdict(State.GOOD, text(offset));
  }

  /** Without trusted time. */
  private Verdict untold(Comparison comparison, RtcFiles.KeepingText keeping) {
    if (keeping.keeping() == Keeping.LOCAL) {
      return new Verdict(State.LOCAL_TIME, keeping.text());
    }
    Difference system = comparison.systemMinusRtc();
    String against =
        system.leastNanos() > thresholdNanos
            ? "; it and the system clock are " + seconds(system.nanos()) + " apart, one is wrong"
            : "; it agrees with the system clock";
    return new Verdict(State.UNKNOWN, "no trusted time to hold it against" + against);
  }

  private static Optional<String> impossible(Comparison comparison) {
    Instant shown = instant(comparison.rtcEpochNanos());
    if (shown.isBefore(BUILT)) {
      return Optional.of(
          "it shows " + date(comparison) + ", which is past: as a clock that lost its power");
    }
    Instant newYear =
        shown
            .atZone(ZoneOffset.UTC)
            .withDayOfYear(1)
            .toLocalDate()
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant();
    boolean isJustAfter = Duration.between(newYear, shown).compareTo(SINCE_NEW_YEAR) < 0;
    boolean isFar =
        comparison.offset().filter(offset -> offset.leastNanos() > FAR.toNanos()).isPresent();
    return isFar && isJustAfter
        ? Optional.of(
            "it shows " + date(comparison) + ", soon after a date at which clocks begin anew")
        : Optional.empty();
  }

  static Instant instant(long epochNanos) {
    return Instant.EPOCH.plusNanos(epochNanos);
  }

  private static String date(Comparison comparison) {
    return Instant.ofEpochSecond(instant(comparison.rtcEpochNanos()).getEpochSecond()).toString();
  }

  /** A difference from UTC, for people. */
  static String text(Difference offset) {
    return (offset.nanos() < 0 ? "ahead of UTC by " : "behind UTC by ")
        + seconds(offset.nanos())
        + ", known to "
        + seconds(offset.boundNanos());
  }

  /** Without its sign; large ones also in hours or days. */
  static String seconds(long nanos) {
    double seconds = Math.abs(nanos) / 1e9;
    String text = String.format(Locale.ROOT, "%.3f s", seconds);
    if (seconds < LONG_SECONDS) {
      return text;
    }
    return seconds < 2 * DAY_SECONDS
        ? String.format(Locale.ROOT, "%s (%.2f h)", text, seconds / HOUR_SECONDS)
        : String.format(Locale.ROOT, "%s (%.1f days)", text, seconds / DAY_SECONDS);
  }
}
