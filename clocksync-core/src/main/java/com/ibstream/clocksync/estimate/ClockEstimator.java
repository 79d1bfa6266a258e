package com.ibstream.clocksync.estimate;

import com.ibstream.clocksync.facts.Consensus;
import com.ibstream.clocksync.facts.ErrorBudget;
import com.ibstream.clocksync.ntp.NtpSample;
import com.ibstream.clocksync.time.RateBounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Many samples in, one line with bounds out. A pure function of samples and the present; keeps
 * nothing.
 *
 * <p>Two answers that are never mixed: the <em>interval</em> is the vote's and must hold UTC
 * whatever the statistics say; the <em>point</em> is the fit's, clamped into the interval.
 */
public final class ClockEstimator {

  /** How many of a source's latest samples compete to speak for it in the vote. */
  private static final int VOTING_SAMPLES = 8;

  private static final int LEAST_VOICES = 2;

  private final RateBounds far;
  private final double rateChangePpm;

  /**
   * An estimator.
   *
   * @param far between which rates UTC runs against the steady clock in any case
   * @param rateChangePpm how far the rate may leave its mean over the voting samples, until the
   *     next answers come
   */
  public ClockEstimator(RateBounds far, double rateChangePpm) {
    this.far = far;
    this.rateChangePpm = rateChangePpm;
  }

  /**
   * Estimates UTC.
   *
   * @param candidates the reachable sources
   * @param electorate how many sources could speak now, at least the candidates: those still to
   *     answer count
   * @param isSingleSource whether one source is all that was asked for
   * @param nowRawNanos the present, on the steady clock
   * @return the estimate; without a majority it has no line
   */
  public ClockEstimate estimate(
      List<Candidate> candidates, int electorate, boolean isSingleSource, long nowRawNanos) {
    int[] voices = voices(candidates);
    int leastVoices = isSingleSource ? 1 : LEAST_VOICES;
    RateBounds near =
        RateVote.hold(
            candidates.stream().map(Candidate::columns).toList(),
            firstVoting(candidates, Ageing.unmeasured(far), nowRawNanos),
            voices,
            electorate,
            leastVoices,
            far,
            rateChangePpm,
            nowRawNanos);
    Ageing ageing = new Ageing(near, far);
    int[] firstVoting = firstVoting(candidates, ageing, nowRawNanos);
    int[] best = new int[firstVoting.length];
    List<IntervalVote.Claim> claims = new ArrayList<>(best.length);
    for (int i = 0; i < best.length; i++) {
      SampleColumns columns = candidates.get(i).columns();
      best[i] = columns.tightest(firstVoting[i], ageing, nowRawNanos);
      claims.add(
          new IntervalVote.Claim(
              columns.earliestAt(best[i], ageing, nowRawNanos),
              columns.latestAt(best[i], ageing, nowRawNanos),
              voices[i]));
    }
    Optional<IntervalVote.Agreement> agreement = IntervalVote.hold(claims, electorate, leastVoices);
    Verdicts verdicts = new Verdicts(candidates, claims, best, agreement);
    noteContradicted(verdicts, candidates, firstVoting);
    if (agreement.isEmpty()) {
      return new ClockEstimate(
          nowRawNanos, Consensus.NONE, Optional.empty(), ageing, verdicts.without());
    }
    IntervalVote.Agreement agreed = agreement.get();
    LineFit.Line fit =
        LineFit.fit(
            Points.of(
                believed(candidates, verdicts, ageing, agreed, nowRawNanos),
                agreed.earliestNanos(),
                nowRawNanos),
            far.halfWidthPpm());
    long majorityRawNanos = majority(candidates, verdicts, agreed, ageing, electorate, nowRawNanos);
    return new ClockEstimate(
        nowRawNanos,
        isSingleSource ? Consensus.SINGLE_SOURCE : Consensus.MAJORITY,
        Optional.of(line(verdicts, agreed, fit, ageing, majorityRawNanos, nowRawNanos)),
        ageing,
        verdicts.around(fit, agreed.earliestNanos(), nowRawNanos));
  }

  /**
   * From which of its samples on each source votes: the latest of them that may speak for it are
   * those that its very latest does not contradict. A source, or our own clock, has jumped then,
   * and what was measured before is good for nothing.
   */
  private static int[] firstVoting(List<Candidate> candidates, Ageing ageing, long nowRawNanos) {
    int[] first = new int[candidates.size()];
    for (int i = 0; i < first.length; i++) {
      first[i] = candidates.get(i).columns().firstCompatible(VOTING_SAMPLES, ageing, nowRawNanos);
    }
    return first;
  }

