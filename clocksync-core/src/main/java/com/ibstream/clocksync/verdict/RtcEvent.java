package com.ibstream.clocksync.verdict;

import com.ibstream.clocksync.facts.BatteryFacts;
import com.ibstream.clocksync.facts.RtcFacts;
import java.util.Locale;
import java.util.Optional;

/** Something changed with the hardware clock or its battery. Immutable. */
public sealed interface RtcEvent extends ClockEvent {

  /**
   * The clock is in another state.
   *
   * @param monoNanos when it was noticed
   * @param from before; empty at the first look
   * @param to now
   * @param reason why, for people
   */
  record StateChanged(
      long monoNanos, Optional<RtcFacts.State> from, RtcFacts.State to, String reason)
      implements RtcEvent {
    @Override
    public String text() {
      return "hardware clock" + change(from, to) + ": " + reason;
    }

    /** Bad news, and that nobody knows any more what was known. */
    @Override
    public boolean isWarning() {
      return to.isBad() || (!to.isKnown() && from.filter(RtcFacts.State::isKnown).isPresent());
    }
  }

  /**
   * The battery is judged otherwise.
   *
   * @param monoNanos when it was noticed
   * @param from before; empty at the first look
   * @param to now
   * @param reason why, for people
   */
  record BatteryChanged(
      long monoNanos, Optional<BatteryFacts.Verdict> from, BatteryFacts.Verdict to, String reason)
      implements RtcEvent {
    @Override
    public String text() {
      return "battery of the hardware clock" + change(from, to) + ": " + reason;
    }

    @Override
    public boolean isWarning() {
      return to == BatteryFacts.Verdict.FAILING || to == BatteryFacts.Verdict.SUSPECT;
    }
  }

  private static String change(Optional<? extends Enum<?>> from, Enum<?> to) {
    return from.map(state -> " " + word(state) + " -> ").orElse(" is ") + word(to);
  }

  private static String word(Enum<?> state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
