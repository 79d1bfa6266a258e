package com.ibstream.clocksync.health;

import com.ibstream.clocksync.facts.FeedFacts;
import java.util.OptionalLong;

/** Facts of feeds for tests; one per thing that a feed can say. */
public final class Feeds {

  private static final long MILLI = 1_000_000L;

  private Feeds() {}

  private static FeedFacts ib(
      OptionalLong trustedSlow, OptionalLong systemSlow, FeedFacts.Lateness systemLateness) {
    return new FeedFacts(
        "ib",
        12_345,
        2,
        OptionalLong.of(150 * MILLI),
        1_000 * MILLI,
        50 * MILLI,
        trustedSlow,
        systemSlow,
        FeedFacts.Lateness.UNKNOWN,
        systemLateness);
  }

  /** Nothing to complain of. */
  public static FeedFacts quiet() {
    return ib(OptionalLong.empty(), OptionalLong.empty(), FeedFacts.Lateness.UNKNOWN);
  }

  /** The system clock is 36 s behind, at least. */
  public static FeedFacts systemClockSlow() {
    return ib(OptionalLong.empty(), OptionalLong.of(36_000 * MILLI), FeedFacts.Lateness.UNKNOWN);
  }

  /** Both clocks are behind, the trusted one by 250 ms. */
  public static FeedFacts contradicting() {
    return ib(
        OptionalLong.of(250 * MILLI), OptionalLong.of(300 * MILLI), FeedFacts.Lateness.UNKNOWN);
  }

  /** Ticks come in half a second later than usual by the system clock. */
  public static FeedFacts late() {
    return ib(
        OptionalLong.empty(),
        OptionalLong.empty(),
        new FeedFacts.Lateness(
            OptionalLong.of(505 * MILLI),
            OptionalLong.of(5 * MILLI),
            OptionalLong.of(500 * MILLI),
            true));
  }
}
