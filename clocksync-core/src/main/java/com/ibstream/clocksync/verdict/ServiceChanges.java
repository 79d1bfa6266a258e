package com.ibstream.clocksync.verdict;

import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.facts.ServiceFacts.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what changed with the time service between two looks. Stateless. */
public final class ServiceChanges {

  private ServiceChanges() {}

  /**
   * The changes, most important first.
   *
   * @param before the earlier look; empty at the first one
   * @param after the later one
   * @return the events; empty if nothing changed
   */
  public static List<ServiceEvent> between(Optional<ServiceFacts> before, ServiceFacts after) {
    List<ServiceEvent> events = new ArrayList<>();
    long now = after.measuredMonoNanos();
    if (before.isEmpty() || before.get().state() != after.state()) {
      events.add(
          new ServiceEvent.StateChanged(
              now, name(after), before.map(ServiceFacts::state), after.state(), after.reason()));
    }
    for (Finding finding : after.findings()) {
      if (before.isEmpty() || !before.get().has(finding.kind())) {
        events.add(new ServiceEvent.Found(now, finding, false));
      }
    }
    before.ifPresent(
        facts ->
            facts.findings().stream()
                .filter(finding -> !after.has(finding.kind()))
                .forEach(finding -> events.add(new ServiceEvent.Found(now, finding, true))));
    return events;
  }

  private static String name(ServiceFacts facts) {
    return facts
        .unit()
        .map(ServiceFacts.Unit::name)
        .or(() -> facts.service().map(service -> service.word()))
        .orElse("of this host");
  }
}
