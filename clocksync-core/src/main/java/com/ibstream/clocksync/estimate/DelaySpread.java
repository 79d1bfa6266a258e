package com.ibstream.clocksync.estimate;

import com.ibstream.clocksync.ntp.NtpSample;
import java.util.Arrays;
import java.util.List;

/**
 * How the delays of a source's samples are spread. Immutable.
 *
 * @param leastNanos the least delay
 * @param medianNanos the median: not the mean, for one answer that met a pause must not make the
 *     others look vague
 */
record DelaySpread(long leastNanos, long medianNanos) {

  /** The spread over at least one sample. */
  static DelaySpread of(List<NtpSample> samples) {
    long[] delays = new long[samples.size()];
    for (int i = 0; i < delays.length; i++) {
      delays[i] = samples.get(i).delayNanos();
    }
    Arrays.sort(delays);
    return new DelaySpread(delays[0], delays[delays.length / 2]);
  }
}
