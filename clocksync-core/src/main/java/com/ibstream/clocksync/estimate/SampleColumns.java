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

  int count() {
    return rawNanos.length;
  }

  /** When, on the steady clock. */
  long rawNanos(int index) {
    return rawNanos[index];
  }

  /** UTC then, by the source. */
  long epochNanos(int index) {
    return epochNanos[index];
  }

  /** How wrong that may be, either way. */
  long halfWidthNanos(int index) {
    return halfWidthNanos[index];
  }

  /** The earliest UTC that a sample allows at an instant. */
  long earliestAt(int index, Ageing ageing, long atRawNanos) {
    return ageing.earliestAt(
        rawNanos[index], epochNanos[index] - halfWidthNanos[index], atRawNanos);
  }

  /** The latest UTC that a sample allows at an instant. */
  long latestAt(int index, Ageing ageing, long atRawNanos) {
    return ageing.latestAt(rawNanos[index], epochNanos[index] + halfWidthNanos[index], atRawNanos);
  }

  /** Whether the interval of a sample, brought up to the present, touches what was agreed. */
  boolean isTouching(int index, IntervalVote.Agreement agreed, Ageing ageing, long nowRawNanos) {
    return earliestAt(index, ageing, nowRawNanos) <= agreed.latestNanos()
        && latestAt(index, ageing, nowRawNanos) >= agreed.earliestNanos();
  }

  /** Whether that is true of every sample. */
  boolean isTouching(IntervalVote.Agreement agreed, Ageing ageing, long nowRawNanos) {
    for (int i = 0; i < rawNanos.length; i++) {
      if (!isTouching(i, agreed, ageing, nowRawNanos)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The first of those samples, among so many of the latest, that the very latest does not
   * contradict.
   */
  int firstCompatible(int most, Ageing ageing, long nowRawNanos) {
    int first = rawNanos.length - 1;
    int oldest = Math.max(0, rawNanos.length - most);
    long earliest = earliestAt(first, ageing, nowRawNanos);
    long latest = latestAt(first, ageing, nowRawNanos);
    while (first > oldest
        && earliestAt(first - 1, ageing, nowRawNanos) <= latest
        && latestAt(first - 1, ageing, nowRawNanos) >= earliest) {
      first--;
    }
    return first;
  }

  /** The sample with the tightest interval at the present, of those from an index on. */
  int tightest(int from, Ageing ageing, long nowRawNanos) {
    int best = from;
    long bestWidth = Long.MAX_VALUE;
    for (int i = from; i < rawNanos.length; i++) {
      long width = latestAt(i, ageing, nowRawNanos) - earliestAt(i, ageing, nowRawNanos);
      if (width <= bestWidth) {
        best = i;
        bestWidth = width;
      }
    }
    return best;
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
