package com.ibstream.clocksync.system;

import com.ibstream.clocksync.facts.DriftStatistics;
import com.ibstream.clocksync.stats.SlidingWindow;

/** Offsets over a span of the ruler, with their statistics. NOT safe for threads. */
final class OffsetWindow {

  private static final int CAPACITY = 8_640;

  /** However often is looked, the statistics take a value a second at the most. */
  private static final long LEAST_SPACING_NANOS = 1_000_000_000L;

  private final SlidingWindow offsets;
  private final long spacingNanos;
  private DriftStatistics statistics = DriftStatistics.EMPTY;

  /**
   * An empty window.
   *
   * @param spanNanos how long an offset counts; where that is more than {@value #CAPACITY} values a
   *     second apart, they are taken more seldom
   */
  OffsetWindow(long spanNanos) {
    this.offsets = new SlidingWindow(spanNanos, CAPACITY);
    this.spacingNanos = Math.max(LEAST_SPACING_NANOS, spanNanos / CAPACITY);
  }

  /** Takes an offset, unless it comes too soon after the last. */
  void add(long monoNanos, long offsetNanos) {
    if (offsets.isOlder(monoNanos, spacingNanos)) {
      offsets.add(monoNanos, (double) offsetNanos);
      statistics = DriftStatistics.of(offsets.values());
    }
  }

  DriftStatistics statistics() {
    return statistics;
  }
}
