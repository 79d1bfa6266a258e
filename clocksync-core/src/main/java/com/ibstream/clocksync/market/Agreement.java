package com.ibstream.clocksync.market;

/**
 * How many of several moments must say a thing until it is believed. One stamp from the future, or
 * a burst of them, must not accuse a clock. Stateless.
 */
final class Agreement {

  /** One moment alone never suffices. */
  private static final int LEAST = 2;

  /** An eighth: most of an exchange's seconds hold a tick that was hardly delayed. */
  private static final int SHARE = 8;

  private Agreement() {}

  /**
   * The number needed.
   *
   * @param count how many moments there are
   * @return an eighth of them, rounded up, and two at least
   */
  static int needed(int count) {
    return Math.max(LEAST, (count + SHARE - 1) / SHARE);
  }
}
