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

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final ClockMetrics metrics;
  private boolean isBound;

  /**
   * The text of a clock's meters.
   *
   * @param health asked at every scrape
   */
  public PrometheusText(ClockHealthContributor health) {
    metrics = new ClockMetrics(health);
  }

  /**
   * The meters as they are now. The servers are those of the first call.
   *
   * @return in Prometheus' text format
   */
  public synchronized String scrape() {
    if (!isBound) {
      isBound = true;
      metrics.bindTo(registry);
    }
    return registry.scrape(CONTENT_TYPE);
  }
}
