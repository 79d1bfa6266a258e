package com.ibstream.clocksync.time;

/**
 * Until when the ruler itself was looked at, and what is to be assumed of it after that. Immutable.
 *
 * @param checkedUntilMonoNanos until here, on the ruler, the line's own interval holds
 * @param uncheckedPpm how much faster than known the ruler may be slewed beyond; 0 where the line's
 *     rates allow for every slew
 * @param wallMinusMonoNanos what the wall clock was ahead of the ruler at the last look
 * @param toleranceNanos how exactly that is known; negative where reads do not compare
 */
public record Watch(
    long checkedUntilMonoNanos, double uncheckedPpm, long wallMinusMonoNanos, long toleranceNanos) {

  /** Nothing is watched: the line's own rates allow for every slew. */
  public static final Watch NONE = new Watch(0, 0, 0, -1);

  private static final double MOST_PPM = 500_000;

  /** Rejects an allowance that is no rate. */
  public Watch {
    if (!(uncheckedPpm >= 0 && uncheckedPpm <= MOST_PPM)) {
      throw new IllegalArgumentException(
          "uncheckedPpm must be in [0, " + MOST_PPM + "]: " + uncheckedPpm);
    }
  }

  /**
   * The same look for a line that is taken over from: nobody has looked at it since.
   *
   * @param ppm what the ruler may be slewed by from now on
   */
  Watch onceMore(double ppm) {
    return new Watch(
        checkedUntilMonoNanos, Math.max(uncheckedPpm, ppm), wallMinusMonoNanos, toleranceNanos);
  }

  /** Whether the wall clock can be compared with the ruler. */
  boolean isComparable() {
    return toleranceNanos >= 0;
  }
}
