package com.ibstream.clocksync.market;

import com.ibstream.clocksync.facts.FeedFacts;
import java.util.List;
import java.util.OptionalLong;

/**
 * Whether a market trades. Immutable.
 *
 * @param state the finding
 * @param reason why, for people: one clause
 * @param nextChangeEpochNanos when it will be another, nanoseconds since 1970 UTC, the margin
 *     around sessions included; empty if unknown
 */
public record MarketPhase(State state, String reason, OptionalLong nextChangeEpochNanos) {

  /** A tick is proof that the market trades for so long. */
  public static final long TICK_PROOF_NANOS = 60_000_000_000L;

  /** Whether a market trades. */
  public enum State {
    /** It trades, or may begin or may have ended a moment ago. */
    TRADING,
    /** It certainly does not. */
    CLOSED,
    /** It cannot be told. */
    UNKNOWN
  }

  /**
   * Nothing is known.
   *
   * @param reason why not, for people: one clause
   * @return unknown, without a next change
   */
  public static MarketPhase unknown(String reason) {
    return new MarketPhase(State.UNKNOWN, reason, OptionalLong.empty());
  }

  /**
   * Whether to act as in trading hours.
   *
   * @return false only if the market is certainly closed
   */
  public boolean isTradingAssumed() {
    return state != State.CLOSED;
  }

  /**
   * The same, held against what came in: a tick within the last minute overrides a table that says
   * closed.
   *
   * @param feeds what is known of the market's feeds
   * @param asOfMonoNanos the look that they are of, on the ruler
   * @param nowMonoNanos now, on the ruler
   * @return trading if a feed ticks, else this
   */
  public MarketPhase with(List<FeedFacts> feeds, long asOfMonoNanos, long nowMonoNanos) {
    long sinceLookNanos = Math.max(0, nowMonoNanos - asOfMonoNanos);
    return feeds.stream()
        .filter(feed -> isTicking(feed, sinceLookNanos))
        .findFirst()
        .filter(feed -> state != State.TRADING)
        .map(
            feed ->
                new MarketPhase(
                    State.TRADING,
                    "feed " + feed.name() + " ticked within the last minute (else: " + reason + ")",
                    OptionalLong.empty()))
        .orElse(this);
  }

  private static boolean isTicking(FeedFacts feed, long sinceLookNanos) {
    return feed.lastAgeNanos().isPresent()
        && feed.lastAgeNanos().getAsLong() <= TICK_PROOF_NANOS - sinceLookNanos;
  }
}
