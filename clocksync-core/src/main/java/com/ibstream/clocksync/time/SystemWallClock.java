package com.ibstream.clocksync.time;

import java.time.Instant;

/** The machine's own clock of day. Stateless. */
final class SystemWallClock implements WallClock {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  @Override
  public long epochNanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
  }
}
