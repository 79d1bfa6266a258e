package com.ibstream.clocksync;

import com.ibstream.clocksync.facts.RtcFacts;
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

  /** What holds if the first look is not over by then; empty where nobody looks. */
  private Optional<HostStatus> expected = Optional.empty();

  private long expectedMonoNanos;

  HostStatus status() {
    return status;
  }

  /** Somebody looks from now on. Whoever hangs in the very first look has not seen it well. */
  void expect(long nowMonoNanos, long lifeNanos) {
    String why = "nobody has looked for " + lifeNanos / 1_000_000_000L + " s";
    expected =
        Optional.of(
            new HostStatus(
                Optional.of(ServiceFacts.unseen(nowMonoNanos, why)),
                Optional.of(RtcFacts.unseen(nowMonoNanos, why)),
                Optional.empty(),
                lifeNanos));
    expectedMonoNanos = nowMonoNanos + lifeNanos;
  }

  /** What time alone has changed. */
  List<? extends ClockEvent> age(long nowMonoNanos) {
    if (status.service().isEmpty() && nowMonoNanos - expectedMonoNanos > 0) {
      status = expected.map(this::withWhatWasSeen).orElse(status);
    }
    HostStatus aged = status.at(nowMonoNanos);
    return aged.equals(status) ? List.of() : take(aged, List.of());
  }

  /** A first look may hang after it has seen the hardware clock. */
  private HostStatus withWhatWasSeen(HostStatus missed) {
    return new HostStatus(
        missed.service(), status.rtc().or(missed::rtc), status.repair(), missed.lifeNanos());
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
