package com.ibstream.clocksync;

import com.ibstream.clocksync.estimate.ClockEstimate;
import com.ibstream.clocksync.ntp.NtpSource;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/** Forgets what sources said before and do not stand by any more. Monitor thread only. */
final class Retractions {

  private final Set<NtpSource> falsetickers = Collections.newSetFromMap(new WeakHashMap<>());

  /**
   * Who contradicts what it said before has jumped, or we have.
   *
   * @return whether anybody does who was believed: the others should be asked at once
   */
  boolean forgetContradicted(ClockEstimate estimate, List<NtpSource> speakers) {
    boolean hasJumped = false;
    for (int i = 0; i < speakers.size(); i++) {
      int count = estimate.verdicts().get(i).contradictedCount();
      if (count > 0) {
        speakers.get(i).forgetOldest(count);
        hasJumped |= !falsetickers.contains(speakers.get(i));
      }
    }
    return hasJumped;
  }

  /** A falseticker that has mended its ways is heard again, but nothing that it said before. */
  void forgetOldLies(ClockEstimate estimate, List<NtpSource> speakers) {
    if (estimate.line().isEmpty()) {
      return;
    }
    for (int i = 0; i < speakers.size(); i++) {
      NtpSource source = speakers.get(i);
      if (!estimate.verdicts().get(i).isTruechimer()) {
        falsetickers.add(source);
      } else if (falsetickers.remove(source)) {
        source.keep(sample -> false);
      }
    }
  }
}
