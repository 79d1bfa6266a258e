package com.ibstream.clocksync.examples.trading;

import com.ibstream.clocksync.health.OverallStatus;
import com.ibstream.clocksync.health.http.HostFacts;
import java.util.Map;
import java.util.Optional;

/**
 * What only the sample service knows about itself, for the health endpoint. Safe for many threads.
 */
public final class ServiceHealth implements HostFacts {

  private static final int STREAM_COUNT = 2;
  private static final int MAX_STREAM_COUNT = 50;

  private final SampleTradingService service;

  /**
   * The facts of a service.
   *
   * @param service asked at every request
   */
  public ServiceHealth(SampleTradingService service) {
    this.service = service;
  }

  @Override
  public String serviceName() {
    return "ib-stream";
  }

  /** The synthetic feed is always connected. */
  @Override
  public Optional<Boolean> twsConnected() {
    return Optional.of(true);
  }

  @Override
  public OverallStatus status() {
    return service.failure().isPresent() ? OverallStatus.DEGRADED : OverallStatus.HEALTHY;
  }

  @Override
  public Map<String, ?> additionalKeys() {
    StampSummary stamps = service.summary();
    return Map.of(
        "active_streams",
        STREAM_COUNT,
        "max_streams",
        MAX_STREAM_COUNT,
        "ticks",
        Map.of("stamped", stamps.trustedCount(), "not_stamped", stamps.refusedCount()));
  }

  @Override
  public Optional<Map<String, ?>> storage() {
    return Optional.of(Map.of("status", service.failure().isPresent() ? "error" : "active"));
  }
}
