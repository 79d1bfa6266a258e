package com.ibstream.clocksync.stats;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Values with the instant of the ruler at which they were taken; old ones leave. Kept in order of
 * size, so that quantiles cost no sorting. NOT safe for threads.
 */
public final class SlidingWindow {

  private static final int FIRST_ROOM = 16;

  private record Entry(long monoNanos, double value) {}

  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private final long spanNanos;
  private final int capacity;
  private double[] ascending = new double[FIRST_ROOM];
  private int size;

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
    insert(value);
    while (size > capacity || monoNanos - entries.peekFirst().monoNanos > spanNanos) {
      remove(entries.removeFirst().value);
    }
  }

  private void insert(double value) {
    if (size == ascending.length) {
      ascending = Arrays.copyOf(ascending, 2 * size);
    }
    int found = Arrays.binarySearch(ascending, 0, size, value);
    int at = found < 0 ? -found - 1 : found;
    System.arraycopy(ascending, at, ascending, at + 1, size - at);
    ascending[at] = value;
    size++;
  }

  private void remove(double value) {
    int at = Arrays.binarySearch(ascending, 0, size, value);
    System.arraycopy(ascending, at + 1, ascending, at, size - at - 1);
    size--;
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
    return size;
  }

  /**
   * The values, the least first.
   *
   * @return a copy
   */
  public double[] ascending() {
    return Arrays.copyOf(ascending, size);
  }
}