  private static void noteContradicted(
      Verdicts verdicts, List<Candidate> candidates, int[] firstVoting) {
    for (int i = 0; i < firstVoting.length; i++) {
      int size = candidates.get(i).columns().count();
      boolean isOneLeftOut = size - firstVoting[i] < Math.min(size, VOTING_SAMPLES);
      verdicts.contradicted(i, isOneLeftOut ? firstVoting[i] : 0);
    }
  }

  /**
   * Numbers the independent voices; sources that share one, directly or through others, get the
   * same number.
   */
  private static int[] voices(List<Candidate> candidates) {
    int[] voices = new int[candidates.size()];
    for (int i = 0; i < voices.length; i++) {
      voices[i] = i;
      for (int j = 0; j < i; j++) {
        if (voices[i] != voices[j] && candidates.get(i).sharesVoiceWith(candidates.get(j))) {
          int from = voices[i];
          for (int k = 0; k <= i; k++) {
            voices[k] = voices[k] == from ? voices[j] : voices[k];
          }
        }
      }
    }
    return voices;
  }

  /** The truechimers with those of their samples that may be right. */
  private static List<Candidate> believed(
      List<Candidate> candidates,
      Verdicts verdicts,
      Ageing ageing,
      IntervalVote.Agreement agreed,
      long nowRawNanos) {
    List<Candidate> believed = new ArrayList<>(candidates.size());
    for (int i = 0; i < candidates.size(); i++) {
      Candidate candidate = candidates.get(i);
      if (verdicts.isTruechimer(i)) {
        if (verdicts.contradictedCount(i) == 0
            && candidate.columns().isTouching(agreed, ageing, nowRawNanos)) {
          verdicts.consistent(i);
          believed.add(candidate);
        } else {
          List<NtpSample> samples = new ArrayList<>(candidate.columns().count());
          for (int k = verdicts.contradictedCount(i); k < candidate.columns().count(); k++) {
            if (candidate.columns().isTouching(k, agreed, ageing, nowRawNanos)) {
              samples.add(candidate.samples().get(k));
            }
          }
          believed.add(candidate.with(samples));
        }
      }
    }
    return believed;
  }

  private static ClockEstimate.Line line(
      Verdicts verdicts,
      IntervalVote.Agreement agreement,
      LineFit.Line fit,
      Ageing ageing,
      long majorityRawNanos,
      long nowRawNanos) {
    long fitted = agreement.earliestNanos() + Math.round(fit.offsetNanos());
    long point = Math.max(agreement.earliestNanos(), Math.min(agreement.latestNanos(), fitted));
    long after = agreement.latestNanos() - point;
    long before = point - agreement.earliestNanos();
    NtpSample binding =
        verdicts.best(after >= before ? agreement.latestClaim() : agreement.earliestClaim());
    return new ClockEstimate.Line(
        nowRawNanos,
        point,
        agreement.earliestNanos(),
        agreement.latestNanos(),
        ageing.near().clamp(fit.ratePpm()),
        fit.skewPpm(),
        ageing,
        majorityRawNanos,
        budget(binding, ageing, Math.max(after, before), nowRawNanos));
  }

  /**
   * Since when so many truechimers have spoken that they are a majority of the electorate. One
   * whose latest answer is not among what was agreed has spoken with the sample that is.
   */
  private static long majority(
      List<Candidate> candidates,
      Verdicts verdicts,
      IntervalVote.Agreement agreed,
      Ageing ageing,
      int electorate,
      long nowRawNanos) {
    long newest = candidates.get(0).latest().rawNanos();
    long[] agesNanos = new long[candidates.size()];
    int count = 0;
    for (int i = 0; i < agesNanos.length; i++) {
      if (verdicts.isTruechimer(i)) {
        SampleColumns columns = candidates.get(i).columns();
        int latest = columns.count() - 1;
        boolean isAgreed = columns.isTouching(latest, agreed, ageing, nowRawNanos);
        long spokenRawNanos = isAgreed ? columns.rawNanos(latest) : verdicts.best(i).rawNanos();
        agesNanos[count++] = newest - spokenRawNanos;
      }
    }
    Arrays.sort(agesNanos, 0, count);
    int needed = Math.min(count, Math.max(candidates.size(), electorate) / 2 + 1);
    return newest - agesNanos[needed - 1];
  }

  private static ErrorBudget budget(
      NtpSample sample, Ageing ageing, long boundNanos, long nowRawNanos) {
    long width = ageing.latestAt(sample, nowRawNanos) - ageing.earliestAt(sample, nowRawNanos);
    long aged = sample.rulerErrorNanos() + NtpSample.halfUp(width) - sample.halfWidthNanos();
    return new ErrorBudget(
            NtpSample.halfUp(sample.delayNanos()),
            NtpSample.halfUp(sample.rootDelayNanos()),
            sample.rootDispersionNanos(),
            sample.precisionNanos(),
            aged,
            0,
            0)
        .centred(boundNanos);
  }
}
