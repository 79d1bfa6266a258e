package com.ibstream.clocksync.testing;

import com.ibstream.clocksync.time.Ruler;
import java.util.concurrent.atomic.AtomicLong;

/** A ruler that stands still until it is moved. Safe for threads. */
public final class FakeRuler implements Ruler {

  private final AtomicLong nowNanos;

  /**
   * A ruler at a chosen reading; {@link Long#MAX_VALUE} is a good one to bring overflow into play.
   *
   * @param startNanos the first reading
   */
  public FakeRuler(long startNanos) {
    this.nowNanos = new AtomicLong(startNanos);
  }

  @Override
  public long monoNanos() {
    return nowNanos.get();
  }

  /**
   * Moves the ruler on.
   *
   * @param nanos how far, not negative: a ruler never runs backwards
   */
  public void advance(long nanos) {
    if (nanos < 0) {
      throw new IllegalArgumentException("a ruler never runs backwards: " + nanos);
    }
    nowNanos.addAndGet(nanos);
  }
}
