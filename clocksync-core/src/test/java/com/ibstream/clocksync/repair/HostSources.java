package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.facts.SourceFacts;
import com.ibstream.clocksync.facts.SourceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Servers of a made-up host: one liar, and those that agree. */
final class HostSources {

  private HostSources() {}

  static List<SourceFacts> of(boolean isSourceHeard, int voters) {
    List<SourceFacts> sources = new ArrayList<>();
    sources.add(source(isSourceHeard ? SourceState.FALSETICKER : SourceState.UNREACHABLE, 99));
    for (int i = 0; isSourceHeard && i < voters; i++) {
      sources.add(source(SourceState.COMBINED, i));
    }
    return sources;
  }

  private static SourceFacts source(SourceState sourceState, int number) {
    return new SourceFacts(
        "a.test",
        "192.0.2." + number + ":123",
        sourceState,
        Optional.empty(),
        "",
        Map.of(),
        8,
        8,
        255,
        64 * HostStatuses.SECOND,
        false,
        false,
        OptionalInt.of(number),
        Optional.empty());
  }
}
