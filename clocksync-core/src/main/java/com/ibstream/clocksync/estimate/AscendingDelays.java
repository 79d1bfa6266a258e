package com.ibstream.clocksync.estimate;

import com.ibstream.clocksync.ntp.NtpSample;
import java.util.Arrays;
import java.util.List;

/**
 * The delays of one source's samples in order of size. A source says one thing more at a time: then
 * a delay comes and perhaps one goes, and nothing is sorted anew. Immutable.
 */
final class AscendingDelays {

  static final AscendingDelays NONE = new AscendingDelays(List.of(), new long[0]);

  private final List<NtpSample> samples;
  private final long[] nanos;

  private AscendingDelays(List<NtpSample> samples, long[] nanos) {
    this.samples = samples;
    this.nanos = nanos;
  }

  /** The delays of other samples, oldest first, of which most may be these. */
  AscendingDelays next(List<NtpSample> others) {
    int goneCount = samples.size() + 1 - others.size();
    return (goneCount == 0 || goneCount == 1) && isContinuedBy(others, goneCount)
        ? new AscendingDelays(others, continued(others.get(others.size() - 1), goneCount))
        : new AscendingDelays(others, sorted(others));
  }

  @SuppressWarnings("ReferenceEquality") // records in a list that grows are the very same ones
  private boolean isContinuedBy(List<NtpSample> others, int goneCount) {
    for (int i = goneCount; i < samples.size(); i++) {
      if (samples.get(i) != others.get(i - goneCount)) {
        return false;
      }
    }
    return true;
  }

  /** These without the oldest, if it goes, and with one more. */
  private long[] continued(NtpSample newest, int goneCount) {
    long added = newest.delayNanos();
    int gone = goneCount == 0 ? -1 : Arrays.binarySearch(nanos, samples.get(0).delayNanos());
    long[] next = new long[nanos.length + 1 - goneCount];
    int count = 0;
    boolean isAdded = false;
    for (int i = 0; i < nanos.length; i++) {
      if (!isAdded && nanos[i] > added) {
        next[count++] = added;
        isAdded = true;
      }
      if (i != gone) {
        next[count++] = nanos[i];
      }
    }
    if (!isAdded) {
      next[count] = added;
    }
    return next;
  }

  private static long[] sorted(List<NtpSample> samples) {
    long[] nanos = new long[samples.size()];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = samples.get(i).delayNanos();
    }
    Arrays.sort(nanos);
    return nanos;
  }

  long leastNanos() {
    return nanos[0];
  }

  long medianNanos() {
    return nanos[nanos.length / 2];
  }
}
