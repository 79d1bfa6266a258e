package com.ibstream.clocksync.market;

import com.google.common.collect.ImmutableMap;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Finds the zone behind an exchange's zone id. Only ids that say whether summer time counts: a
 * guess would be an hour off for half the year.
 */
final class SessionZone {

  /** IB's older spellings, which the JDK does not know, or knows as something else. */
  private static final ImmutableMap<String, String> OF_IB =
      ImmutableMap.<String, String>builder()
          .put("EST", "America/New_York")
          .put("EST (Eastern Standard Time)", "America/New_York")
          .put("EDT (Eastern Daylight Time)", "America/New_York")
          .put("CST (Central Standard Time)", "America/Chicago")
          .put("CDT (Central Daylight Time)", "America/Chicago")
          .put("MST (Mountain Standard Time)", "America/Denver")
          .put("PST (Pacific Standard Time)", "America/Los_Angeles")
          .put("JST", "Asia/Tokyo")
          .put("JST (Japan Standard Time)", "Asia/Tokyo")
          .put("MET (Middle Europe Time)", "Europe/Berlin")
          .buildOrThrow();

  /** Of a market in London this would be wrong all summer. */
  private static final String AMBIGUOUS = "GMT";

  private SessionZone() {}

  static Optional<ZoneId> of(String id) {
    String bare = id.strip();
    String known = OF_IB.getOrDefault(bare, bare);
    return ZoneId.getAvailableZoneIds().contains(known) && !known.equals(AMBIGUOUS)
        ? Optional.of(ZoneId.of(known))
        : Optional.empty();
  }
}
