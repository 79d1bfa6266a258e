package com.ibstream.clocksync.health.plugin;

import com.ibstream.clocksync.health.http.HealthAnswer;
import com.ibstream.clocksync.health.metrics.PrometheusText;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.util.Map;
import java.util.function.Supplier;

/** {@value #PATH}, where Micrometer and its registry for Prometheus are there. */
final class MetricsPage {

  static final String PATH = "/metrics";

  private static final int OK = 200;
  private static final String NEEDED = "io.micrometer.prometheusmetrics.PrometheusMeterRegistry";

  private MetricsPage() {}

  /** No page without the library: then its path is not found. */
  static Map<String, Supplier<HealthAnswer>> of(Supplier<ClockStatus> status) {
    try {
      Class.forName(NEEDED, false, MetricsPage.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      return Map.of();
    }
    return Map.of(PATH, page(status));
  }

  private static Supplier<HealthAnswer> page(Supplier<ClockStatus> status) {
    PrometheusText text = new PrometheusText(status);
    Map<String, String> headers =
        Map.of("Content-Type", PrometheusText.CONTENT_TYPE, "Cache-Control", "no-store");
    return () -> new HealthAnswer(OK, headers, text.scrape());
  }
}
