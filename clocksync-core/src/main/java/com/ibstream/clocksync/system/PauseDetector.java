package com.ibstream.clocksync.system;

import com.ibstream.clocksync.facts.PauseFacts;
import java.util.OptionalLong;

/**
 * Notices when this thread was not run in time: a pause of the JVM, or a machine too busy to
 * schedule it. Judged on the ruler alone, so a clock that jumps or is slewed is never taken for a
 * pause, nor a pause for a clock. Monitor thread only.
 */
public final class PauseDetector {

  /** Half of the usual time between two looks: a shorter delay hides nothing. */
  public static final long LEAST_PAUSE_NANOS = 100_000_000L;

  private PauseFacts facts = PauseFacts.NONE;

  /** A detector that has seen no pause. */
  public PauseDetector() {}

  /**
   * A turn begins.
   *
   * @param plannedMonoNanos when it should have
   * @param nowMonoNanos when it did
   * @return how late that is, if it is a pause
   */
  public OptionalLong turn(long plannedMonoNanos, long nowMonoNanos) {
    long lateNanos = nowMonoNanos - plannedMonoNanos;
    if (lateNanos < LEAST_PAUSE_NANOS) {
      return OptionalLong.empty();
    }
    facts = facts.and(nowMonoNanos, lateNanos);
    return OptionalLong.of(lateNanos);
  }

  /**
   * What was noticed so far.
   *
   * @return the pauses
   */
  public PauseFacts facts() {
    return facts;
  }
}
