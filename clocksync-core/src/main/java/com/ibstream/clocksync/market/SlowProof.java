package com.ibstream.clocksync.market;

import java.util.OptionalLong;

/**
 * Whether a clock stands proved slow. A proof that is about to fade comes and goes with every tick,
 * so it begins only when it is worth more than a margin. Monitor thread only.
 */
final class SlowProof {

  private static final long LEAST_MARGIN_NANOS = 1_000_000L;
  private static final int MARGIN_SHARE = 10;

  private final long marginNanos;
  private boolean isProved;

  SlowProof(long allowanceNanos) {
    this.marginNanos = Math.max(LEAST_MARGIN_NANOS, allowanceNanos / MARGIN_SHARE);
  }

  /**
   * Judges.
   *
   * @param slowNanos by how much the clock is slow at least; not positive if it need not be
   * @return the same if it stands proved
   */
  OptionalLong judge(OptionalLong slowNanos) {
    isProved = slowNanos.orElse(0) > (isProved ? 0 : marginNanos);
    return isProved ? slowNanos : OptionalLong.empty();
  }
}
