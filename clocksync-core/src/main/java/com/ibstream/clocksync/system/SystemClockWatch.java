package com.ibstream.clocksync.system;

import com.ibstream.clocksync.facts.DriftStatistics;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.stats.SlidingWindow;
import com.ibstream.clocksync.time.LineProposal;

/** Follows the system clock's offset from UTC. Monitor thread only. */
public final class SystemClockWatch {

  private static final int CAPACITY = 10_000;

  /** However often is looked, the statistics take a value a second at the most. */
  private static final long VALUE_NANOS = 1_000_000_000L;

  private final SlidingWindow offsets;
  private DriftStatistics statistics = DriftStatistics.EMPTY;

  /**
   * A watch that has seen nothing.
   *
   * @param windowNanos the span of the statistics, on the ruler
   */
  public SystemClockWatch(long windowNanos) {
    this.offsets = new SlidingWindow(windowNanos, CAPACITY);
  }

  /**
   * Compares a bracket with the estimate of UTC.
   *
   * @param bracket a fresh look at the system clock
   * @param estimate the latest estimate
   * @param isTrusted whether the estimate is to be believed, so that the offset may enter the
   *     statistics
   * @return the system clock as it stands
   */
  public SystemClockFacts observe(Bracket bracket, LineProposal estimate, boolean isTrusted) {
    long atMonoNanos = bracket.monoNanos();
    long offsetNanos = estimate.pointAt(atMonoNanos) - bracket.epochNanos();
    long halfWidthNanos = bracket.halfWidthNanos();
    if (isTrusted && offsets.isOlder(atMonoNanos, VALUE_NANOS)) {
      offsets.add(atMonoNanos, (double) offsetNanos);
      statistics = DriftStatistics.of(offsets.values());
    }
    return new SystemClockFacts(
        atMonoNanos,
        bracket.epochNanos(),
        offsetNanos,
        estimate.earliestAt(atMonoNanos) - bracket.epochNanos() - halfWidthNanos,
        estimate.latestAt(atMonoNanos) - bracket.epochNanos() + halfWidthNanos,
        statistics);
  }
}
