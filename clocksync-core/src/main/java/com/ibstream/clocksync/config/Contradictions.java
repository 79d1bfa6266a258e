package com.ibstream.clocksync.config;

/** Finds values that are allowed one by one but not together. */
final class Contradictions {

  /** Fewer have no spread. */
  private static final long LEAST_LOOKS = 2;

  /** Some hours at one value a second; more would cost memory and prove nothing. */
  private static final long MOST_LOOKS = 10_000;

  /** However often is looked, the statistics take a value a second at the most. */
  private static final long VALUE_NANOS = 1_000_000_000L;

  private Contradictions() {}

  /**
   * Refuses settings that contradict each other.
   *
   * @throws IllegalArgumentException naming both values and where they come from
   */
  static void refuse(Settings settings) {
    long pollMinNanos = settings.value(Keys.POLL_MIN);
    if (pollMinNanos > settings.value(Keys.POLL_MAX)) {
      throw contradiction(settings, Keys.POLL_MIN, "must not be longer than", Keys.POLL_MAX);
    }
    if (settings.value(Keys.TIMEOUT) >= pollMinNanos) {
      throw contradiction(settings, Keys.TIMEOUT, "must be shorter than", Keys.POLL_MIN);
    }
    long window = settings.value(Keys.DRIFT_WINDOW);
    long look = settings.value(Keys.LOOK_INTERVAL);
    if (window / look < LEAST_LOOKS || window / Math.max(look, VALUE_NANOS) > MOST_LOOKS) {
      String rule = "must span " + LEAST_LOOKS + " to " + MOST_LOOKS + " times";
      throw contradiction(settings, Keys.DRIFT_WINDOW, rule, Keys.LOOK_INTERVAL);
    }
  }

  private static IllegalArgumentException contradiction(
      Settings settings, Key<?> left, String rule, Key<?> right) {
    return new IllegalArgumentException(
        left.name()
            + " "
            + rule
            + " "
            + right.name()
            + ", but "
            + settings.describe(left)
            + " and "
            + settings.describe(right));
  }
}
