package com.ibstream.clocksync.verdict;

import com.ibstream.clocksync.verdict.Candidate.Sense;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The sizes that do not depend on the offset. All are worked out as offsets and turned round for
 * jumps.
 */
final class Candidates {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long HOUR_SECONDS = 3_600;
  private static final long TWELVE_HOURS_SECONDS = 12 * HOUR_SECONDS;
  private static final int ROLLOVER_WEEKS = 1024;
  private static final long WEEK_SECONDS = 7 * 24 * HOUR_SECONDS;
  private static final int MOST_WEEKS = 3 * ROLLOVER_WEEKS;
  private static final long ERA_SECONDS = 1L << 32;

  /** Zones of our days are whole quarters; less is a town's own mean time of long ago. */
  private static final long LEAST_ZONE_SECONDS = HOUR_SECONDS / 4;

  /** 19 s for good: what TAI was ahead of UTC in 1980, when GPS time began without leap seconds. */
  private static final int TAI_MINUS_GPS_SECONDS =
      OffsetExplainer.TAI_MINUS_UTC_SECONDS - OffsetExplainer.GPS_MINUS_UTC_SECONDS;

  /** A kernel that was not told says 0; and no table of our days is so far from ours. */
  private static final int MOST_LEAP_SECONDS_AWAY = 5;

  private final List<Candidate> found = new ArrayList<>();
  private final Sense sense;

  private Candidates(Sense sense) {
    this.sense = sense;
  }

  static List<Candidate> of(Sense sense, HostZone zone, LeapNear leap, OptionalInt kernelTai) {
    Candidates candidates = new Candidates(sense);
    candidates.addZone(zone);
    candidates.addBoth(
        OffsetCause.TWELVE_HOURS, TWELVE_HOURS_SECONDS, "an AM/PM slip", "an AM/PM slip");
    candidates.addTimescales(kernelTai);
    if (leap != LeapNear.NO) {
      candidates.addLeap(leap == LeapNear.ANNOUNCED ? "" : " (none is announced)");
    }
    for (int weeks = ROLLOVER_WEEKS; weeks <= MOST_WEEKS; weeks += ROLLOVER_WEEKS) {
      String what = "the GPS week number rolling over (" + weeks + " weeks)";
      candidates.addBoth(OffsetCause.GPS_WEEK_ROLLOVER, weeks * WEEK_SECONDS, what, what);
    }
    String era = "an era of NTP (2^32 s)";
    candidates.addBoth(OffsetCause.NTP_ERA, ERA_SECONDS, era, era);
    return List.copyOf(candidates.found);
  }

  private void addZone(HostZone zone) {
    List<ZoneOffset> offsets = zone.offsets();
    for (ZoneOffset offset : offsets) {
      String local = "local time (" + name(offset) + ")";
      // Local time as UTC: the clock shows UTC + zone offset. UTC as local time: UTC - zone offset.
      long zoneSeconds = offset.getTotalSeconds();
      String localAsUtc = says(local + " taken for UTC", "a change from UTC to " + local);
      String utcAsLocal = says("UTC taken for " + local, "a change from " + local + " to UTC");
      addZoneOffset(-zoneSeconds, localAsUtc);
      addZoneOffset(zoneSeconds, utcAsLocal);
    }
    for (int i = 0; i < offsets.size(); i++) {
      for (int k = i + 1; k < offsets.size(); k++) {
        int seconds = offsets.get(i).getTotalSeconds() - offsets.get(k).getTotalSeconds();
        String change = "a change between " + name(offsets.get(i)) + " and " + name(offsets.get(k));
        String what = says(change + " missed or made twice", change);
        if (Math.abs(seconds) >= LEAST_ZONE_SECONDS) {
          addBoth(OffsetCause.DAYLIGHT_SHIFT, Math.abs(seconds), what, what);
        }
      }
    }
  }

  private void addZoneOffset(long offsetSeconds, String what) {
    if (Math.abs(offsetSeconds) < LEAST_ZONE_SECONDS) {
      return;
    }
    add(OffsetCause.ZONE_OFFSET, offsetSeconds, what);
    if (offsetSeconds % TWELVE_HOURS_SECONDS != 0) {
      // Else the two would make up a day, or nothing.
      String both = what + " and an AM/PM slip (12 h)";
      add(OffsetCause.ZONE_AND_TWELVE_HOURS, offsetSeconds + TWELVE_HOURS_SECONDS, both);
      add(OffsetCause.ZONE_AND_TWELVE_HOURS, offsetSeconds - TWELVE_HOURS_SECONDS, both);
    }
  }

  private void addTimescales(OptionalInt kernelTai) {
    int ours = OffsetExplainer.TAI_MINUS_UTC_SECONDS;
    // A table of leap seconds that is newer or older than ours makes its own size.
    int[] known =
        IntStream.concat(kernelTai.stream().filter(Candidates::isOfOurDays), IntStream.of(ours))
            .distinct()
            .toArray();
    for (int tai : known) {
      addTimescale(OffsetCause.TAI_MINUS_UTC, "TAI-UTC", tai);
      addTimescale(OffsetCause.GPS_MINUS_UTC, "GPS-UTC", tai - TAI_MINUS_GPS_SECONDS);
    }
  }

  private static boolean isOfOurDays(int tai) {
    return tai >= OffsetExplainer.TAI_MINUS_UTC_SECONDS - MOST_LEAP_SECONDS_AWAY
        && tai <= OffsetExplainer.TAI_MINUS_UTC_SECONDS + MOST_LEAP_SECONDS_AWAY;
  }

  private void addTimescale(OffsetCause cause, String name, int seconds) {
    String difference = name + " (" + seconds + " s), ";
    addBoth(
        cause,
        seconds,
        difference + says("taken away once too often", "taken away"),
        difference + says("not taken away", "added"));
  }

  private void addLeap(String announced) {
    addBoth(
        OffsetCause.LEAP_SECOND,
        1,
        says("a leap second made too early or without cause", "a leap second inserted") + announced,
        says("a leap second not made", "a leap second deleted or taken back") + announced);
  }

  /** Adds a size to both sides: for a clock that is behind, and for one that is ahead. */
  private void addBoth(OffsetCause cause, long seconds, String behind, String ahead) {
    add(cause, seconds, behind);
    add(cause, -seconds, ahead);
  }

  private void add(OffsetCause cause, long offsetSeconds, String what) {
    long nanos = sense.ofOffsetNanos(offsetSeconds * NANOS_PER_SECOND);
    boolean isNew =
        found.stream().noneMatch(c -> c.cause() == cause && c.predictedNanos() == nanos);
    if (isNew) {
      found.add(new Candidate(cause, nanos, sense, what));
    }
  }

  private String says(String ofOffset, String ofJump) {
    return sense == Sense.OFFSET ? ofOffset : ofJump;
  }

  private static String name(ZoneOffset offset) {
    return offset.equals(ZoneOffset.UTC) ? "UTC" : "UTC" + offset.getId();
  }
}
