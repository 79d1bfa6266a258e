package com.ibstream.clocksync.health.metrics;

import com.ibstream.clocksync.health.ClockHealthContributor;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * The meters as a Prometheus server reads them, from a registry of their own. Needs Micrometer's
 * registry for Prometheus. Safe for any number of threads.
 */
public final class PrometheusText {

  /** What the text is, for the header of an answer. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final ClockHealthContributor health;
  private PrometheusMeterRegistry registry;
  private boolean hasServers;

  /**
   * The text of a clock's meters.
   *
   * @param health asked at every scrape
   */
  public PrometheusText(ClockHealthContributor health) {
    this.health = health;
    this.registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  }

  /**
   * The meters as they are now. The servers are those of the first call that could read a status.
   *
   * @return in Prometheus' text format
   */
  public synchronized String scrape() {
    if (!hasServers) {
      hasServers = health.snapshot().status().isPresent();
      registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      new ClockMetrics(health).bindTo(registry);
    }
    return registry.scrape(CONTENT_TYPE);
  }
}
