package com.ibstream.clocksync.health.metrics;

import static java.lang.Double.isNaN;
import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.ClockMonitor;
import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.health.ClockHealthContributor;
import com.ibstream.clocksync.health.Statuses;
import com.ibstream.clocksync.testing.SimulatedWorld;
import com.ibstream.clocksync.verdict.ClockStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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

  private static Stream<Statuses> unwatched() {
    return Stream.of(Statuses.healthy().stalled(), Statuses.healthy().closed());
  }

  @ParameterizedTest
  @MethodSource("unwatched")
  void shouldSayNothingGoodWhenNobodyLooks(Statuses statuses) {
    new ClockMetrics(() -> now.build()).bindTo(registry);
    assertThat(value("clocksync.source.agrees", "server", "a.test")).isEqualTo(1);
    now = statuses;

    for (String name :
        List.of(
            "clocksync.offset",
            "clocksync.offset.error.bound",
            "clocksync.error.bound",
            "clocksync.truechimers",
            "clocksync.voices",
            "clocksync.oscillator.drift.ppm",
            "clocksync.source.offset",
            "clocksync.source.error.bound",
            "clocksync.source.agrees")) {
      assertThat(registry.get(name).gauges()).as(name).allMatch(gauge -> isNaN(gauge.value()));
    }
    assertThat(value("clocksync.has.data")).isZero();
    assertThat(value("clocksync.safe.to.stamp")).isZero();
    assertThat(value("clocksync.synchronised")).isZero();
  }

  @Test
  void shouldHaveNoBoundForAComparisonThatIsTooOld() {
    now = Statuses.healthy().comparisonAge(10_000_000_001L);
    new ClockMetrics(() -> now.build()).bindTo(registry);

    assertThat(value("clocksync.has.data")).isZero();
    assertThat(value("clocksync.offset.error.bound")).isNaN();
  }

  @Test
  void shouldLiveAsLongAsTheRegistry() {
    MeterRegistry kept = new SimpleMeterRegistry();
    // without the gauges nothing but the counters holds what they count on
    kept.config().meterFilter(MeterFilter.deny(id -> id.getType() == Meter.Type.GAUGE));
    AtomicReference<Statuses> later = new AtomicReference<>(Statuses.healthy());
    new ClockMetrics(() -> later.get().build()).bindTo(kept);
    MeterRegistry gauges = bound(() -> Statuses.healthy().build());
    PrometheusText text =
        new PrometheusText(new ClockHealthContributor(() -> Statuses.healthy().build()));
    text.scrape();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    later.set(Statuses.neverProved());

    assertThat(gauges.get("clocksync.has.data").gauge().value()).isEqualTo(1);
    assertThat(kept.get("clocksync.rejections").tag("reason", "timeout").functionCounter().count())
        .isEqualTo(6);
    assertThat(kept.get("clocksync.source.rejections").tag("server", "a.test").functionCounter())
        .extracting(FunctionCounter::count)
        .isEqualTo(4.0);
    assertThat(text.scrape())
        .contains("clocksync_has_data 1.0", "clocksync_offset_seconds -3.0E-4")
        .contains("clocksync_rejections_total{reason=\"kiss_rate\"} 1.0")
        .contains("clocksync_source_rejections_total{server=\"gone.test\"} 4.0");
  }

  @Test
  void shouldKnowTheServersOfAMonitorThatHasNotLookedYet() {
    SimulatedWorld world = new SimulatedWorld(1, Instant.parse("2026-11-22T12:00:00Z"));
    ClockMonitorConfig config =
        ClockMonitorConfig.builder().servers("a.test", "192.0.2.1:1123").build();

    try (ClockMonitor monitor = ClockMonitor.start(config, world.seams())) {
      new ClockMetrics(monitor::status).bindTo(registry); // time has not moved
    }

    assertThat(registry.get("clocksync.source.agrees").gauges())
        .extracting(gauge -> gauge.getId().getTag("server"))
        .containsExactlyInAnyOrder("a.test", "192.0.2.1:1123");
  }

  @Test
  void shouldKnowTheServersAsSoonAsThereIsAStatus() {
    AtomicReference<Statuses> later = new AtomicReference<>();
    PrometheusText text = new PrometheusText(new ClockHealthContributor(() -> later.get().build()));

    assertThat(text.scrape())
        .contains("clocksync_health{status=\"error\"} 1.0")
        .doesNotContain("server=");
    later.set(Statuses.healthy());
    assertThat(text.scrape()).contains("clocksync_source_agrees{server=\"a.test\"} 1.0");
    assertThat(text.scrape()).contains("clocksync_source_agrees{server=\"a.test\"} 1.0");
  }

  @Test
  void shouldBindAsManyMetersForWhateverHappens() {
    new ClockMetrics(() -> now.build()).bindTo(registry);
    int count = registry.getMeters().size();
    now = Statuses.neverProved();

    registry.getMeters().forEach(meter -> meter.measure().forEach(found -> found.getValue()));
    assertThat(registry.getMeters()).hasSize(count);
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
    PrometheusText text = new PrometheusText(new ClockHealthContributor(() -> now.build()));
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
