package com.ibstream.clocksync.estimate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The vote: which stretch of time a strict majority of the sources vouches for. Pure functions.
 *
 * <p>Intersection in the spirit of RFC 5905 section 11.2.1, with two differences that make its
 * answer hard. The answer spans <em>every</em> instant that lies in the intervals of a strict
 * majority, not only the instants that most intervals share: while a majority is honest the truth
 * is among the former, but a liar that overlaps some honest intervals can move the latter away from
 * it. And a majority is counted twice, over sources and over independent voices (sources with a
 * common parent are one voice), so that neither many copies of one opinion nor a copied parent win
 * a vote.
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
   * @param earliestNanos the earliest instant with a majority
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

  private record Edge(long atNanos, boolean isStart, int claim) {}

  private IntervalVote() {}

  /**
   * Holds the vote.
   *
   * @param claims one per source that has something to say
   * @param electorate how many sources could speak, at least the number of claims: silence counts
   *     against
   * @param minVoices how many independent voices must agree at the least
   * @return the agreement, or empty without a strict majority
   */
  static Optional<Agreement> hold(List<Claim> claims, int electorate, int minVoices) {
    int silent = Math.max(0, electorate - claims.size());
    int voices = (int) claims.stream().mapToInt(Claim::voice).distinct().count() + silent;
    int neededClaims = (claims.size() + silent) / 2 + 1;
    int neededVoices = Math.max(minVoices, voices / 2 + 1);
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < claims.size(); i++) {
      edges.add(new Edge(claims.get(i).earliestNanos, true, i));
      edges.add(new Edge(claims.get(i).latestNanos, false, i));
    }
    // Intervals are closed: at the same instant the one that begins still meets the one that ends.
    edges.sort(
        Comparator.comparingLong(Edge::atNanos)
            .thenComparing(Edge::isStart, Comparator.reverseOrder()));

    Map<Integer, Integer> claimsOfVoice = new HashMap<>();
    int present = 0;
    Optional<Edge> first = Optional.empty();
    Optional<Edge> last = Optional.empty();
    for (Edge edge : edges) {
      boolean hadMajority = present >= neededClaims && claimsOfVoice.size() >= neededVoices;
      int voice = claims.get(edge.claim).voice;
      if (edge.isStart) {
        present++;
        claimsOfVoice.merge(voice, 1, Integer::sum);
      } else {
        present--;
        claimsOfVoice.computeIfPresent(voice, (key, count) -> count == 1 ? null : count - 1);
      }
      boolean hasMajority = present >= neededClaims && claimsOfVoice.size() >= neededVoices;
      if (hasMajority && !hadMajority && first.isEmpty()) {
        first = Optional.of(edge);
      }
      if (hadMajority && !hasMajority) {
        last = Optional.of(edge);
      }
    }
    if (first.isEmpty() || last.isEmpty()) {
      return Optional.empty();
    }
    Edge start = first.get();
    Edge end = last.get();
    return Optional.of(new Agreement(start.atNanos, end.atNanos, start.claim, end.claim));
  }
}
