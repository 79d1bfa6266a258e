package com.ibstream.clocksync.seam;

import java.util.Optional;
import java.util.OptionalInt;

/** Reads the kernel's own clocks and what it says of them. Never changes anything. */
@FunctionalInterface
public interface KernelClocks {

  /**
   * Reads them all, as close together as possible.
   *
   * @return the readings, or empty where this host offers none
   */
  Optional<KernelReading> read();

  /**
   * What the kernel says of its system clock.
   *
   * @return its state, or empty where it cannot be asked
   */
  default Optional<KernelState> state() {
    return Optional.empty();
  }

  /** A host whose kernel cannot be asked. */
  KernelClocks ABSENT = Optional::empty;

  /**
   * The kernel's clocks at one moment.
   *
   * @param monoNanos CLOCK_MONOTONIC, the ruler, in the middle of the readings
   * @param widthNanos how far apart first and last reading lie
   * @param rawNanos CLOCK_MONOTONIC_RAW: never slewed
   * @param bootNanos CLOCK_BOOTTIME: goes on while the machine sleeps
   */
  record KernelReading(long monoNanos, long widthNanos, long rawNanos, long bootNanos) {}

  /** A leap second that the kernel knows of. */
  enum Leap {
    /** None is announced. */
    NONE,
    /** One is to be inserted at the end of the UTC day. */
    INSERT,
    /** One is to be left out at the end of the UTC day. */
    DELETE,
    /** One is being inserted now. */
    IN_PROGRESS,
    /** One was inserted or left out, and the announcement still stands. */
    DONE
  }

  /**
   * What {@code adjtimex} says. These are the claims of whoever steers the clock, not findings.
   *
   * @param isSynchronised whether somebody steers the clock (STA_UNSYNC is clear)
   * @param frequencyPpm what the kernel adds to its clock's own rate, through frequency and tick;
   *     positive = it is made to run faster
   * @param maxErrorNanos how wrong the clock can be, as claimed
   * @param estimatedErrorNanos how wrong it probably is, as claimed
   * @param taiMinusUtcSeconds 37 since 2017; empty where nobody has told the kernel
   * @param leap whether a leap second is near
   */
  record KernelState(
      boolean isSynchronised,
      double frequencyPpm,
      long maxErrorNanos,
      long estimatedErrorNanos,
      OptionalInt taiMinusUtcSeconds,
      Leap leap) {}
}
