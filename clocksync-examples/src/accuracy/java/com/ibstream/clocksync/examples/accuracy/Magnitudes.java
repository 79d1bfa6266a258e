package com.ibstream.clocksync.examples.accuracy;

import com.google.common.math.Quantiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How large a client's errors, or the bounds it claims, were. NOT safe for threads. */
final class Magnitudes {

  private static final int P95 = 95;

  private final List<Long> absoluteNanos = new ArrayList<>();

  /**
   * Adds one.
   *
   * @param nanos of either sign; only the size counts
   */
  void add(long nanos) {
    absoluteNanos.add(Math.abs(nanos));
  }

  /** How many there are. */
  int count() {
    return absoluteNanos.size();
  }

  /** The median; NaN if there are none. */
  double medianNanos() {
    return count() == 0 ? Double.NaN : Quantiles.median().compute(absoluteNanos);
  }

  /** What 95 % of them do not exceed; NaN if there are none. */
  double p95Nanos() {
    return count() == 0 ? Double.NaN : Quantiles.percentiles().index(P95).compute(absoluteNanos);
  }

  /** The greatest; NaN if there are none. */
  double maxNanos() {
    return count() == 0 ? Double.NaN : Collections.max(absoluteNanos);
  }
}
