package com.ibstream.clocksync.estimate;

import com.ibstream.clocksync.ntp.NtpSample;
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
   * @param candidates each with its voting samples, oldest first
   * @param voices who is independent of whom
   * @param electorate how many sources could speak
   * @param minVoices how many independent voices must agree
   * @param far what any clock of this kind may do; holds the answer
   * @param changePpm how far the rate may be from its mean over the samples
   * @param nowRawNanos the present, on the steady clock
   * @return the agreed bounds; {@code far} where nothing better is proved
   */
  static RateBounds hold(
      List<List<NtpSample>> candidates,
      int[] voices,
      int electorate,
      int minVoices,
      RateBounds far,
      double changePpm,
      long nowRawNanos) {
    if (changePpm >= far.halfWidthPpm()) {
      return far;
    }
    List<IntervalVote.Claim> claims = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      RateBounds claim = claim(candidates.get(i), far, changePpm, nowRawNanos);
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
      List<NtpSample> samples, RateBounds far, double changePpm, long nowRawNanos) {
    double min = Double.NEGATIVE_INFINITY;
    double max = Double.POSITIVE_INFINITY;
    for (int i = 0; i < samples.size(); i++) {
      NtpSample first = samples.get(i);
      for (int j = i + 1; j < samples.size(); j++) {
        NtpSample second = samples.get(j);
        long span = second.rawNanos() - first.rawNanos();
        if (span >= LEAST_SPAN_NANOS && nowRawNanos - first.rawNanos() <= Ageing.NEAR_NANOS) {
          long gained = second.epochNanos() - first.epochNanos() - span;
          long widths = first.halfWidthNanos() + second.halfWidthNanos();
          min = Math.max(min, (gained - widths) * MILLIONTHS / span);
          max = Math.min(max, (gained + widths) * MILLIONTHS / span);
        }
      }
    }
    double least = Math.max(far.minPpm(), min - changePpm);
    double most = Math.min(far.maxPpm(), max + changePpm);
    // Where nothing is left the rate changed by more than was assumed, or the source lies.
    return least <= most ? new RateBounds(least, most) : far;
  }
}
