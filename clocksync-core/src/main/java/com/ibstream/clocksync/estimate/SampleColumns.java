package com.ibstream.clocksync.estimate;

import com.ibstream.clocksync.ntp.NtpSample;
import java.util.List;

/**
 * The samples of one source as columns, oldest first: every estimate goes through all of them
 * again. Immutable.
 */
final class SampleColumns {

  private static final double PPM = 1e-6;

  private final long[] rawNanos;
  private final long[] epochNanos;
  private final long[] halfWidthNanos;

  SampleColumns(List<NtpSample> samples) {
    rawNanos = new long[samples.size()];
    epochNanos = new long[rawNanos.length];
    halfWidthNanos = new long[rawNanos.length];
    for (int i = 0; i < rawNanos.length; i++) {
      NtpSample sample = samples.get(i);
      rawNanos[i] = sample.rawNanos();
      epochNanos[i] = sample.epochNanos();
      halfWidthNanos[i] = sample.halfWidthNanos();
    }
  }

  /** Whether the interval of every sample, brought up to the present, touches what was agreed. */
  boolean isTouching(IntervalVote.Agreement agreed, Ageing ageing, long nowRawNanos) {
    for (int i = 0; i < rawNanos.length; i++) {
      if (ageing.earliestAt(rawNanos[i], epochNanos[i] - halfWidthNanos[i], nowRawNanos)
              > agreed.latestNanos()
          || ageing.latestAt(rawNanos[i], epochNanos[i] + halfWidthNanos[i], nowRawNanos)
              < agreed.earliestNanos()) {
        return false;
      }
    }
    return true;
  }

  /** How far the samples are from a line: the root of the mean square, nanoseconds. */
  double jitterNanos(LineFit.Line fit, long baseEpochNanos, long nowRawNanos) {
    double sum = 0;
    for (int i = 0; i < rawNanos.length; i++) {
      long elapsedNanos = nowRawNanos - rawNanos[i];
      double offset = epochNanos[i] + elapsedNanos - baseEpochNanos;
      double distance = offset - fit.offsetNanos() + (double) elapsedNanos * fit.ratePpm() * PPM;
      sum += distance * distance;
    }
    return Math.sqrt(sum / rawNanos.length);
  }
}
