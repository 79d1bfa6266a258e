package com.ibstream.clocksync.ntp;

import java.util.List;
import java.util.function.Predicate;

/**
 * The latest samples of a source. The list is made anew whenever it changes, so that whoever has
 * the old one keeps it as it was. Monitor thread only.
 */
final class SampleMemory {

  private final int most;
  private List<NtpSample> samples = List.of();

  SampleMemory(int most) {
    this.most = most;
  }

  /** Oldest first, immutable; the same list until something changes. */
  List<NtpSample> samples() {
    return samples;
  }

  void add(NtpSample sample) {
    int from = Math.max(0, samples.size() + 1 - most);
    NtpSample[] next = new NtpSample[samples.size() + 1 - from];
    for (int i = from; i < samples.size(); i++) {
      next[i - from] = samples.get(i);
    }
    next[next.length - 1] = sample;
    samples = List.of(next);
  }

  /** Forgets samples, but never the latest. */
  void keep(Predicate<NtpSample> isKept) {
    int last = samples.size() - 1;
    for (int i = 0; i < last; i++) {
      if (!isKept.test(samples.get(i))) {
        NtpSample latest = samples.get(last);
        samples =
            List.copyOf(samples.stream().filter(s -> s.equals(latest) || isKept.test(s)).toList());
        return;
      }
    }
  }

  void forgetOldest(int count) {
    samples = List.copyOf(samples.subList(count, samples.size()));
  }

  void clear() {
    samples = List.of();
  }
}
