package com.ibstream.clocksync.verdict;

import com.ibstream.clocksync.facts.SourceFacts;
import com.ibstream.clocksync.facts.SourceState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds what changed between two statuses. Stateless. */
public final class EventFinder {

  private EventFinder() {}

  /**
   * The changes, most important first.
   *
   * @param before the earlier status
   * @param after the later one
   * @return the events; empty if nothing changed
   */
  public static List<ClockEvent> between(ClockStatus before, ClockStatus after) {
    List<ClockEvent> events = new ArrayList<>();
    long now = after.asOfMonoNanos();
    if (before.trust() != after.trust()) {
      events.add(new ClockEvent.TrustChanged(now, before.trust(), after.trust(), after.reason()));
    }
    if (before.consensus() != after.consensus()) {
      events.add(new ClockEvent.ConsensusChanged(now, before.consensus(), after.consensus()));
    }
    FeedChanges.between(before.feeds(), after.feeds(), now, events);
    if (before.sources() == after.sources()) {
      return events;
    }
    Map<String, SourceState> statesBefore = new HashMap<>();
    for (int i = 0; i < after.sources().size(); i++) {
      SourceFacts source = after.sources().get(i);
      SourceState from;
      if (i < before.sources().size() && isSame(before.sources().get(i), source)) {
        from = before.sources().get(i).state();
      } else {
        if (statesBefore.isEmpty()) {
          before.sources().forEach(other -> statesBefore.put(key(other), other.state()));
        }
        from = statesBefore.getOrDefault(key(source), SourceState.WAITING);
      }
      if (coarse(from) != coarse(source.state())) {
        events.add(
            new ClockEvent.SourceChanged(
                now,
                source.server(),
                source.address(),
                from,
                source.state(),
                source.rejection(),
                source.detail()));
      }
    }
    return events;
  }

  private static boolean isSame(SourceFacts a, SourceFacts b) {
    return a.server().equals(b.server()) && a.address().equals(b.address());
  }

  private static String key(SourceFacts source) {
    return source.server() + " " + source.address();
  }

  /** Which truechimer is selected, or how good one is, changes all the time and concerns nobody. */
  private static SourceState coarse(SourceState state) {
    return state.isTruechimer() ? SourceState.COMBINED : state;
  }
}
