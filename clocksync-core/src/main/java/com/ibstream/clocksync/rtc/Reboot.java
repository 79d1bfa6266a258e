package com.ibstream.clocksync.rtc;

import com.ibstream.clocksync.facts.RtcFacts.Comparison;
import com.ibstream.clocksync.facts.RtcFacts.Difference;
import com.ibstream.clocksync.facts.RtcFacts.Keeping;
import com.ibstream.clocksync.facts.RtcFacts.RebootRisk;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the system clock would be after a reboot. The kernel sets it from the whole seconds of the
 * hardware clock and adds half of one; systemd then takes the zone's offset away where the clock is
 * kept in local time.
 */
final class Reboot {

  private static final long HALF_SECOND_NANOS = 500_000_000L;

  private Reboot() {}

  /**
   * The risk.
   *
   * @param keeping in UTC or in local time
   * @param zone of the host
   * @param powerOffNanos how wrong the clock may become while power is off; empty if nobody knows
   * @return empty where nothing can be said
   */
  static Optional<RebootRisk> risk(
      Comparison comparison, Keeping keeping, ZoneId zone, OptionalLong powerOffNanos) {
    if (comparison.offset().isEmpty() || keeping == Keeping.UNKNOWN) {
      return Optional.empty();
    }
    Difference offset = comparison.offset().get();
    long zoneNanos = keeping == Keeping.LOCAL ? zoneNanos(comparison, zone) : 0;
    long offsetNanos = offset.nanos() + zoneNanos;
    long boundNanos = offset.boundNanos() + HALF_SECOND_NANOS + powerOffNanos.orElse(0);
    String text =
        String.format(
            Locale.ROOT,
            "if this host reboots now it comes up %.1f s ± %.1f s %s%s",
            Math.abs(offsetNanos) / 1e9,
            boundNanos / 1e9,
            offsetNanos < 0 ? "ahead" : "behind",
            powerOffNanos.isPresent()
                ? ""
                : "; without power for a while it may be worse, nobody has seen that yet");
    return Optional.of(new RebootRisk(offsetNanos, boundNanos, text));
  }

  private static long zoneNanos(Comparison comparison, ZoneId zone) {
    Instant utc =
        RtcJudge.instant(comparison.rtcEpochNanos() + comparison.offset().orElseThrow().nanos());
    return zone.getRules().getOffset(utc).getTotalSeconds() * 1_000_000_000L;
  }
}
