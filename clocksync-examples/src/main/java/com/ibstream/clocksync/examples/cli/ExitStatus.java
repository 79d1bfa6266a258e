package com.ibstream.clocksync.examples.cli;

/**
 * How a command ends. Statuses 0 to 3 are those of monitoring plug-ins and come from the health of
 * the clock: healthy, warning, critical, no trustworthy answer. The others come from {@code
 * sysexits.h}.
 */
final class ExitStatus {

  /** All is well. */
  static final int HEALTHY = 0;

  /** Something is not as it should be, and nothing is wrong yet. */
  static final int WARNING = 1;

  /** The clock is wrong, or something that had to be done for it was not. */
  static final int CRITICAL = 2;

  /** There is no trustworthy answer. */
  static final int NO_ANSWER = 3;

  /** The command was called wrongly, or its configuration is wrong. */
  static final int USAGE = 64;

  /** We failed. */
  static final int OUR_FAILURE = 70;

  private ExitStatus() {}
}
