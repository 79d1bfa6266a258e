package com.ibstream.clocksync.testing;

import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.WallClock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A system clock that runs with a ruler until it is stepped, forwards or backwards. Safe for
 * threads.
 */
public final class FakeWallClock implements WallClock {

  private final Ruler ruler;
  private final AtomicLong epochMinusMonoNanos = new AtomicLong();

  /**
   * A clock that shows a chosen time now.
   *
   * @param ruler what it runs with
   * @param epochNanos what it shows, nanoseconds since 1970
   */
  public FakeWallClock(Ruler ruler, long epochNanos) {
    this.ruler = ruler;
    set(epochNanos);
  }

  @Override
  public long epochNanos() {
    return ruler.monoNanos() + epochMinusMonoNanos.get();
  }

  /**
   * Sets the clock.
   *
   * @param epochNanos what it shows from now on, nanoseconds since 1970
   */
  public void set(long epochNanos) {
    epochMinusMonoNanos.set(epochNanos - ruler.monoNanos());
  }

  /**
   * Steps the clock.
   *
   * @param nanos how far; positive = forward
   */
  public void step(long nanos) {
    epochMinusMonoNanos.addAndGet(nanos);
  }
}
