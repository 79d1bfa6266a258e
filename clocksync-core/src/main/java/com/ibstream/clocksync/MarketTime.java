package com.ibstream.clocksync;

import com.ibstream.clocksync.market.MarketHours;
import com.ibstream.clocksync.market.MarketPhase;
import com.ibstream.clocksync.repair.TradingHours;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.verdict.ClockStatus;
import com.ibstream.clocksync.watch.IbTradingHours;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the market trades now, by our own time: the system clock may be what is wrong. Where the
 * time is not known, trading is assumed, whatever the table says.
 */
final class MarketTime implements TradingHours {

  private volatile MarketHours hours;

  MarketTime(HostConfig config, Ruler ruler) {
    List<MarketHours> configured = new ArrayList<>();
    config.tradingSessions().ifPresent(configured::add);
    if (!config.tradingUrl().isEmpty()) {
      configured.add(ibContract(config.tradingUrl(), ruler));
    }
    hours = MarketHours.ofAll(configured);
  }

  private static MarketHours ibContract(String url, Ruler ruler) {
    URI uri = URI.create(url);
    long contract = Long.parseLong(url.substring(url.lastIndexOf('/') + 1));
    return new IbTradingHours(uri.getHost(), uri.getPort(), contract, ruler);
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
    return new Trading(phase.isTradingAssumed(), phase.reason());
  }
}
