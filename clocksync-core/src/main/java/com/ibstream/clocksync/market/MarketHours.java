package com.ibstream.clocksync.market;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * Says whether the host's markets trade. Supplied by the host service, or one of ours: {@link
 * TradingSessions} for what is known beforehand. The question holds the time, because the host's
 * own clock may be the one that is wrong.
 */
@FunctionalInterface
public interface MarketHours {

  /** Nobody says when the market trades, so it may at any time. */
  MarketHours NEVER_KNOWN =
      (earliestEpochNanos, latestEpochNanos) ->
          MarketPhase.unknown("no trading hours are configured");

  /**
   * Whether the market trades. May block for a limited time.
   *
   * @param earliestEpochNanos UTC is not before this, nanoseconds since 1970
   * @param latestEpochNanos UTC is not after this; not less
   * @return closed only if it is closed all the time between
   */
  MarketPhase phase(long earliestEpochNanos, long latestEpochNanos);

  /**
   * The same for code that must go on: somebody else's failure is an unknown phase.
   *
   * @param earliestEpochNanos UTC is not before this, nanoseconds since 1970
   * @param latestEpochNanos UTC is not after this; not less
   * @return unknown, with the reason, if this throws or returns nothing
   */
  default MarketPhase phaseOrUnknown(long earliestEpochNanos, long latestEpochNanos) {
    try {
      MarketPhase phase = phase(earliestEpochNanos, latestEpochNanos);
      return phase == null ? MarketPhase.unknown("the host's trading hours say nothing") : phase;
    } catch (RuntimeException e) { // somebody else's code
      return MarketPhase.unknown("the host's trading hours fail: " + e);
    }
  }

  /**
   * Several markets as one.
   *
   * @param markets which; none is as good as nothing known
   * @return trading if one trades, closed if each of them is, else unknown
   */
  static MarketHours ofAll(List<MarketHours> markets) {
    List<MarketHours> all = markets.isEmpty() ? List.of(NEVER_KNOWN) : List.copyOf(markets);
    return (earliest, latest) -> {
      List<MarketPhase> phases =
          all.stream().map(market -> market.phaseOrUnknown(earliest, latest)).toList();
      return phases.stream()
          .filter(phase -> phase.state() == MarketPhase.State.TRADING)
          .findFirst()
          .or(() -> phases.stream().filter(MarketPhase::isTradingAssumed).findFirst())
          .orElseGet(() -> firstToOpen(phases));
    };
  }

  private static MarketPhase firstToOpen(List<MarketPhase> closed) {
    return closed.stream().anyMatch(phase -> phase.nextChangeEpochNanos().isEmpty())
        ? new MarketPhase(MarketPhase.State.CLOSED, closed.get(0).reason(), OptionalLong.empty())
        : closed.stream()
            .min(Comparator.comparingLong(phase -> phase.nextChangeEpochNanos().getAsLong()))
            .orElseThrow();
  }
}
