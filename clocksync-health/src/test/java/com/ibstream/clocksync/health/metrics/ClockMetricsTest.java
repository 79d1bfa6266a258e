package com.ibstream.clocksync.health.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.health.Statuses;
import com.ibstream.clocksync.verdict.ClockStatus;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Meters of real registries. */
class ClockMetricsTest {

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private Statuses now = Statuses.healthy();

  private double value(String name, String... tags) {
    return registry.get(name).tags(tags).gauge().value();
  }

  private static MeterRegistry bound(Supplier<ClockStatus> status) {
    MeterRegistry simple = new SimpleMeterRegistry();
    new ClockMetrics(status).bindTo(simple);
    return simple;
  }

  @ParameterizedTest
  @ValueSource(longs = {37_000_000_000L, -37_000_000_000L})
  void shouldGiveTheOffsetWithItsSignInSeconds(long offsetNanos) {
    now = Statuses.healthy().offset(offsetNanos);
    new ClockMetrics(() -> now.build()).bindTo(registry);

    assertThat(value("clocksync.offset")).isEqualTo(offsetNanos / 1e9);
    assertThat(value("clocksync.health", "status", "critical")).isEqualTo(1);
    assertThat(value("clocksync.health", "status", "healthy")).isZero();
    assertThat(value("clocksync.safe.to.stamp")).isEqualTo(1);
    assertThat(value("clocksync.synchronised")).isZero();
  }

  @Test
  void shouldHaveNoNumberForWhatNobodyKnows() {
    new ClockMetrics(() -> now.build()).bindTo(registry);
    assertThat(value("clocksync.has.data")).isEqualTo(1);

    now = Statuses.healthy().stalled();
    assertThat(value("clocksync.has.data")).isZero();
    assertThat(value("clocksync.offset")).isNaN();
    assertThat(value("clocksync.health", "status", "error")).isEqualTo(1);
    now = Statuses.neverProved();
    assertThat(value("clocksync.safe.to.stamp")).isZero();
    assertThat(value("clocksync.error.bound")).isNaN();
  }

  @Test
  void shouldSayErrorWhereTheStatusCannotBeRead() {
    MeterRegistry broken =
        bound(
            () -> {
              throw new IllegalStateException("closed");
            });

    assertThat(broken.get("clocksync.has.data").gauge().value()).isZero();
    assertThat(broken.get("clocksync.health").tag("status", "error").gauge().value()).isEqualTo(1);
    assertThat(broken.get("clocksync.offset").gauge().value()).isNaN();
    assertThat(broken.find("clocksync.ntp.service").gauges()).allMatch(gauge -> gauge.value() == 0);
  }

  @Test
  void shouldLiveAsLongAsTheRegistry() {
    MeterRegistry kept = bound(() -> Statuses.healthy().build());
    for (int i = 0; i < 3; i++) {
      System.gc();
    }

    assertThat(kept.get("clocksync.has.data").gauge().value()).isEqualTo(1);
  }

  @Test
  void shouldBeNamedAsMicrometerNamesThings() {
    new ClockMetrics(() -> now.build()).bindTo(registry);

    assertThat(registry.getMeters().stream().map(Meter::getId).map(Meter.Id::getName))
        .allMatch(name -> name.matches("clocksync(\\.[a-z]+)+"));
    assertThat(registry.get("clocksync.offset").gauge().getId().getBaseUnit()).isEqualTo("seconds");
  }

  @Test
  void shouldBeReadByPrometheus() {
    PrometheusText text = new PrometheusText(() -> now.build());
    String healthy = text.scrape();
    now = Statuses.neverProved();
    String unknown = text.scrape();

    assertThat(healthy)
        .contains("# TYPE clocksync_offset_seconds gauge")
        .contains("clocksync_has_data 1.0")
        .contains("clocksync_health{status=\"healthy\"} 1.0");
    assertThat(unknown)
        .contains("clocksync_has_data 0.0")
        .contains("clocksync_offset_seconds NaN")
        .contains("clocksync_health{status=\"error\"} 1.0");
  }
}
