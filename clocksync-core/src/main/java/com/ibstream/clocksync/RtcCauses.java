package com.ibstream.clocksync;

import com.ibstream.clocksync.facts.RtcFacts.Difference;
import com.ibstream.clocksync.rtc.OffsetCauses;
import com.ibstream.clocksync.verdict.Explanation;
import com.ibstream.clocksync.verdict.HostZone;
import com.ibstream.clocksync.verdict.OffsetCause;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Names what a hardware clock's error is consistent with. Stateless. */
final class RtcCauses implements OffsetCauses {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long HALF_A_DAY_NANOS = 12 * 3_600 * NANOS_PER_SECOND;

  @Override
  public List<Cause> of(Difference offset, long utcEpochNanos, ZoneId zone) {
    HostZone offsets = HostZone.of(zone, Instant.EPOCH.plusNanos(utcEpochNanos));
    List<Cause> causes = new ArrayList<>();
    for (Explanation explanation :
        new CauseFinder(zone)
            .ofOffset(offset.nanos(), offset.boundNanos(), utcEpochNanos, Optional.empty())) {
      causes.add(new Cause(isLocalTime(explanation, offsets), explanation.text()));
    }
    return causes;
  }

  /** The clock shows UTC plus the zone's offset, or that with a slip of twelve hours. */
  private static boolean isLocalTime(Explanation explanation, HostZone zone) {
    if (explanation.cause() != OffsetCause.ZONE_OFFSET
        && explanation.cause() != OffsetCause.ZONE_AND_TWELVE_HOURS) {
      return false;
    }
    return zone.offsets().stream()
        .mapToLong(ZoneOffset::getTotalSeconds)
        .map(seconds -> explanation.predictedNanos() + seconds * NANOS_PER_SECOND)
        .anyMatch(rest -> rest == 0 || Math.abs(rest) == HALF_A_DAY_NANOS);
  }
}
