package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.facts.RepairAction;

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

  /**
   * Carry out an action, or say in a dry run that it would be.
   *
   * @param action what
   * @param reason why
   */
  record Act(RepairAction action, String reason) implements RepairDecision {}

  /**
   * An action is called for and is not allowed.
   *
   * @param action what
   * @param reason what calls for it and what forbids it
   */
  record Forbidden(RepairAction action, String reason) implements RepairDecision {}

  /**
   * An action is called for and was tried; somebody has to look.
   *
   * @param action what
   * @param reason what calls for it and what trying came to
   */
  record Escalate(RepairAction action, String reason) implements RepairDecision {}
}
