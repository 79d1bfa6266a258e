package com.ibstream.clocksync.health.plugin;

import com.ibstream.clocksync.health.ClockHealthContributor;
import com.ibstream.clocksync.health.http.HealthAnswer;
import com.ibstream.clocksync.health.metrics.PrometheusText;
import java.util.Map;
import java.util.function.Supplier;

/** {@value #PATH}, where Micrometer and its registry for Prometheus are there. */
final class MetricsPage {

  static final String PATH = "/metrics";

  private static final int OK = 200;
  private static final String NEEDED = "io.micrometer.prometheusmetrics.PrometheusMeterRegistry";

  private MetricsPage() {}

  /** No page without the library: then its path is not found. */
  static Map<String, Supplier<HealthAnswer>> of(ClockHealthContributor health) {
    try {
      Class.forName(NEEDED, false, MetricsPage.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      return Map.of();
    }
    return Map.of(PATH, page(health));
  }

  private static Supplier<HealthAnswer> page(ClockHealthContributor health) {
    PrometheusText text = new PrometheusText(health);
    Map<String, String> headers =
        Map.of("Content-Type", PrometheusText.CONTENT_TYPE, "Cache-Control", "no-store");
    return () -> new HealthAnswer(OK, headers, text.scrape());
  }
}
