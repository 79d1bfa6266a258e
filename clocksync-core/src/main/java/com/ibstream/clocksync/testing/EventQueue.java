package com.ibstream.clocksync.testing;

import java.util.Arrays;

/**
 * What is planned, earliest first; of the same instant, first planned first. A binary heap over
 * primitive keys, compared by subtraction, so that it serves the ruler as well as true time.
 */
final class EventQueue {

  private static final int FIRST_CAPACITY = 64;

  private long[] instants = new long[FIRST_CAPACITY];
  private long[] numbers = new long[FIRST_CAPACITY];
  private Runnable[] events = new Runnable[FIRST_CAPACITY];
  private int size;
  private long count;

  boolean isEmpty() {
    return size == 0;
  }

  /** The instant of the earliest event; there must be one. */
  long headNanos() {
    return instants[0];
  }

  void add(long atNanos, Runnable event) {
    if (size == instants.length) {
      instants = Arrays.copyOf(instants, 2 * size);
      numbers = Arrays.copyOf(numbers, 2 * size);
      events = Arrays.copyOf(events, 2 * size);
    }
    long number = count++;
    int hole = size++;
    while (hole > 0) {
      int parent = (hole - 1) >>> 1;
      if (!isBefore(atNanos, number, parent)) {
        break;
      }
      move(parent, hole);
      hole = parent;
    }
    put(hole, atNanos, number, event);
  }

  /** Takes the earliest event; there must be one. */
  Runnable remove() {
    Runnable head = events[0];
    int last = --size;
    long atNanos = instants[last];
    long number = numbers[last];
    Runnable event = events[last];
    events[last] = null;
    if (last > 0) {
      int hole = 0;
      for (int child = 1; child < last; child = 2 * hole + 1) {
        if (child + 1 < last && isBefore(instants[child + 1], numbers[child + 1], child)) {
          child++;
        }
        if (isBefore(atNanos, number, child)) {
          break;
        }
        move(child, hole);
        hole = child;
      }
      put(hole, atNanos, number, event);
    }
    return head;
  }

  private boolean isBefore(long atNanos, long number, int other) {
    long difference = atNanos - instants[other];
    return difference < 0 || (difference == 0 && number < numbers[other]);
  }

  private void move(int from, int to) {
    put(to, instants[from], numbers[from], events[from]);
  }

  private void put(int at, long atNanos, long number, Runnable event) {
    instants[at] = atNanos;
    numbers[at] = number;
    events[at] = event;
  }
}
