package com.ibstream.clocksync;

import com.google.common.math.LongMath;
import com.ibstream.clocksync.estimate.ClockEstimate;
import com.ibstream.clocksync.facts.Consensus;
import com.ibstream.clocksync.facts.NtpRejection;
import com.ibstream.clocksync.facts.SourceState;
import com.ibstream.clocksync.ntp.NtpSource;
import java.util.Arrays;
import java.util.Optional;

/**
 * Says in a word what each source was worth in one vote. Immutable.
 *
 * @param consensus what the vote said
 * @param distantNanos half widths over this are of little use
 * @param jitteryNanos jitters over this are far larger than usual
 */
record SourceStates(Consensus consensus, long distantNanos, long jitteryNanos) {

  /** What RFC 5905 calls MAXDIST: a server this far away is of no use to anybody. */
  private static final long MOST_DISTANT_NANOS = 1_500_000_000L;

  /** So many times the median jitter of the truechimers is far larger. */
  private static final long JITTERY_FACTOR = 4;

  /** Less than this is no jitter to speak of: the error bound is never so small. */
  private static final long LEAST_JITTERY_NANOS = 1_000_000L;

  /** A median of fewer is no measure. */
  private static final int LEAST_TRUECHIMERS = 3;

  /** The limits of a vote. */
  static SourceStates of(ClockEstimate estimate, long toleranceNanos) {
    long[] jitters = new long[estimate.verdicts().size()];
    int count = 0;
    for (ClockEstimate.SourceVerdict verdict : estimate.verdicts()) {
      if (verdict.isTruechimer()) {
        jitters[count++] = verdict.jitterNanos();
      }
    }
    Arrays.sort(jitters, 0, count);
    long jitteryNanos =
        count < LEAST_TRUECHIMERS
            ? Long.MAX_VALUE
            : Math.max(
                LEAST_JITTERY_NANOS,
                LongMath.saturatedMultiply(JITTERY_FACTOR, jitters[(count - 1) / 2]));
    return new SourceStates(
        estimate.consensus(), Math.min(toleranceNanos, MOST_DISTANT_NANOS), jitteryNanos);
  }

  /** The state of a source, with its part in the vote if it had one. */
  SourceState judge(
      NtpSource source, Optional<ClockEstimate.SourceVerdict> verdict, boolean isSetAside) {
    if (isSetAside && source.isReachable()) {
      return SourceState.SET_ASIDE;
    }
    if (verdict.isPresent() && source.isReachable()) {
      return spoken(verdict.get());
    }
    return source.tally().lastRejection().map(SourceStates::stateAfter).orElse(SourceState.WAITING);
  }

  private SourceState spoken(ClockEstimate.SourceVerdict verdict) {
    if (consensus == Consensus.NONE) {
      return SourceState.UNDECIDED;
    }
    if (!verdict.isTruechimer()) {
      return SourceState.FALSETICKER;
    }
    if (verdict.isSelected()) {
      return SourceState.SELECTED;
    }
    if (verdict.best().halfWidthNanos() > distantNanos) {
      return SourceState.DISTANT;
    }
    return verdict.jitterNanos() > jitteryNanos ? SourceState.JITTERY : SourceState.COMBINED;
  }

  private static SourceState stateAfter(NtpRejection rejection) {
    return switch (rejection) {
      case TIMEOUT, PORT_UNREACHABLE, NETWORK_UNREACHABLE, UNKNOWN_HOST -> SourceState.UNREACHABLE;
      default -> SourceState.REFUSED;
    };
  }
}
