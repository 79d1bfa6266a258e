package com.ibstream.clocksync.health.http;

import com.ibstream.clocksync.health.OverallStatus;
import java.util.Map;
import java.util.Optional;

/**
 * What only the host service knows, for the health answers. Every method has a default: what is not
 * supplied is left out of the answer.
 *
 * <p>Called on the endpoint's threads, at every request, so it must be safe for many threads and
 * answer at once, from what the service knows already. What throws, gives {@code null} or cannot be
 * written as JSON does not stop the answer: it is left out, named in the issues, and degrades the
 * service.
 *
 * <p>Values in maps are what JSON knows: strings, numbers, booleans, {@code null}, and collections,
 * arrays and maps of these.
 */
public interface HostFacts {

  /** The host service says nothing. */
  HostFacts NONE = new HostFacts() {};

  /**
   * The name of the service.
   *
   * @return by default {@code clocksync}
   */
  default String serviceName() {
    return "clocksync";
  }

  /**
   * Whether the service is connected to the trading workstation. A lost connection degrades the
   * service.
   *
   * @return empty if it has no such connection
   */
  default Optional<Boolean> twsConnected() {
    return Optional.empty();
  }

  /**
   * How the service does, time and {@link #twsConnected()} apart.
   *
   * @return by default healthy
   */
  default OverallStatus status() {
    return OverallStatus.HEALTHY;
  }

  /**
   * Further keys on the top level of {@code /health}, for example {@code active_streams} or {@code
   * storage}. The keys {@code service}, {@code status}, {@code timestamp}, {@code tws_connected},
   * {@code time_sync} and {@code issues} are taken; to use them is a mistake, which degrades the
   * service and is named.
   *
   * @return by default none
   */
  default Map<String, ?> additionalKeys() {
    return Map.of();
  }

  /**
   * Other services to show in {@code /system/health}, by name.
   *
   * @return by default none
   */
  default Map<String, ServiceFacts> furtherServices() {
    return Map.of();
  }

  /**
   * The storage object of {@code /system/health}. Its {@code status} is a string: {@code active} is
   * good, {@code stale} a warning, and all else degrades the system.
   *
   * @return by default empty
   */
  default Optional<Map<String, ?>> storage() {
    return Optional.empty();
  }
}
