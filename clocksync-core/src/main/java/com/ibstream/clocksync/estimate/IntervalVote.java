package com.ibstream.clocksync.estimate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The vote: which stretch of time a strict majority of the sources vouches for. Pure functions.
 *
 * <p>Intersection in the spirit of RFC 5905 section 11.2.1, with differences that make its answer
 * hard.
 *
 * <ul>
 *   <li>There is an agreement if some instant lies in the intervals of a strict majority, counted
 *       twice: over sources and over independent voices (sources with a common parent are one
 *       voice). So neither many copies of one opinion nor a copied parent win a vote.
 *   <li>What is agreed spans <em>every</em> instant with a majority of the sources, not only those
 *       that most intervals share: while a majority is honest the truth is among the former, but a
 *       liar that overlaps some honest intervals can move the latter away from it.
 *   <li>A source that has not spoken yet counts against the agreement, and for every instant in its
 *       span: it may be an honest one.
 * </ul>
 */
final class IntervalVote {

  /**
   * One source's claim.
   *
   * @param earliestNanos the earliest instant it allows
   * @param latestNanos the latest
   * @param voice sources with the same voice are not independent
   */
  record Claim(long earliestNanos, long latestNanos, int voice) {}

  /**
   * What a majority agrees on.
   *
   * @param earliestNanos the earliest instant that a majority may vouch for
   * @param latestNanos the latest
   * @param earliestClaim index of the claim that sets the earlier end
   * @param latestClaim index of the claim that sets the later end
   */
  record Agreement(long earliestNanos, long latestNanos, int earliestClaim, int latestClaim) {

    /** Whether a claim touches what was agreed: a truechimer. */
    boolean touches(Claim claim) {
      return claim.earliestNanos <= latestNanos && claim.latestNanos >= earliestNanos;
    }
  }

  private record Edge(long atNanos, boolean isStart, int claim) implements Comparable<Edge> {

    /** Intervals are closed: at one instant what begins there still meets what ends there. */
    @Override
    public int compareTo(Edge other) {
      int order = Long.compare(atNanos, other.atNanos);
      return order == 0 ? Boolean.compare(other.isStart, isStart) : order;
    }
  }

  private IntervalVote() {}

  /**
   * Holds the vote.
   *
   * @param claims one per source that has something to say
   * @param electorate how many sources could speak, at least the number of claims
   * @param minVoices how many independent voices must agree at the least
   * @return the agreement, or empty without a strict majority
   */
  static Optional<Agreement> hold(List<Claim> claims, int electorate, int minVoices) {
    int silent = Math.max(0, electorate - claims.size());
    int voices = voiceCount(claims) + silent;
    int neededClaims = (claims.size() + silent) / 2 + 1;
    int neededVoices = Math.max(minVoices, voices / 2 + 1);
    int spannedClaims = Math.max(1, neededClaims - silent);

    Map<Integer, Integer> claimsOfVoice = new HashMap<>();
    int present = 0;
    boolean isAgreed = false;
    Optional<Edge> first = Optional.empty();
    Optional<Edge> last = Optional.empty();
    for (Edge edge : edges(claims)) {
      int voice = claims.get(edge.claim).voice;
      if (edge.isStart) {
        present++;
        claimsOfVoice.merge(voice, 1, Integer::sum);
        if (present >= spannedClaims && first.isEmpty()) {
          first = Optional.of(edge);
        }
        isAgreed |= present >= neededClaims && claimsOfVoice.size() >= neededVoices;
      } else {
        if (present == spannedClaims) {
          last = Optional.of(edge);
        }
        present--;
        claimsOfVoice.computeIfPresent(voice, (key, count) -> count == 1 ? null : count - 1);
      }
    }
    if (!isAgreed || first.isEmpty() || last.isEmpty()) {
      return Optional.empty();
    }
    Edge start = first.get();
    Edge end = last.get();
    return Optional.of(new Agreement(start.atNanos, end.atNanos, start.claim, end.claim));
  }

  private static int voiceCount(List<Claim> claims) {
    int count = 0;
    for (int i = 0; i < claims.size(); i++) {
      boolean isNew = true;
      for (int k = 0; k < i; k++) {
        isNew &= claims.get(k).voice != claims.get(i).voice;
      }
      count += isNew ? 1 : 0;
    }
    return count;
  }

  /** Both ends of all claims in order of time. */
  private static Edge[] edges(List<Claim> claims) {
    Edge[] edges = new Edge[2 * claims.size()];
    for (int i = 0; i < claims.size(); i++) {
      edges[2 * i] = new Edge(claims.get(i).earliestNanos, true, i);
      edges[2 * i + 1] = new Edge(claims.get(i).latestNanos, false, i);
    }
    Arrays.sort(edges);
    return edges;
  }
}
