package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.verdict.ClockStatus;

/**
 * Decides what should be done about the host, given what is true now. Decides only; acting is
 * somebody else's job.
 */
@FunctionalInterface
public interface Watchdog {

  /** The default: nothing on the host is ever changed. */
  Watchdog OBSERVE_ONLY =
      status -> new RepairDecision.Nothing("observe only: no repair is configured");

  /**
   * Decides. Must return at once and must not touch the host.
   *
   * @param status what is true now
   * @return what to do, with the reason; also when it is nothing
   */
  RepairDecision decide(ClockStatus status);
}
