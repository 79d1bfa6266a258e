package com.ibstream.clocksync.history.report;

import com.ibstream.clocksync.facts.DriftStatistics;
import java.util.Arrays;

/**
 * Offsets of a period, in bounded memory: when they become too many, every second of them is left
 * out, and of those to come as well. NOT safe for threads.
 */
final class Samples {

  private static final int FIRST_ROOM = 256;
  private static final int MOST = 1 << 22;

  private double[] values = new double[FIRST_ROOM];
  private int count;
  private int step = 1;
  private int waiting;

  void add(double value) {
    waiting++;
    if (waiting < step) {
      return;
    }
    waiting = 0;
    if (count == MOST) {
      thin();
    }
    if (count == values.length) {
      values = Arrays.copyOf(values, Math.min(MOST, 2 * count));
    }
    values[count++] = value;
  }

  private void thin() {
    count /= 2;
    for (int i = 0; i < count; i++) {
      values[i] = values[2 * i + 1];
    }
    step *= 2;
  }

  DriftStatistics statistics() {
    return DriftStatistics.of(Arrays.copyOf(values, count));
  }
}
