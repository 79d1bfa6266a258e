package com.ibstream.clocksync.rtc;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Whether a hardware clock runs, from readings some seconds apart. One step back is somebody
 * setting it; a clock that goes back again and again runs backwards. NOT safe for threads.
 */
final class Behaviour {

  /** A clock that runs at any rate shows another second after so long. */
  private static final long MOVING_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** Nobody sets a clock back so often within so few looks. */
  private static final int MANY_STEPS_BACK = 3;

  private Optional<RtcTick> earlier = Optional.empty();
  private boolean isStuck;
  private int stepsBack;

  /** Takes a reading, later than the one before. */
  void take(RtcTick tick) {
    if (earlier.isEmpty()) {
      earlier = Optional.of(tick);
      return;
    }
    RtcTick before = earlier.get();
    long passedNanos = tick.beforeMonoNanos() - before.afterMonoNanos();
    if (tick.epochSeconds() == before.epochSeconds()) {
      isStuck = passedNanos >= MOVING_NANOS;
      return; // held against the first reading of this second
    }
    isStuck = false;
    stepsBack = tick.epochSeconds() < before.epochSeconds() ? stepsBack + 1 : 0;
    earlier = Optional.of(tick);
  }

  boolean isStuck() {
    return isStuck;
  }

  boolean isBackwards() {
    return stepsBack >= MANY_STEPS_BACK;
  }
}
