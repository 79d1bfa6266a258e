package com.ibstream.clocksync.verdict;

import com.ibstream.clocksync.facts.BatteryFacts;
import com.ibstream.clocksync.facts.RtcFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what changed with the hardware clock between two looks. Stateless. */
public final class RtcChanges {

  private RtcChanges() {}

  /**
   * The changes.
   *
   * @param before the earlier look; empty at the first one
   * @param after the later one
   * @return the events; empty if nothing changed
   */
  public static List<RtcEvent> between(Optional<RtcFacts> before, RtcFacts after) {
    List<RtcEvent> events = new ArrayList<>();
    long now = after.measuredMonoNanos();
    Optional<RtcFacts.State> state = before.map(RtcFacts::state);
    if (state.filter(after.state()::equals).isEmpty()) {
      events.add(new RtcEvent.StateChanged(now, state, after.state(), after.reason()));
    }
    Optional<BatteryFacts.Verdict> battery = before.map(facts -> facts.battery().verdict());
    boolean isThere = after.state() != RtcFacts.State.NOT_APPLICABLE;
    if (isThere && battery.filter(after.battery().verdict()::equals).isEmpty()) {
      events.add(
          new RtcEvent.BatteryChanged(
              now, battery, after.battery().verdict(), after.battery().reason()));
    }
    return events;
  }
}
