package com.ibstream.clocksync;

import com.ibstream.clocksync.facts.RepairFacts;
import com.ibstream.clocksync.market.MarketHours;
import com.ibstream.clocksync.market.MarketPhase;
import com.ibstream.clocksync.repair.TradingHours;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the market trades now, by our own time: the system clock may be what is wrong. Where the
 * time is not known, trading is assumed, whatever the table says.
 */
final class MarketTime implements TradingHours {

  private static final Logger LOG = LoggerFactory.getLogger(MarketTime.class);

  private volatile MarketHours hours;

  MarketTime(HostConfig config, Ruler ruler) {
    List<MarketHours> configured = new ArrayList<>();
    config.tradingSessions().ifPresent(configured::add);
    config.ibContract().ifPresent(contract -> configured.add(contract.hours(ruler)));
    if (configured.isEmpty() && config.repairPolicy().mode() == RepairFacts.Mode.ACT) {
      LOG.warn(
          "no trading hours are known, so it counts as trading all the time: no clock is ever"
              + " stepped unless trading.sessions, trading.url or marketHours() says otherwise");
    }
    hours = MarketHours.ofAll(configured);
  }

  /** Who is asked from now on. Any thread. */
  void set(MarketHours newHours) {
    hours = newHours;
  }

  @Override
  public Trading now(ClockStatus status) {
    if (!status.isSafeToStamp() || status.utc().isEmpty()) {
      return new Trading(true, "without trusted time nobody knows whether the market trades");
    }
    ClockStatus.Utc utc = status.utc().get();
    MarketPhase phase =
        hours
            .phaseOrUnknown(utc.earliestEpochNanos(), utc.latestEpochNanos())
            .with(
                status.feeds(),
                status.asOfMonoNanos() - status.observationAgeNanos(),
                status.asOfMonoNanos());
    return switch (phase.state()) {
      case TRADING -> new Trading(true, "in trading hours: " + phase.reason());
      case UNKNOWN -> new Trading(true, "trading hours are unknown: " + phase.reason());
      case CLOSED -> new Trading(false, phase.reason());
    };
  }
}
