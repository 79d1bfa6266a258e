package com.ibstream.clocksync.estimate;

import com.ibstream.clocksync.ntp.NtpSample;
import java.util.List;

/**
 * What the samples of one source are worth in a fit, oldest first. Immutable.
 *
 * <p>A sample with no more delay than its server's least is nearly exact; excess delay e lay on one
 * of the two ways in an unknown split, which is an error uniform in +-e/2, a deviation of
 * e/&radic;12.
 */
final class SourcePoints {

  /** What a sample without any excess delay is still uncertain by. */
  private static final double JITTER_FLOOR_NANOS = 1_000;

  private static final double ROOT_OF_12 = Math.sqrt(12);

  /**
   * How far the least of n delays may be from the least possible one, in units of the usual excess
   * over &radic;n. The least of n sums of two exponential delays is that far off, and half as much
   * again is the cheaper error.
   */
  private static final double LEAST_DELAY_BIAS = 1.5;

  /**
   * The part of the least delay by which its split between the ways is uncertain, over n: the fewer
   * samples, the less is known of it; and a near server deserves more weight than a far one.
   */
  private static final double UNKNOWN_SPLIT = 0.25;

  /** So many samples of a source are enough to do without the slower half of them. */
  private static final int ENOUGH_SAMPLES = 16;

  private final long[] rawNanos;
  private final long[] epochNanos;
  private final double[] sigmaNanos;
  private final int count;

  /** The points of at least one sample. */
  SourcePoints(List<NtpSample> samples, AscendingDelays delays) {
    int all = samples.size();
    long leastDelayNanos = delays.leastNanos();
    // The median, not the mean: one answer that met a pause must not make the others look vague.
    long medianDelayNanos = delays.medianNanos();
    double usualExcess = medianDelayNanos - leastDelayNanos;
    double commonNanos =
        JITTER_FLOOR_NANOS
            + LEAST_DELAY_BIAS * usualExcess / Math.sqrt(all) / ROOT_OF_12
            + UNKNOWN_SPLIT * leastDelayNanos / all;
    rawNanos = new long[all];
    epochNanos = new long[all];
    sigmaNanos = new double[all];
    int kept = 0;
    for (NtpSample sample : samples) {
      // The slower half of many samples says next to nothing.
      if (all < ENOUGH_SAMPLES || sample.delayNanos() <= medianDelayNanos) {
        rawNanos[kept] = sample.rawNanos();
        epochNanos[kept] = sample.epochNanos();
        sigmaNanos[kept] =
            commonNanos
                + sample.precisionNanos() / 2.0
                + (sample.delayNanos() - leastDelayNanos) / ROOT_OF_12;
        kept++;
      }
    }
    count = kept;
  }

  int count() {
    return count;
  }

  /** How long ago that was, on the steady clock; less than any other age behind the last one. */
  long ageNanos(int index, long nowRawNanos) {
    return index < count ? nowRawNanos - rawNanos[index] : Long.MIN_VALUE;
  }

  /** UTC then, by the source. */
  long epochNanos(int index) {
    return epochNanos[index];
  }

  /** How uncertain that is: one standard deviation, greater than zero. */
  double sigmaNanos(int index) {
    return sigmaNanos[index];
  }
}
