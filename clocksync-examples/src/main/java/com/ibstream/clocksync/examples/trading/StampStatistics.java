package com.ibstream.clocksync.examples.trading;

import com.ibstream.clocksync.time.Reading;
import java.util.OptionalLong;

/** Counts stamps, good and bad. Safe for many threads. */
final class StampStatistics {

  private long tickCount;
  private long trustedCount;
  private long sinceFirstTrustedCount;
  private long lastEpochNanos;
  private long maxErrorBoundNanos;
  private long minStepNanos = Long.MAX_VALUE;

  /** Counts one reading that was taken to stamp a tick. */
  synchronized void count(Reading stamp) {
    tickCount++;
    if (stamp.isTrusted()) {
      if (trustedCount > 0) {
        minStepNanos = Math.min(minStepNanos, stamp.epochNanos() - lastEpochNanos);
      }
      lastEpochNanos = stamp.epochNanos();
      maxErrorBoundNanos = Math.max(maxErrorBoundNanos, stamp.errorBoundNanos());
      trustedCount++;
    }
    if (trustedCount > 0) {
      sinceFirstTrustedCount++;
    }
  }

  /** The figures so far. */
  synchronized StampSummary summary() {
    return new StampSummary(
        tickCount,
        trustedCount,
        sinceFirstTrustedCount,
        trustedCount > 0 ? OptionalLong.of(maxErrorBoundNanos) : OptionalLong.empty(),
        trustedCount > 1 ? OptionalLong.of(minStepNanos) : OptionalLong.empty());
  }
}
