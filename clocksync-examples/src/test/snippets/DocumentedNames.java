package com.ibstream.clocksync.examples.trading;

import com.ibstream.clocksync.ClockMonitor;
import com.ibstream.clocksync.health.ClockHealthContributor;
import com.ibstream.clocksync.health.http.HealthAnswers;
import com.ibstream.clocksync.health.http.HostFacts;
import com.ibstream.clocksync.market.FeedCheck;
import com.ibstream.clocksync.time.TrustReason;
import com.ibstream.clocksync.time.TrustedClock;
import com.ibstream.clocksync.verdict.ClockStatus;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;

/**
 * What the documentation's Java takes for granted: it is compiled in subclasses of this. Not a part
 * of any build; a test reads it.
 */
abstract class DocumentedNames {

  static final long MAX_WRITTEN_COUNT = 3_000_000;

  ClockMonitor monitor;
  TrustedClock clock;
  ClockStatus status;
  FeedCheck feed;
  HostFacts facts;
  HealthAnswers answers;
  ClockHealthContributor contributor;
  MeterRegistry registry;
  SyntheticMarket market;
  StampStatistics statistics;
  TickFile file;
  Tick tick;
  TradingService service;
  Path path;
  String key;
  String text;
  String tradingHours;
  String timeZoneId;
  String method;
  String target;
  long count;
  long unixSeconds;
  long exchangeEpochNanos;
  long socketMonoNanos;
  long earliestEpochNanos;
  long latestEpochNanos;
  long nowMonoNanos;
  long retrievedAtEpochNanos;

  interface TradingService {
    boolean isConnected();

    boolean isDataFlowing();

    int streamCount();
  }

  void store(Tick stamped, long epochNanos, long errorBoundNanos) {}

  void refuse(Tick refused, TrustReason reason) {}

  void page(String sentence) {}
}
