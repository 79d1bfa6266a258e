package com.ibstream.clocksync.estimate;

import com.ibstream.clocksync.facts.Consensus;
import com.ibstream.clocksync.facts.ErrorBudget;
import com.ibstream.clocksync.ntp.NtpSample;
import com.ibstream.clocksync.time.RateBounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

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
            voting(candidates, Ageing.unmeasured(far), nowRawNanos),
            voices,
            electorate,
            leastVoices,
            far,
            rateChangePpm,
            nowRawNanos);
    Ageing ageing = new Ageing(near, far);
    List<List<NtpSample>> voting = voting(candidates, ageing, nowRawNanos);
    List<NtpSample> best = new ArrayList<>(candidates.size());
    List<IntervalVote.Claim> claims = new ArrayList<>(candidates.size());
    for (int i = 0; i < candidates.size(); i++) {
      NtpSample tightest = tightest(voting.get(i), ageing, nowRawNanos);
      best.add(tightest);
      claims.add(claim(tightest, ageing, nowRawNanos, voices[i]));
    }
    Optional<IntervalVote.Agreement> agreement = IntervalVote.hold(claims, electorate, leastVoices);
    Verdicts verdicts = new Verdicts(claims, best, agreement);
    noteContradicted(verdicts, candidates, voting);
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
    return new ClockEstimate(
        nowRawNanos,
        isSingleSource ? Consensus.SINGLE_SOURCE : Consensus.MAJORITY,
        Optional.of(
            line(
                best,
                agreed,
                fit,
                ageing,
                majority(
                    candidates,
                    best,
                    verdicts,
                    sample -> agreed.touches(claim(sample, ageing, nowRawNanos, 0)),
                    electorate),
                nowRawNanos)),
        ageing,
        verdicts.around(fit, agreed.earliestNanos(), candidates, nowRawNanos));
  }

  /**
   * The latest samples of each source that may speak for it: none that its very latest contradicts.
   * A source, or our own clock, has jumped then, and what was measured before is good for nothing.
   */
  private static List<List<NtpSample>> voting(
      List<Candidate> candidates, Ageing ageing, long nowRawNanos) {
    List<List<NtpSample>> voting = new ArrayList<>(candidates.size());
    for (Candidate candidate : candidates) {
      List<NtpSample> samples = candidate.samples();
      long earliest = ageing.earliestAt(candidate.latest(), nowRawNanos);
      long latest = ageing.latestAt(candidate.latest(), nowRawNanos);
      int from = samples.size() - 1;
      int oldest = Math.max(0, samples.size() - VOTING_SAMPLES);
      while (from > oldest
          && ageing.earliestAt(samples.get(from - 1), nowRawNanos) <= latest
          && ageing.latestAt(samples.get(from - 1), nowRawNanos) >= earliest) {
        from--;
      }
      voting.add(samples.subList(from, samples.size()));
    }
    return voting;
  }

  private static void noteContradicted(
      Verdicts verdicts, List<Candidate> candidates, List<List<NtpSample>> voting) {
    for (int i = 0; i < voting.size(); i++) {
      int size = candidates.get(i).samples().size();
      int competing = voting.get(i).size();
      verdicts.contradicted(i, competing < Math.min(size, VOTING_SAMPLES) ? size - competing : 0);
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

  private static NtpSample tightest(List<NtpSample> samples, Ageing ageing, long nowRawNanos) {
    NtpSample best = samples.get(0);
    long bestWidth = Long.MAX_VALUE;
    for (NtpSample sample : samples) {
      long width = ageing.latestAt(sample, nowRawNanos) - ageing.earliestAt(sample, nowRawNanos);
      if (width <= bestWidth) {
        best = sample;
        bestWidth = width;
      }
    }
    return best;
  }

  private static IntervalVote.Claim claim(
      NtpSample sample, Ageing ageing, long nowRawNanos, int voice) {
    return new IntervalVote.Claim(
        ageing.earliestAt(sample, nowRawNanos), ageing.latestAt(sample, nowRawNanos), voice);
  }

  /** The truechimers with those of their samples that may be right. */
  private static List<Candidate> believed(
      List<Candidate> candidates,
      Verdicts verdicts,
      Ageing ageing,
      IntervalVote.Agreement agreed,
      long nowRawNanos) {
    List<Candidate> believed = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      Candidate candidate = candidates.get(i);
      if (verdicts.isTruechimer(i)) {
        if (verdicts.contradictedCount(i) == 0
            && candidate.columns().isTouching(agreed, ageing, nowRawNanos)) {
          verdicts.consistent(i);
          believed.add(candidate);
        } else {
          List<NtpSample> all = candidate.samples();
          List<NtpSample> samples =
              new ArrayList<>(all.subList(verdicts.contradictedCount(i), all.size()));
          samples.removeIf(sample -> !agreed.touches(claim(sample, ageing, nowRawNanos, 0)));
          believed.add(candidate.with(samples));
        }
      }
    }
    return believed;
  }

  private static ClockEstimate.Line line(
      List<NtpSample> best,
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
        best.get(after >= before ? agreement.latestClaim() : agreement.earliestClaim());
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
      List<NtpSample> best,
      Verdicts verdicts,
      Predicate<NtpSample> isAgreed,
      int electorate) {
    long newest = candidates.get(0).latest().rawNanos();
    long[] agesNanos = new long[candidates.size()];
    int count = 0;
    for (int i = 0; i < agesNanos.length; i++) {
      if (verdicts.isTruechimer(i)) {
        NtpSample latest = candidates.get(i).latest();
        NtpSample spoken = isAgreed.test(latest) ? latest : best.get(i);
        agesNanos[count++] = newest - spoken.rawNanos();
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
