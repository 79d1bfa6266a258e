package com.ibstream.clocksync.examples.races;

import com.ibstream.clocksync.time.Ruler;

/**
 * The machine's own ruler, a thousand times as fast: a line that is to take over in a millisecond
 * does so in a microsecond, while the other thread is at it. Reads order nothing but themselves, as
 * with the real one. Safe for threads.
 */
final class HurriedRuler implements Ruler {

  private static final long HURRY = 1_000;

  private final long startMonoNanos;
  private final long originNanos = System.nanoTime();

  HurriedRuler(long startMonoNanos) {
    this.startMonoNanos = startMonoNanos;
  }

  @Override
  public long monoNanos() {
    return startMonoNanos + HURRY * (System.nanoTime() - originNanos);
  }
}
