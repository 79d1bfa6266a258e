package com.ibstream.clocksync.facts;

import java.util.OptionalLong;

/**
 * Times in which the monitor's own thread did not run though it should have: the JVM stood still,
 * or the machine gave it no processor. The clocks went on meanwhile; a pause widens a measurement
 * and never falsifies it.
 *
 * @param count how many since the start
 * @param totalNanos all of them together
 * @param longestNanos the longest
 * @param lastMonoNanos when the latest ended, on the ruler; empty if there was none
 * @param lastNanos how long the latest was; 0 if there was none
 */
public record PauseFacts(
    long count, long totalNanos, long longestNanos, OptionalLong lastMonoNanos, long lastNanos) {

  /** None so far. */
  public static final PauseFacts NONE = new PauseFacts(0, 0, 0, OptionalLong.empty(), 0);

  /**
   * These and one more.
   *
   * @param monoNanos when it ended
   * @param pauseNanos how long it was
   * @return all of them
   */
  public PauseFacts and(long monoNanos, long pauseNanos) {
    return new PauseFacts(
        count + 1,
        totalNanos + pauseNanos,
        Math.max(longestNanos, pauseNanos),
        OptionalLong.of(monoNanos),
        pauseNanos);
  }
}
