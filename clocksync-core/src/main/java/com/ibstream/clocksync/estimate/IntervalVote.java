package com.ibstream.clocksync.estimate;

import java.util.List;
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

  private static final int NONE = -1;

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

    Edges edges = new Edges(claims);
    int[] presentOfVoice = new int[claims.size()];
    int presentVoices = 0;
    int present = 0;
    boolean isAgreed = false;
    int first = NONE;
    int last = NONE;
    for (int edge = 0; edge < edges.count(); edge++) {
      int voice = firstWithVoice(claims, edges.claim(edge));
      if (edges.isStart(edge)) {
        present++;
        presentVoices += presentOfVoice[voice]++ == 0 ? 1 : 0;
        first = first == NONE && present >= spannedClaims ? edge : first;
        isAgreed |= present >= neededClaims && presentVoices >= neededVoices;
      } else {
        last = present == spannedClaims ? edge : last;
        present--;
        presentVoices -= --presentOfVoice[voice] == 0 ? 1 : 0;
      }
    }
    return isAgreed && first != NONE && last != NONE
        ? Optional.of(
            new Agreement(
                edges.atNanos(first), edges.atNanos(last), edges.claim(first), edges.claim(last)))
        : Optional.empty();
  }

  private static int voiceCount(List<Claim> claims) {
    int count = 0;
    for (int i = 0; i < claims.size(); i++) {
      count += firstWithVoice(claims, i) == i ? 1 : 0;
    }
    return count;
  }

  /** The first claim with the same voice. */
  private static int firstWithVoice(List<Claim> claims, int claim) {
    int voice = claims.get(claim).voice;
    int first = 0;
    while (claims.get(first).voice != voice) {
      first++;
    }
    return first;
  }

  /**
   * Both ends of all claims in order of time. Intervals are closed: at one instant what begins
   * there still meets what ends there, so it comes first.
   */
  private static final class Edges {

    private final long[] atNanos;
    private final boolean[] isStart;
    private final int[] claim;
    private int count;

    Edges(List<Claim> claims) {
      atNanos = new long[2 * claims.size()];
      isStart = new boolean[atNanos.length];
      claim = new int[atNanos.length];
      for (int i = 0; i < claims.size(); i++) {
        add(claims.get(i).earliestNanos, true, i);
        add(claims.get(i).latestNanos, false, i);
      }
    }

    /** Puts an end where it belongs: there are few, so that nothing is faster. */
    private void add(long newAtNanos, boolean isNewStart, int newClaim) {
      int at = count++;
      while (at > 0 && isBefore(newAtNanos, isNewStart, at - 1)) {
        atNanos[at] = atNanos[at - 1];
        isStart[at] = isStart[at - 1];
        claim[at] = claim[at - 1];
        at--;
      }
      atNanos[at] = newAtNanos;
      isStart[at] = isNewStart;
      claim[at] = newClaim;
    }

    private boolean isBefore(long thisAtNanos, boolean isThisStart, int other) {
      return thisAtNanos == atNanos[other]
          ? isThisStart && !isStart[other]
          : thisAtNanos < atNanos[other];
    }

    int count() {
      return count;
    }

    long atNanos(int edge) {
      return atNanos[edge];
    }

    boolean isStart(int edge) {
      return isStart[edge];
    }

    int claim(int edge) {
      return claim[edge];
    }
  }
}
