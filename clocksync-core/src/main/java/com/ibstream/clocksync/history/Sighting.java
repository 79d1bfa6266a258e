package com.ibstream.clocksync.history;

import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.WallClock;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.ClockStatus;
import com.ibstream.clocksync.verdict.HostClockEvent;
import java.util.List;

/**
 * A status with what the system clock showed at its instant. Immutable.
 *
 * @param status what was known
 * @param events what changed since the sighting before
 * @param wallEpochNanos the system clock at the instant of the status, nanoseconds since 1970
 * @param wallErrorNanos how exactly that is known
 */
record Sighting(
    ClockStatus status, List<ClockEvent> events, long wallEpochNanos, long wallErrorNanos) {

  /** What rounding may make of two clocks that are slewed as one. */
  private static final long LEAST_JUMP_NANOS = 50_000;

  Sighting {
    events = List.copyOf(events);
  }

  /** Reads the system clock now, a moment after the status was made. */
  static Sighting of(ClockStatus status, List<ClockEvent> events, Ruler ruler, WallClock wall) {
    long before = ruler.monoNanos();
    long shown = wall.epochNanos();
    long after = ruler.monoNanos();
    long half = (after - before) / 2;
    return new Sighting(
        status,
        events,
        shown - (before + half - status.asOfMonoNanos()),
        after - before - half + 1);
  }

  long monoNanos() {
    return status.asOfMonoNanos();
  }

  boolean hasUtc() {
    return status.utc().isPresent();
  }

  /** UTC minus system clock, by the best estimate. Only with UTC. */
  long offsetNanos() {
    return utc().epochNanos() - wallEpochNanos;
  }

  /** The least offset possible. Only with UTC. */
  long leastOffsetNanos() {
    return utc().earliestEpochNanos() - wallEpochNanos - wallErrorNanos;
  }

  /** The greatest offset possible. Only with UTC. */
  long mostOffsetNanos() {
    return utc().latestEpochNanos() - wallEpochNanos + wallErrorNanos;
  }

  ClockStatus.Utc utc() {
    return status.utc().orElseThrow();
  }

  /** Whether the monitor has told that the system clock, or the ruler, jumped. */
  boolean hasJumped() {
    return events.stream().anyMatch(HostClockEvent.ClockJumped.class::isInstance);
  }

  /**
   * Whether the system clock has gone otherwise than the ruler since: it jumped, and the monitor
   * has not looked yet.
   */
  boolean isApart(Sighting before) {
    long parted = (wallEpochNanos - monoNanos()) - (before.wallEpochNanos - before.monoNanos());
    return Math.abs(parted) > wallErrorNanos + before.wallErrorNanos + LEAST_JUMP_NANOS;
  }

  /** The same without its events. */
  Sighting silent() {
    return new Sighting(status, List.of(), wallEpochNanos, wallErrorNanos);
  }
}
