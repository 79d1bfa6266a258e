package com.ibstream.clocksync.verdict;

import com.ibstream.clocksync.facts.ServiceFacts;
import java.util.Locale;
import java.util.Optional;

/** Something changed with the host's time service. Immutable. */
public sealed interface ServiceEvent extends ClockEvent {

  /**
   * Its state is another one.
   *
   * @param monoNanos when it was noticed
   * @param unit the unit, or what stands for it where there is none
   * @param from before; empty at the first look
   * @param to now
   * @param reason why, for people
   */
  record StateChanged(
      long monoNanos,
      String unit,
      Optional<ServiceFacts.State> from,
      ServiceFacts.State to,
      String reason)
      implements ServiceEvent {
    @Override
    public String text() {
      return "time service "
          + unit
          + from.map(state -> " " + word(state) + " -> ").orElse(" is ")
          + word(to)
          + ": "
          + reason;
    }

    private static String word(ServiceFacts.State state) {
      return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Bad news, and that nobody knows any more what was known. */
    @Override
    public boolean isWarning() {
      return to.isBad() || (!to.isKnown() && from.filter(ServiceFacts.State::isKnown).isPresent());
    }
  }

  /**
   * Something else is not as it should be, or no longer.
   *
   * @param monoNanos when it was noticed
   * @param finding what
   * @param isOver whether it is no longer so
   */
  record Found(long monoNanos, ServiceFacts.Finding finding, boolean isOver)
      implements ServiceEvent {
    @Override
    public String text() {
      return "time service: " + (isOver ? "no longer: " : "") + finding.text();
    }

    @Override
    public boolean isWarning() {
      return !isOver;
    }
  }
}
