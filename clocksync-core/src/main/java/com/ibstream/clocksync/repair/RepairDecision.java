package com.ibstream.clocksync.repair;

/** What is to be done about the host, and why. */
public sealed interface RepairDecision {

  /**
   * Why this was decided, for people.
   *
   * @return one clause
   */
  String reason();

  /**
   * Leave the host alone.
   *
   * @param reason why
   */
  record Nothing(String reason) implements RepairDecision {}
}
