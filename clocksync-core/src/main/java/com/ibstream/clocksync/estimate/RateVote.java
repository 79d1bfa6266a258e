package com.ibstream.clocksync.estimate;

import com.ibstream.clocksync.time.RateBounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The vote on the rate: how fast UTC runs against our clock, by what a strict majority of the
 * sources vouches for. Pure functions.
 *
 * <p>Two hard intervals of one source, [e1, l1] and [e2, l2] with dt between them, prove that UTC
 * went on by at least e2 - l1 and at most l2 - e1 in dt, so its mean rate is known within hard
 * bounds. How far the rate may have left its mean meanwhile, and will until the next answers, is an
 * assumption about the oscillator: the change allowed.
 */
final class RateVote {

  /** Pairs closer together than this say nothing that would be worth their width. */
  private static final long LEAST_SPAN_NANOS = 10_000_000_000L;

  private static final double MILLIONTHS = 1e6;

  private RateVote() {}

  /**
   * Holds the vote.
   *
   * @param candidates the samples of each, oldest first
   * @param firstVoting from which of them on they vote
   * @param voices who is independent of whom
   * @param electorate how many sources could speak
   * @param minVoices how many independent voices must agree
   * @param far what any clock of this kind may do; holds the answer
   * @param changePpm how far the rate may be from its mean over the samples
   * @param nowRawNanos the present, on the steady clock
   * @return the agreed bounds; {@code far} where nothing better is proved
   */
  static RateBounds hold(
      List<SampleColumns> candidates,
      int[] firstVoting,
      int[] voices,
      int electorate,
      int minVoices,
      RateBounds far,
      double changePpm,
      long nowRawNanos) {
    if (changePpm >= far.halfWidthPpm()) {
      return far;
    }
    List<IntervalVote.Claim> claims = new ArrayList<>(candidates.size());
    for (int i = 0; i < candidates.size(); i++) {
      RateBounds claim = claim(candidates.get(i), firstVoting[i], far, changePpm, nowRawNanos);
      claims.add(
          new IntervalVote.Claim(
              (long) Math.floor(claim.minPpm() * MILLIONTHS),
              (long) Math.ceil(claim.maxPpm() * MILLIONTHS),
              voices[i]));
    }
    Optional<IntervalVote.Agreement> agreement = IntervalVote.hold(claims, electorate, minVoices);
    return agreement
        .map(
            agreed ->
                new RateBounds(
                        agreed.earliestNanos() / MILLIONTHS, agreed.latestNanos() / MILLIONTHS)
                    .within(far))
        .orElse(far);
  }

  private static RateBounds claim(
      SampleColumns samples, int first, RateBounds far, double changePpm, long nowRawNanos) {
    double min = Double.NEGATIVE_INFINITY;
    double max = Double.POSITIVE_INFINITY;
    for (int i = first; i < samples.count(); i++) {
      if (nowRawNanos - samples.rawNanos(i) <= Ageing.NEAR_NANOS) {
        for (int k = i + 1; k < samples.count(); k++) {
          long span = samples.rawNanos(k) - samples.rawNanos(i);
          if (span >= LEAST_SPAN_NANOS) {
            long gained = samples.epochNanos(k) - samples.epochNanos(i) - span;
            long widths = samples.halfWidthNanos(i) + samples.halfWidthNanos(k);
            min = Math.max(min, (gained - widths) * MILLIONTHS / span);
            max = Math.min(max, (gained + widths) * MILLIONTHS / span);
          }
        }
      }
    }
    double least = Math.max(far.minPpm(), min - changePpm);
    double most = Math.min(far.maxPpm(), max + changePpm);
    // Where nothing is left the rate changed by more than was assumed, or the source lies.
    return least <= most ? new RateBounds(least, most) : far;
  }
}
