package com.ibstream.clocksync.health;

import java.util.Locale;

/**
 * How good time is, mild to severe: the four words of the existing service, and exit statuses of
 * commands.
 */
public enum HealthStatus {
  /** Time is proved, and the system clock is close to it. */
  HEALTHY(0),
  /** Time is proved; the system clock is a little off, or the proof is getting old or wide. */
  WARNING(1),
  /** Time is proved, and the system clock is wrong. */
  CRITICAL(2),
  /** There is no trustworthy measurement: worse than any known error. */
  ERROR(3);

  private final int exitStatus;

  HealthStatus(int exitStatus) {
    this.exitStatus = exitStatus;
  }

  /**
   * The word in JSON.
   *
   * @return the name in lower case
   */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The exit status of a command, as monitoring plug-ins have it; also the rank of severity.
   *
   * @return 0 to 3
   */
  public int exitStatus() {
    return exitStatus;
  }
}
