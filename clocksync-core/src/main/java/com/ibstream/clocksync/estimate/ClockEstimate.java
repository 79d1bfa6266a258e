package com.ibstream.clocksync.estimate;

import com.ibstream.clocksync.facts.Consensus;
import com.ibstream.clocksync.facts.ErrorBudget;
import com.ibstream.clocksync.ntp.NtpSample;
import java.util.List;
import java.util.Optional;

/**
 * What the samples say at one instant of the steady clock.
 *
 * @param asOfRawNanos the instant
 * @param consensus whether the sources agree
 * @param line the line; empty without consensus
 * @param ageing how samples were brought up to the instant
 * @param verdicts one per candidate, in their order
 */
public record ClockEstimate(
    long asOfRawNanos,
    Consensus consensus,
    Optional<Line> line,
    Ageing ageing,
    List<SourceVerdict> verdicts) {

  /** Copies the list. */
  public ClockEstimate {
    verdicts = List.copyOf(verdicts);
  }

  /**
   * UTC by the estimate.
   *
   * @param asOfRawNanos the instant, on the steady clock
   * @param pointEpochNanos best estimate at the instant, nanoseconds since 1970
   * @param earliestEpochNanos the earliest UTC possible
   * @param latestEpochNanos the latest UTC possible
   * @param ratePpm how much faster than the steady clock UTC runs
   * @param skewPpm how wrong that rate may be, 95 %; statistics, no promise
   * @param ageing between which rates it runs: the promise
   * @param majorityRawNanos since when a majority of the sources has spoken: the age of the vote
   * @param budget what the greater distance from the point to an end is made of
   */
  public record Line(
      long asOfRawNanos,
      long pointEpochNanos,
      long earliestEpochNanos,
      long latestEpochNanos,
      double ratePpm,
      double skewPpm,
      Ageing ageing,
      long majorityRawNanos,
      ErrorBudget budget) {

    /**
     * Whether a sample may be right: its interval touches the agreed one. A server that lied and
     * has mended its ways still has samples that do not.
     *
     * @param sample any sample of a truechimer
     * @return true if it touches
     */
    public boolean allows(NtpSample sample) {
      return ageing.earliestAt(sample, asOfRawNanos) <= latestEpochNanos
          && ageing.latestAt(sample, asOfRawNanos) >= earliestEpochNanos;
    }
  }

  /**
   * What became of one candidate.
   *
   * @param epochNanos UTC by its tightest interval, at the instant
   * @param halfWidthNanos half the width of that interval
   * @param best the sample behind it
   * @param jitterNanos root mean square distance of its samples from the line; 0 without a line
   * @param isTruechimer whether its interval touches the agreed one
   * @param isSelected whether it is the truechimer with the tightest interval
   * @param isConsistent whether every sample it has may be right
   * @param contradictedCount how many of its oldest samples its latest answer contradicts; they did
   *     not take part
   * @param voice candidates with the same number are not independent
   */
  public record SourceVerdict(
      long epochNanos,
      long halfWidthNanos,
      NtpSample best,
      long jitterNanos,
      boolean isTruechimer,
      boolean isSelected,
      boolean isConsistent,
      int contradictedCount,
      int voice) {}
}
