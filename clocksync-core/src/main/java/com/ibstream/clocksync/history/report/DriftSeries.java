package com.ibstream.clocksync.history.report;

import com.ibstream.clocksync.history.read.HistoryRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * The offsets of a period for drawing: at most so many points, each with the limits of all offsets
 * and bounds of its time. NOT safe for threads.
 */
final class DriftSeries {

  private static final int MOST_POINTS = 2_000;

  private final long fromNanos;
  private final long widthNanos;
  private final double[] sums = new double[MOST_POINTS];
  private final long[] counts = new long[MOST_POINTS];
  private final long[] least = new long[MOST_POINTS];
  private final long[] most = new long[MOST_POINTS];

  DriftSeries(long fromNanos, long untilNanos) {
    this.fromNanos = fromNanos;
    widthNanos = Math.max(1, (untilNanos - fromNanos) / MOST_POINTS + 1);
  }

  void take(HistoryRecord record) {
    int at = (int) ((record.atEpochNanos() - fromNanos) / widthNanos);
    if (record.utc().isEmpty() || at < 0 || at >= MOST_POINTS) {
      return;
    }
    long offset = Stretch.offset(record);
    long bound = Stretch.bound(record);
    least[at] = counts[at] == 0 ? offset - bound : Math.min(least[at], offset - bound);
    most[at] = counts[at] == 0 ? offset + bound : Math.max(most[at], offset + bound);
    sums[at] += offset;
    counts[at]++;
  }

  /** Those that have records. */
  List<PeriodDetails.DriftPoint> points() {
    List<PeriodDetails.DriftPoint> points = new ArrayList<>();
    for (int i = 0; i < MOST_POINTS; i++) {
      if (counts[i] > 0) {
        points.add(
            new PeriodDetails.DriftPoint(
                fromNanos + i * widthNanos + widthNanos / 2,
                sums[i] / counts[i],
                least[i],
                most[i]));
      }
    }
    return points;
  }
}
