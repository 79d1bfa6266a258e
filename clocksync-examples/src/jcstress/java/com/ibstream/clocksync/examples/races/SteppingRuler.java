package com.ibstream.clocksync.examples.races;

import com.ibstream.clocksync.time.Ruler;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A ruler that goes on with each read, whoever reads: every order of the readings of two threads
 * comes up, also a switch that is over before its line is confirmed. Safe for threads.
 */
final class SteppingRuler implements Ruler {

  /** A switch lies a millisecond ahead: some reads later. */
  private static final long STEP_NANOS = 150_000L;

  private final AtomicLong monoNanos;

  SteppingRuler(long startMonoNanos) {
    this.monoNanos = new AtomicLong(startMonoNanos);
  }

  @Override
  public long monoNanos() {
    return monoNanos.getAndAdd(STEP_NANOS);
  }
}
