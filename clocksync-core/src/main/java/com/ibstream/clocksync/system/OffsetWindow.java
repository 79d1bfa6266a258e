package com.ibstream.clocksync.system;

import com.ibstream.clocksync.facts.DriftStatistics;
import com.ibstream.clocksync.stats.SlidingWindow;
import java.util.OptionalLong;

/** Offsets over a span of the ruler, with their statistics. NOT safe for threads. */
final class OffsetWindow {

  private static final int CAPACITY = 8_640;

  /** However often is looked, the statistics take a value a second at the most. */
  private static final long LEAST_SPACING_NANOS = 1_000_000_000L;

  /** How often in a span the statistics are brought up to date: a day's, every five minutes. */
  private static final int REFRESHES = 300;

  /** As long as there are few values, each of them counts. */
  private static final int FEW = 64;

  private final SlidingWindow offsets;
  private final long spacingNanos;
  private final long refreshNanos;
  private OptionalLong refreshedMonoNanos = OptionalLong.empty();
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
    this.refreshNanos = spanNanos / REFRESHES;
  }

  /** Takes an offset, unless it comes too soon after the last. */
  void add(long monoNanos, long offsetNanos) {
    if (offsets.isOlder(monoNanos, spacingNanos)) {
      offsets.add(monoNanos, (double) offsetNanos);
      if (offsets.size() <= FEW
          || refreshedMonoNanos.isEmpty()
          || monoNanos - refreshedMonoNanos.getAsLong() >= refreshNanos) {
        refreshedMonoNanos = OptionalLong.of(monoNanos);
        statistics = DriftStatistics.ofAscending(offsets.ascending());
      }
    }
  }

  /** Over the window as it was at the latest refresh, a three hundredth of its span ago. */
  DriftStatistics statistics() {
    return statistics;
  }
}
