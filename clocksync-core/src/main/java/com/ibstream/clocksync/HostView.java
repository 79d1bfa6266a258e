package com.ibstream.clocksync;

import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.HostStatus;
import com.ibstream.clocksync.verdict.RtcChanges;
import com.ibstream.clocksync.verdict.RtcEvent;
import com.ibstream.clocksync.verdict.ServiceChanges;
import com.ibstream.clocksync.verdict.ServiceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The host as the monitor's thread knows it. Says itself that nobody has looked for too long:
 * whoever should look may hang. Monitor thread only.
 */
final class HostView {

  private HostStatus status = HostStatus.UNSEEN;

  HostStatus status() {
    return status;
  }

  /** What time alone has changed. */
  List<? extends ClockEvent> age(long nowMonoNanos) {
    HostStatus aged = status.at(nowMonoNanos);
    return aged.equals(status) ? List.of() : take(aged, List.of());
  }

  /**
   * Takes what was seen.
   *
   * @param changes what whoever looked found changed since the look before
   * @return the same, and what changed since this view became too old to be believed
   */
  List<ClockEvent> take(HostStatus next, List<? extends ClockEvent> changes) {
    List<ClockEvent> events = new ArrayList<>(changes);
    Optional<ServiceFacts> before = status.service();
    if (before.isPresent()
        && next.service().isPresent()
        && changes.stream().noneMatch(ServiceEvent.StateChanged.class::isInstance)) {
      ServiceChanges.between(before, next.service().get()).stream()
          .filter(ServiceEvent.StateChanged.class::isInstance)
          .forEach(events::add);
    }
    if (status.rtc().isPresent()
        && next.rtc().isPresent()
        && changes.stream().noneMatch(RtcEvent.StateChanged.class::isInstance)) {
      RtcChanges.between(status.rtc(), next.rtc().get()).stream()
          .filter(RtcEvent.StateChanged.class::isInstance)
          .forEach(events::add);
    }
    status = next;
    return events;
  }
}
