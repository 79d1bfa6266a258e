package com.ibstream.clocksync.stats;

import java.util.ArrayDeque;

/**
 * Values with the instant of the ruler at which they were taken; old ones leave. NOT safe for
 * threads.
 */
public final class SlidingWindow {

  private record Entry(long monoNanos, double value) {}

  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private final long spanNanos;
  private final int capacity;

  /**
   * An empty window.
   *
   * @param spanNanos how long a value stays
   * @param capacity the greatest number of values kept; the oldest leaves first
   */
  public SlidingWindow(long spanNanos, int capacity) {
    if (spanNanos <= 0 || capacity <= 0) {
      throw new IllegalArgumentException(
          "span and capacity must be positive: " + spanNanos + ", " + capacity);
    }
    this.spanNanos = spanNanos;
    this.capacity = capacity;
  }

  /**
   * Adds a value and drops those that are too old.
   *
   * @param monoNanos when it was taken, not before the one added last
   * @param value the value
   */
  public void add(long monoNanos, double value) {
    entries.addLast(new Entry(monoNanos, value));
    while (entries.size() > capacity || monoNanos - entries.peekFirst().monoNanos > spanNanos) {
      entries.removeFirst();
    }
  }

  /**
   * Whether the latest value is old.
   *
   * @param monoNanos the present
   * @param ageNanos from which age on
   * @return true also without any value
   */
  public boolean isOlder(long monoNanos, long ageNanos) {
    return entries.isEmpty() || monoNanos - entries.peekLast().monoNanos >= ageNanos;
  }

  /**
   * How many values there are.
   *
   * @return at most the capacity
   */
  public int size() {
    return entries.size();
  }

  /**
   * The values, oldest first.
   *
   * @return a copy
   */
  public double[] values() {
    double[] values = new double[entries.size()];
    int i = 0;
    for (Entry entry : entries) {
      values[i++] = entry.value;
    }
    return values;
  }
}
