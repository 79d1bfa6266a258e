package com.ibstream.clocksync;

import com.ibstream.clocksync.ntp.NtpSample;
import com.ibstream.clocksync.ntp.NtpSource;
import com.ibstream.clocksync.service.config.SmearedServers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * Keeps servers that smear leap seconds out of the vote while a leap second is near: their time is
 * not UTC then, by up to a second, and many of them agree on it. Monitor thread only.
 *
 * <p>A leap second is near from the moment a majority of the other servers that could speak
 * announces it, until a day after they ceased to: that is after the longest smear in use, noon to
 * noon. They count in the electorate meanwhile, as silent: nobody wins a vote by announcing one. If
 * every server smears there is nobody who could announce it, and they vote.
 */
final class LeapSmearing {

  /** How long smearing servers stay out after the last announcement. */
  static final long AFTERMATH_NANOS = 86_400_000_000_000L;

  /** ntpd's smearing servers put their smear into the reference ID, behind this reserved byte. */
  private static final int SMEAR_REFERENCE = 254;

  private static final int REFERENCE_SHIFT = 24;

  /** By source, which has no other equality than its own; those that are gone are forgotten. */
  private final Map<NtpSource, Boolean> isKnown = new WeakHashMap<>();

  private Optional<Long> untilMonoNanos = Optional.empty();

  LeapSmearing() {}

  /** Whether the server is known to smear leap seconds: by name, by address, or as it says. */
  boolean isSmearing(NtpSource source) {
    return isKnown.computeIfAbsent(source, LeapSmearing::isKnownToSmear)
        || source.latestSample().filter(LeapSmearing::saysSo).isPresent();
  }

  private static boolean isKnownToSmear(NtpSource source) {
    String host = ServerNames.withoutRoot(ServerAddress.parse(source.server()).host());
    return SmearedServers.style(host) != SmearedServers.Style.UNSMEARED
        || SmearedServers.style(source.address().getAddress()) != SmearedServers.Style.UNSMEARED;
  }

  private static boolean saysSo(NtpSample sample) {
    return sample.stratum() > 1 && sample.referenceId() >>> REFERENCE_SHIFT == SMEAR_REFERENCE;
  }

  /**
   * Looks at what the servers announce now.
   *
   * @param awaitedCount how many more sources may come of names never found
   */
  void observe(List<NtpSource> sources, int awaitedCount, long nowMonoNanos) {
    int others = 0;
    int announcing = 0;
    for (NtpSource source : sources) {
      if (!source.isEnded()
          && (source.isReachable() || source.isUndecided())
          && !isSmearing(source)) {
        others++;
        if (source.isReachable()
            && source.latestSample().filter(LeapSmearing::announcesLeap).isPresent()) {
          announcing++;
        }
      }
    }
    if (2 * announcing > others + awaitedCount) {
      untilMonoNanos = Optional.of(nowMonoNanos + AFTERMATH_NANOS);
    } else {
      untilMonoNanos = untilMonoNanos.filter(until -> until - nowMonoNanos > 0);
    }
  }

  private static boolean announcesLeap(NtpSample sample) {
    return sample.leapIndicator() == 1 || sample.leapIndicator() == 2;
  }

  /** Whether this source has no vote at present because it smears and a leap second is near. */
  boolean isSetAside(NtpSource source) {
    return untilMonoNanos.isPresent() && isSmearing(source);
  }
}
