package com.ibstream.clocksync.fuzz;

import com.google.errorprone.annotations.FormatMethod;

/** What must hold for every input. */
final class Invariant {

  private Invariant() {}

  /**
   * Ends the run of this input if the rule is broken.
   *
   * @param rule in words, with the values
   */
  @FormatMethod
  static void require(boolean holds, String rule, Object... values) {
    if (!holds) {
      throw new AssertionError(String.format(rule, values));
    }
  }
}
