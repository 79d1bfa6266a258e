package com.ibstream.clocksync.verdict;

import com.ibstream.clocksync.verdict.Candidate.Sense;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * Turns the size of an offset, or of a jump, into evidence of what caused it. Says what it is
 * consistent with and never acts.
 *
 * <p>Pure arithmetic: no clock, no host. Immutable and good for any thread; make another when zone,
 * date or leap second have changed. Some microseconds a call: not for the hot path.
 */
public final class OffsetExplainer {

  /**
   * TAI minus UTC, since 2017-01-01 (IERS Bulletin C 52). Bulletin C announces any change half a
   * year ahead; a kernel that knows better may say so.
   */
  public static final int TAI_MINUS_UTC_SECONDS = 37;

  /** GPS time minus UTC, since 2017-01-01: 19 s less than TAI minus UTC. */
  public static final int GPS_MINUS_UTC_SECONDS = 18;

  private static final long HOUR_NANOS = 3_600_000_000_000L;
  private static final long DAY_NANOS = 24 * HOUR_NANOS;

  private static final Comparator<Explanation> BEST_FIRST =
      Comparator.comparing((Explanation e) -> !e.isConsistent())
          .thenComparing(Explanation::cause)
          .thenComparingLong(e -> Math.abs(e.residualNanos()))
          .thenComparingLong(Explanation::predictedNanos);

  private final List<Candidate> ofOffsets;
  private final List<Candidate> ofJumps;

  /**
   * An explainer for this host, at present.
   *
   * @param zone the offsets of the host's zone
   * @param leap whether a leap second may be the cause
   * @param kernelTaiMinusUtcSeconds what the kernel holds for TAI minus UTC, if that is known; used
   *     beside {@link #TAI_MINUS_UTC_SECONDS}, and not at all if more than 5 s from it (0 means
   *     that nobody told the kernel)
   */
  public OffsetExplainer(HostZone zone, LeapNear leap, OptionalInt kernelTaiMinusUtcSeconds) {
    ofOffsets = Candidates.of(Sense.OFFSET, zone, leap, kernelTaiMinusUtcSeconds);
    ofJumps = Candidates.of(Sense.JUMP, zone, leap, kernelTaiMinusUtcSeconds);
  }

  /**
   * What an offset is consistent with.
   *
   * @param offsetNanos reference minus local; positive = our clock is behind. Any value
   * @param errorBoundNanos how wrong the offset may be; not negative
   * @return explanations, best first; empty if no cause has this size, if the offset is under 500
   *     ms or within its bound, or if the bound is too wide to tell
   * @throws IllegalArgumentException if the bound is negative
   */
  public List<Explanation> explainOffset(long offsetNanos, long errorBoundNanos) {
    return explain(ofOffsets, Sense.OFFSET, offsetNanos, errorBoundNanos);
  }

  /**
   * What a jump of the wall clock is consistent with. It may have made a fault, or ended one.
   *
   * @param jumpNanos how far the wall clock jumped; positive = forward. Any value
   * @param errorBoundNanos how wrong that may be; not negative
   * @return as for an offset, with the signs and words of a jump
   * @throws IllegalArgumentException if the bound is negative
   */
  public List<Explanation> explainJump(long jumpNanos, long errorBoundNanos) {
    return explain(ofJumps, Sense.JUMP, jumpNanos, errorBoundNanos);
  }

  private static List<Explanation> explain(
      List<Candidate> known, Sense sense, long nanos, long errorBoundNanos) {
    if (errorBoundNanos < 0) {
      throw new IllegalArgumentException("error bound is negative: " + errorBoundNanos);
    }
    List<Candidate> all = new ArrayList<>(known);
    addMultiple(all, sense, nanos, DAY_NANOS);
    addMultiple(all, sense, nanos, HOUR_NANOS);
    return all.stream()
        .filter(candidate -> candidate.fits(nanos, errorBoundNanos))
        .filter(candidate -> all.stream().noneMatch(c -> candidate.isBlurredBy(c, errorBoundNanos)))
        .map(candidate -> candidate.explain(nanos, errorBoundNanos))
        .sorted(BEST_FIRST)
        .toList();
  }

  /** Adds the nearest multiple of a unit, unless something else has that very size. */
  private static void addMultiple(List<Candidate> all, Sense sense, long nanos, long unitNanos) {
    long rest = nanos % unitNanos;
    if (rest > unitNanos / 2) {
      rest -= unitNanos;
    } else if (rest < -unitNanos / 2) {
      rest += unitNanos;
    }
    long predicted = nanos - rest;
    // A multiple beyond what a long holds comes out with the other sign, and so fits nothing.
    if (predicted != 0 && all.stream().noneMatch(c -> c.predictedNanos() == predicted)) {
      all.add(
          unitNanos == DAY_NANOS
              ? new Candidate(OffsetCause.WHOLE_DAYS, predicted, sense, "whole days")
              : new Candidate(OffsetCause.WHOLE_HOURS, predicted, sense, "whole hours"));
    }
  }
}
