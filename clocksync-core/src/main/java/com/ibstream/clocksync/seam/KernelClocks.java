package com.ibstream.clocksync.seam;

import java.util.Optional;

/** Reads the kernel's own clocks. Never changes them. */
@FunctionalInterface
public interface KernelClocks {

  /**
   * Reads them all, as close together as possible.
   *
   * @return the readings, or empty where this host offers none
   */
  Optional<KernelReading> read();

  /** A host whose kernel cannot be asked. */
  KernelClocks ABSENT = Optional::empty;

  /**
   * The kernel's clocks at one moment.
   *
   * @param monoNanos CLOCK_MONOTONIC, the ruler, in the middle of the readings
   * @param widthNanos how far apart first and last reading lie
   * @param rawNanos CLOCK_MONOTONIC_RAW: never slewed
   * @param bootNanos CLOCK_BOOTTIME: goes on while the machine sleeps
   * @param isSynchronised whether the kernel believes that somebody steers its clock (STA_UNSYNC is
   *     clear)
   * @param frequencyPpm what the kernel adds to its clock's own rate, in ppm
   */
  record KernelReading(
      long monoNanos,
      long widthNanos,
      long rawNanos,
      long bootNanos,
      boolean isSynchronised,
      double frequencyPpm) {}
}
