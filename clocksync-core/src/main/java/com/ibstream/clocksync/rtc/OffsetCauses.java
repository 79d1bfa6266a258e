package com.ibstream.clocksync.rtc;

import com.ibstream.clocksync.facts.RtcFacts.Difference;
import java.time.ZoneId;
import java.util.List;

/** Names what the size of a hardware clock's error is consistent with. */
@FunctionalInterface
public interface OffsetCauses {

  /**
   * The causes.
   *
   * @param offset UTC minus RTC; positive = the RTC is behind
   * @param utcEpochNanos when, nanoseconds since 1970
   * @param zone the zone of the host
   * @return the likeliest first; empty if the size says nothing
   */
  List<Cause> of(Difference offset, long utcEpochNanos, ZoneId zone);

  /**
   * One cause.
   *
   * @param isLocalTime whether it is that the clock shows the host's local time
   * @param text for people: part of a sentence
   */
  record Cause(boolean isLocalTime, String text) {}
}
