package com.ibstream.clocksync.facts;

import java.util.Locale;

/** What may be done to a host so that its clocks become right again. */
public enum RepairAction {
  /** Start the time service anew, after {@code reset-failed} where it has failed. */
  RESTART_SERVICE("restart the time service"),
  /** Let the running time service set the system clock at once. */
  STEP_CLOCK("step the system clock"),
  /** Set the hardware clock from the system clock, in UTC. */
  WRITE_RTC("write the hardware clock"),
  /** Keep the hardware clock in UTC from now on. */
  SET_RTC_UTC("set the hardware clock to UTC");

  private final String text;

  RepairAction(String text) {
    this.text = text;
  }

  /**
   * The action, for people.
   *
   * @return an infinitive
   */
  public String text() {
    return text;
  }

  /**
   * Whether it is the hardware clock that is set.
   *
   * @return false if the time service is started or told something
   */
  public boolean isOfHardwareClock() {
    return this == WRITE_RTC || this == SET_RTC_UTC;
  }

  /**
   * The name in JSON, in the audit and in configuration.
   *
   * @return lower case with underscores
   */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
