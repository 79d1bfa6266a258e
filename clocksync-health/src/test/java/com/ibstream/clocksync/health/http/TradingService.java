package com.ibstream.clocksync.health.http;

import com.ibstream.clocksync.health.OverallStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The trading service, as it would describe itself. */
record TradingService(boolean isConnected, OverallStatus status, Optional<String> storageWord)
    implements HostFacts {

  static TradingService healthy() {
    return new TradingService(true, OverallStatus.HEALTHY, Optional.of("active"));
  }

  @Override
  public String serviceName() {
    return "ib-stream";
  }

  @Override
  public Optional<Boolean> twsConnected() {
    return Optional.of(isConnected);
  }

  @Override
  public Map<String, ?> additionalKeys() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("active_streams", 2);
    keys.put("connection_ports", List.of(4002));
    keys.put("storage", Map.of("enabled", true));
    keys.put("note", null);
    return keys;
  }

  @Override
  public Map<String, ServiceFacts> furtherServices() {
    return Map.of("ib-contract", new ServiceFacts("healthy", Optional.of(true), "", true));
  }

  @Override
  public Optional<Map<String, ?>> storage() {
    return storageWord.map(word -> Map.of("status", word));
  }
}
