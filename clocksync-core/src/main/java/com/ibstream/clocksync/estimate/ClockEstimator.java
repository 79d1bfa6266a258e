package com.ibstream.clocksync.estimate;

import com.google.common.math.Quantiles;
import com.ibstream.clocksync.facts.Consensus;
import com.ibstream.clocksync.facts.ErrorBudget;
import com.ibstream.clocksync.ntp.NtpSample;
import java.util.ArrayList;
import java.util.Comparator;
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

  /** What a sample without any excess delay is still uncertain by. */
  private static final double JITTER_FLOOR_NANOS = 2_000;

  private static final double PPM = 1e-6;
  private static final double NANOS_PER_SECOND = 1e9;

  private final double rulerErrorPpm;

  /**
   * An estimator.
   *
   * @param rulerErrorPpm how much faster or slower than UTC the ruler may run, in the hard interval
   */
  public ClockEstimator(double rulerErrorPpm) {
    this.rulerErrorPpm = rulerErrorPpm;
  }

  /**
   * Estimates UTC.
   *
   * @param candidates the reachable sources
   * @param electorate how many sources could speak now, at least the candidates: those still to
   *     answer count
   * @param isSingleSource whether one source is all that was asked for
   * @param nowMonoNanos the present, on the ruler
   * @return the estimate; without a majority it has no line
   */
  public ClockEstimate estimate(
      List<Candidate> candidates, int electorate, boolean isSingleSource, long nowMonoNanos) {
    List<NtpSample> best = new ArrayList<>();
    List<IntervalVote.Claim> claims = new ArrayList<>();
    int[] voices = voices(candidates);
    for (int i = 0; i < candidates.size(); i++) {
      NtpSample tightest = tightest(candidates.get(i).samples(), nowMonoNanos);
      best.add(tightest);
      claims.add(claim(tightest, nowMonoNanos, voices[i]));
    }
    Optional<IntervalVote.Agreement> agreement =
        isSingleSource ? alone(claims) : IntervalVote.hold(claims, electorate, 2);
    if (agreement.isEmpty()) {
      return new ClockEstimate(
          nowMonoNanos,
          Consensus.NONE,
          Optional.empty(),
          verdicts(claims, best, List.of(), new double[claims.size()]));
    }
    List<Integer> truechimers = new ArrayList<>();
    for (int i = 0; i < claims.size(); i++) {
      if (agreement.get().touches(claims.get(i))) {
        truechimers.add(i);
      }
    }
    LineFit.Line fit = LineFit.fit(points(candidates, truechimers, agreement.get(), nowMonoNanos));
    double[] jitters = jitters(candidates, fit, agreement.get().earliestNanos(), nowMonoNanos);
    ClockEstimate.Line line =
        line(candidates, best, truechimers, agreement.get(), fit, electorate, nowMonoNanos);
    return new ClockEstimate(
        nowMonoNanos,
        isSingleSource ? Consensus.SINGLE_SOURCE : Consensus.MAJORITY,
        Optional.of(line),
        verdicts(claims, best, truechimers, jitters));
  }

  private static Optional<IntervalVote.Agreement> alone(List<IntervalVote.Claim> claims) {
    return claims.stream()
        .findFirst()
        .map(claim -> new IntervalVote.Agreement(claim.earliestNanos(), claim.latestNanos(), 0, 0));
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
        if (candidates.get(i).sharesVoiceWith(candidates.get(j)) && voices[i] != voices[j]) {
          int from = voices[i];
          for (int k = 0; k <= i; k++) {
            voices[k] = voices[k] == from ? voices[j] : voices[k];
          }
        }
      }
    }
    return voices;
  }

  private NtpSample tightest(List<NtpSample> samples, long nowMonoNanos) {
    return samples.subList(Math.max(0, samples.size() - VOTING_SAMPLES), samples.size()).stream()
        .min(Comparator.comparingLong(sample -> sample.halfWidthNanos(nowMonoNanos, rulerErrorPpm)))
        .orElseThrow();
  }

  /**
   * The truechimers' samples for the fit. A sample with no more delay than its server's least is
   * nearly exact; excess delay lay on one of the two ways, so half of it may be error.
   */
  private List<LineFit.Point> points(
      List<Candidate> candidates,
      List<Integer> truechimers,
      IntervalVote.Agreement agreement,
      long nowMonoNanos) {
    List<LineFit.Point> points = new ArrayList<>();
    for (int index : truechimers) {
      List<NtpSample> samples =
          candidates.get(index).samples().stream()
              .filter(s -> agreement.touches(claim(s, nowMonoNanos, 0)))
              .toList();
      long least = samples.stream().mapToLong(NtpSample::delayNanos).min().orElseThrow();
      // The median, not the mean: one answer that met a pause must not make the others look vague.
      double usualExcess =
          Quantiles.median().compute(samples.stream().mapToLong(NtpSample::delayNanos).toArray())
              - least;
      // The fewer the samples, the less is known of how much of the least delay lies on which way.
      double unknownSplit = least / (4.0 * samples.size());
      for (NtpSample sample : samples) {
        double sigma =
            JITTER_FLOOR_NANOS
                + sample.precisionNanos() / 2.0
                + (sample.delayNanos() - least) / 2.0
                + usualExcess / 4
                + unknownSplit;
        points.add(
            new LineFit.Point(
                (nowMonoNanos - sample.monoNanos()) / NANOS_PER_SECOND,
                sample.epochNanosAt(nowMonoNanos) - agreement.earliestNanos(),
                sigma));
      }
    }
    return points;
  }

  private IntervalVote.Claim claim(NtpSample sample, long nowMonoNanos, int voice) {
    long middle = sample.epochNanosAt(nowMonoNanos);
    long half = sample.halfWidthNanos(nowMonoNanos, rulerErrorPpm);
    return new IntervalVote.Claim(middle - half, middle + half, voice);
  }

  private ClockEstimate.Line line(
      List<Candidate> candidates,
      List<NtpSample> best,
      List<Integer> truechimers,
      IntervalVote.Agreement agreement,
      LineFit.Line fit,
      int electorate,
      long nowMonoNanos) {
    long fitted = agreement.earliestNanos() + Math.round(fit.offsetNanos());
    long point = Math.max(agreement.earliestNanos(), Math.min(agreement.latestNanos(), fitted));
    double rate = Math.max(-rulerErrorPpm, Math.min(rulerErrorPpm, fit.ratePpm()));
    boolean isLatestFarther = agreement.latestNanos() - point >= point - agreement.earliestNanos();
    int binding = isLatestFarther ? agreement.latestClaim() : agreement.earliestClaim();
    NtpSample sample = best.get(binding);
    long bound =
        isLatestFarther ? agreement.latestNanos() - point : point - agreement.earliestNanos();
    return new ClockEstimate.Line(
        nowMonoNanos,
        point,
        agreement.earliestNanos(),
        agreement.latestNanos(),
        rate,
        majorityMonoNanos(candidates, truechimers, electorate),
        budget(sample, bound, nowMonoNanos));
  }

  /** Since when so many truechimers have spoken that they are a majority of the electorate. */
  private static long majorityMonoNanos(
      List<Candidate> candidates, List<Integer> truechimers, int electorate) {
    long newest = candidates.get(truechimers.get(0)).latest().monoNanos();
    List<Long> agesNanos =
        truechimers.stream()
            .map(index -> newest - candidates.get(index).latest().monoNanos())
            .sorted(Comparator.naturalOrder())
            .toList();
    int needed = Math.min(truechimers.size(), Math.max(candidates.size(), electorate) / 2 + 1);
    return newest - agesNanos.get(needed - 1);
  }

  private ErrorBudget budget(NtpSample sample, long boundNanos, long nowMonoNanos) {
    long delayHalf = NtpSample.halfUp(sample.delayNanos());
    long rootDelayHalf = NtpSample.halfUp(sample.rootDelayNanos());
    long ageing = sample.rulerErrorNanos() + sample.ageingNanos(nowMonoNanos, rulerErrorPpm);
    long known =
        delayHalf + rootDelayHalf + sample.rootDispersionNanos() + sample.precisionNanos() + ageing;
    return new ErrorBudget(
        delayHalf,
        rootDelayHalf,
        sample.rootDispersionNanos(),
        sample.precisionNanos(),
        ageing,
        boundNanos - known);
  }

  private static double[] jitters(
      List<Candidate> candidates, LineFit.Line fit, long baseEpochNanos, long nowMonoNanos) {
    double[] jitters = new double[candidates.size()];
    for (int i = 0; i < jitters.length; i++) {
      jitters[i] =
          Math.sqrt(
              candidates.get(i).samples().stream()
                  .mapToDouble(
                      sample -> {
                        double elapsed = nowMonoNanos - sample.monoNanos();
                        double offset = sample.epochNanosAt(nowMonoNanos) - baseEpochNanos;
                        double onLine = fit.offsetNanos() - elapsed * fit.ratePpm() * PPM;
                        return (offset - onLine) * (offset - onLine);
                      })
                  .average()
                  .orElseThrow());
    }
    return jitters;
  }

  private static List<ClockEstimate.SourceVerdict> verdicts(
      List<IntervalVote.Claim> claims,
      List<NtpSample> best,
      List<Integer> truechimers,
      double[] jitters) {
    int selected =
        truechimers.stream()
            .min(
                Comparator.comparingLong(
                    i -> claims.get(i).latestNanos() - claims.get(i).earliestNanos()))
            .orElse(-1);
    List<ClockEstimate.SourceVerdict> verdicts = new ArrayList<>();
    for (int i = 0; i < claims.size(); i++) {
      IntervalVote.Claim claim = claims.get(i);
      long half = (claim.latestNanos() - claim.earliestNanos()) / 2;
      verdicts.add(
          new ClockEstimate.SourceVerdict(
              claim.earliestNanos() + half,
              half,
              best.get(i),
              Math.round(jitters[i]),
              truechimers.contains(i),
              i == selected));
    }
    return verdicts;
  }
}
