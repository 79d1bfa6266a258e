package com.ibstream.clocksync.estimate;

import com.ibstream.clocksync.ntp.NtpSample;
import com.ibstream.clocksync.time.RateBounds;

/**
 * How samples are brought up to another instant: by what was measured of UTC's rate while they are
 * young, by what any clock of this kind may do when they are old. Immutable.
 *
 * @param near between which rates UTC ran against our clock during the last {@link #NEAR_NANOS},
 *     and will during the next {@link #AHEAD_NANOS}
 * @param far between which rates it runs in any case
 */
public record Ageing(RateBounds near, RateBounds far) {

  /** How far back the near rates reach: eight polls at the longest interval. */
  public static final long NEAR_NANOS = 2_400_000_000_000L;

  /** How far ahead they reach: two polls at the longest interval. */
  public static final long AHEAD_NANOS = 600_000_000_000L;

  /**
   * Nothing was measured.
   *
   * @param far between which rates UTC runs in any case
   * @return an ageing that knows no better
   */
  static Ageing unmeasured(RateBounds far) {
    return new Ageing(far, far);
  }

  /**
   * The earliest UTC that a sample allows at an instant.
   *
   * @param sample any
   * @param atRawNanos nanoseconds of the steady clock
   * @return nanoseconds since 1970
   */
  public long earliestAt(NtpSample sample, long atRawNanos) {
    return sample.earliestAt(atRawNanos, rates(sample, atRawNanos));
  }

  /**
   * The latest UTC that a sample allows at an instant.
   *
   * @param sample any
   * @param atRawNanos nanoseconds of the steady clock
   * @return nanoseconds since 1970
   */
  public long latestAt(NtpSample sample, long atRawNanos) {
    return sample.latestAt(atRawNanos, rates(sample, atRawNanos));
  }

  /** As above, for a sample of that instant whose interval began so early. */
  long earliestAt(long rawNanos, long earliestEpochNanos, long atRawNanos) {
    return earliestEpochNanos + rates(rawNanos, atRawNanos).leastNanos(atRawNanos - rawNanos);
  }

  /** As above, for a sample of that instant whose interval ended so late. */
  long latestAt(long rawNanos, long latestEpochNanos, long atRawNanos) {
    return latestEpochNanos + rates(rawNanos, atRawNanos).mostNanos(atRawNanos - rawNanos);
  }

  private RateBounds rates(NtpSample sample, long atRawNanos) {
    return rates(sample.rawNanos(), atRawNanos);
  }

  private RateBounds rates(long rawNanos, long atRawNanos) {
    return atRawNanos - rawNanos <= NEAR_NANOS ? near : far;
  }
}
