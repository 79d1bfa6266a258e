package com.ibstream.clocksync;

import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.RtcFacts;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.util.Optional;
import java.util.Set;

/** Says which repair a hardware clock calls for. Whether it is allowed is decided elsewhere. */
final class RtcRepairs {

  /** What hwclock writes without being told. */
  private static final String FIRST = "rtc0";

  /** Some looks; what is older calls for nothing. */
  private static final long FRESH_NANOS = 60_000_000_000L;

  private RtcRepairs() {}

  /**
   * The actions.
   *
   * @param status what is known, the host included
   * @return at most one; none for a clock that does not run, which writing does not mend
   */
  static Set<RepairAction> wanted(ClockStatus status) {
    Optional<RtcFacts> rtc =
        status
            .host()
            .rtc()
            .filter(facts -> status.asOfMonoNanos() - facts.measuredMonoNanos() <= FRESH_NANOS)
            .filter(
                facts -> facts.device().filter(device -> device.name().equals(FIRST)).isPresent());
    if (rtc.isEmpty()) {
      return Set.of();
    }
    return switch (rtc.get().state()) {
      case LOCAL_TIME -> Set.of(RepairAction.SET_RTC_UTC);
      case WRONG, IMPOSSIBLE_DATE -> Set.of(RepairAction.WRITE_RTC);
      case NOT_APPLICABLE, UNKNOWN, GOOD, STUCK, BACKWARDS -> Set.of();
    };
  }
}
