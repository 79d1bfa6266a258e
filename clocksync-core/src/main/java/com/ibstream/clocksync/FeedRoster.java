package com.ibstream.clocksync;

import com.ibstream.clocksync.facts.FeedFacts;
import com.ibstream.clocksync.market.FeedCheck;
import com.ibstream.clocksync.market.FeedJudge;
import com.ibstream.clocksync.market.FeedLook;
import com.ibstream.clocksync.market.FeedSettings;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.TrustLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The market feeds whose stamps judge our clocks. Feeds come from any thread and stay. */
final class FeedRoster {

  /** Each costs a look some microseconds, and a program has one per connection at the most. */
  static final int MOST_FEEDS = 16;

  private final Ruler ruler;
  private final List<FeedJudge> judges = new CopyOnWriteArrayList<>();

  FeedRoster(Ruler ruler) {
    this.ruler = ruler;
  }

  synchronized FeedCheck add(FeedSettings settings) {
    if (judges.stream().anyMatch(j -> j.check().settings().name().equals(settings.name()))) {
      throw new IllegalArgumentException(
          "there is a feed of that name already: " + settings.name());
    }
    if (judges.size() >= MOST_FEEDS) {
      throw new IllegalStateException(
          "there are " + MOST_FEEDS + " feeds already; no room for " + settings.name());
    }
    FeedCheck check = new FeedCheck(ruler, settings);
    judges.add(new FeedJudge(check));
    return check;
  }

  /** What each feed proves, in the order in which they came. Monitor thread only. */
  List<FeedFacts> judge(OwnClocks.Look look, double rawErrorPpm, Reading trusted) {
    if (judges.isEmpty()) {
      return List.of();
    }
    FeedLook clocks =
        new FeedLook(
            look.wall().monoNanos(),
            look.rawNanos(),
            look.mapping().halfWidthNanos(),
            rawErrorPpm,
            look.wall().epochNanos(),
            look.wall().halfWidthNanos(),
            trusted.trust() == TrustLevel.UNKNOWN
                ? Optional.empty()
                : Optional.of(
                    new FeedLook.TrustedClockReading(
                        trusted.monoNanos(), trusted.epochNanos(), trusted.latestEpochNanos())),
            look.jump().isPresent());
    List<FeedFacts> facts = new ArrayList<>();
    for (FeedJudge judge : judges) {
      facts.add(judge.look(clocks));
    }
    return List.copyOf(facts);
  }
}
