package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.verdict.ClockStatus;

/** Says whether the market trades, so that nobody's clock is stepped under an open position. */
@FunctionalInterface
public interface TradingHours {

  /** Nobody knows, which counts as trading. */
  TradingHours UNKNOWN = status -> new Trading(true, "trading hours are unknown");

  /**
   * Judges the present, by our own time and never by the system clock, which may be the one that is
   * wrong.
   *
   * @param status what is known of time
   * @return whether trading must be assumed
   */
  Trading now(ClockStatus status);

  /**
   * Whether the market trades.
   *
   * @param isAssumed true if it does, and also if nobody can tell
   * @param reason why, for people: one clause
   */
  record Trading(boolean isAssumed, String reason) {}
}
