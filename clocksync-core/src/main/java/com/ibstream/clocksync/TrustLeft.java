package com.ibstream.clocksync;

import com.ibstream.clocksync.time.LineProposal;
import java.util.Optional;
import java.util.OptionalLong;

/** How long a line stays within the tolerance without another vote. Monitor thread only. */
final class TrustLeft {

  /** Longer than anybody asks: three days. */
  private static final long MOST_NANOS = 1L << 48;

  private static final long PRECISION_NANOS = 1_000_000L;

  private final long toleranceNanos;
  private Optional<LineProposal> known = Optional.empty();
  private long goodUntilMonoNanos;

  TrustLeft(long toleranceNanos) {
    this.toleranceNanos = toleranceNanos;
  }

  OptionalLong nanos(LineProposal line, long nowMonoNanos) {
    if (known.filter(line::equals).isEmpty()) {
      known = Optional.of(line);
      goodUntilMonoNanos = nowMonoNanos + search(line, nowMonoNanos);
    }
    return OptionalLong.of(Math.max(0, goodUntilMonoNanos - nowMonoNanos));
  }

  /** Bisected, as the growth changes with age. */
  private long search(LineProposal line, long nowMonoNanos) {
    long good = 0;
    long bad = MOST_NANOS;
    while (bad - good > PRECISION_NANOS) {
      long middle = good + (bad - good) / 2;
      if (boundNanos(line, nowMonoNanos + middle) <= toleranceNanos) {
        good = middle;
      } else {
        bad = middle;
      }
    }
    return good;
  }

  /** How wrong the point of a line can be at an instant. */
  static long boundNanos(LineProposal line, long monoNanos) {
    long point = line.pointAt(monoNanos);
    return Math.max(line.latestAt(monoNanos) - point, point - line.earliestAt(monoNanos));
  }
}
