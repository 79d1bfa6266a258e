package com.ibstream.clocksync.estimate;

import com.ibstream.clocksync.ntp.NtpSample;
import java.util.List;
import java.util.Optional;

/** What became of each candidate of a vote. NOT safe for threads. */
final class Verdicts {

  private final List<Candidate> candidates;
  private final List<IntervalVote.Claim> claims;
  private final int[] best;
  private final boolean[] isTruechimer;
  private final boolean[] isConsistent;
  private final int[] contradictedCount;

  /**
   * What the vote itself says.
   *
   * @param best which sample speaks for each candidate
   */
  Verdicts(
      List<Candidate> candidates,
      List<IntervalVote.Claim> claims,
      int[] best,
      Optional<IntervalVote.Agreement> agreement) {
    this.candidates = candidates;
    this.claims = claims;
    this.best = best;
    this.isTruechimer = new boolean[claims.size()];
    this.isConsistent = new boolean[claims.size()];
    this.contradictedCount = new int[claims.size()];
    for (int i = 0; i < isTruechimer.length; i++) {
      isTruechimer[i] = agreement.isPresent() && agreement.get().touches(claims.get(i));
    }
  }

  /** The sample that speaks for a candidate. */
  NtpSample best(int index) {
    return candidates.get(index).samples().get(best[index]);
  }

  boolean isTruechimer(int index) {
    return isTruechimer[index];
  }

  /** Notes how many of its oldest samples its latest answer contradicts. */
  void contradicted(int index, int count) {
    contradictedCount[index] = count;
  }

  int contradictedCount(int index) {
    return contradictedCount[index];
  }

  /** Notes that every sample of a truechimer touches the agreement. */
  void consistent(int index) {
    isConsistent[index] = true;
  }

  /** The verdicts where there is no line. */
  List<ClockEstimate.SourceVerdict> without() {
    return list(new double[claims.size()]);
  }

  /** The verdicts beside a line. */
  List<ClockEstimate.SourceVerdict> around(
      LineFit.Line fit, long baseEpochNanos, long nowRawNanos) {
    double[] jitters = new double[claims.size()];
    for (int i = 0; i < jitters.length; i++) {
      jitters[i] = candidates.get(i).columns().jitterNanos(fit, baseEpochNanos, nowRawNanos);
    }
    return list(jitters);
  }

  private List<ClockEstimate.SourceVerdict> list(double[] jitters) {
    int selected = -1;
    for (int i = 0; i < isTruechimer.length; i++) {
      if (isTruechimer[i] && (selected < 0 || width(i) < width(selected))) {
        selected = i;
      }
    }
    ClockEstimate.SourceVerdict[] verdicts = new ClockEstimate.SourceVerdict[jitters.length];
    for (int i = 0; i < jitters.length; i++) {
      long half = NtpSample.halfUp(width(i));
      verdicts[i] =
          new ClockEstimate.SourceVerdict(
              claims.get(i).earliestNanos() + half,
              half,
              best(i),
              Math.round(jitters[i]),
              isTruechimer[i],
              i == selected,
              isConsistent[i],
              contradictedCount[i],
              claims.get(i).voice());
    }
    return List.of(verdicts);
  }

  private long width(int index) {
    return claims.get(index).latestNanos() - claims.get(index).earliestNanos();
  }
}
