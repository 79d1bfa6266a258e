package com.ibstream.clocksync.verdict;

import com.ibstream.clocksync.facts.FeedFacts;
import java.util.List;
import java.util.OptionalLong;

/** Finds what changed in what feeds say. Stateless. */
final class FeedChanges {

  /** What a feed that is new has said before: nothing. */
  private static final FeedFacts SILENT =
      new FeedFacts(
          "",
          0,
          0,
          OptionalLong.empty(),
          0,
          0,
          OptionalLong.empty(),
          OptionalLong.empty(),
          FeedFacts.Lateness.UNKNOWN,
          FeedFacts.Lateness.UNKNOWN);

  private FeedChanges() {}

  /**
   * Adds the changes.
   *
   * @param before facts of the earlier status
   * @param after facts of the later one
   * @param monoNanos when they were noticed
   * @param events takes them
   */
  static void between(
      List<FeedFacts> before, List<FeedFacts> after, long monoNanos, List<ClockEvent> events) {
    if (before == after) {
      return;
    }
    for (FeedFacts now : after) {
      String name = now.name();
      FeedFacts was =
          before.stream().filter(feed -> feed.name().equals(name)).findFirst().orElse(SILENT);
      if (was.trustedClockSlowNanos().isPresent() != now.trustedClockSlowNanos().isPresent()) {
        events.add(
            new FeedEvent.TrustedClockContradicted(monoNanos, name, now.trustedClockSlowNanos()));
      }
      if (was.systemClockSlowNanos().isPresent() != now.systemClockSlowNanos().isPresent()) {
        events.add(
            new FeedEvent.SystemClockProvedSlow(monoNanos, name, now.systemClockSlowNanos()));
      }
      for (FeedEvent.Clock clock : FeedEvent.Clock.values()) {
        FeedFacts.Lateness late = lateness(now, clock);
        if (lateness(was, clock).isRaised() != late.isRaised()) {
          events.add(
              new FeedEvent.LatenessChanged(
                  monoNanos, name, clock, late.isRaised(), late.riseNanos()));
        }
      }
    }
  }

  private static FeedFacts.Lateness lateness(FeedFacts feed, FeedEvent.Clock clock) {
    return switch (clock) {
      case TRUSTED -> feed.trustedClockLateness();
      case SYSTEM -> feed.systemClockLateness();
    };
  }
}
