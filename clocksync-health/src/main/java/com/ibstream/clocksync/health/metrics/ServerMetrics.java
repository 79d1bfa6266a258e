package com.ibstream.clocksync.health.metrics;

import com.ibstream.clocksync.facts.NtpRejection;
import com.ibstream.clocksync.facts.SourceFacts;
import com.ibstream.clocksync.health.ClockHealthContributor;
import com.ibstream.clocksync.verdict.ClockStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Meters of each configured server. Safe for any number of threads. */
final class ServerMetrics implements MeterBinder {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final int MOST_SERVERS = 64;

  private final ClockHealthContributor health;
  private final RejectionTotals rejections;

  ServerMetrics(ClockHealthContributor health) {
    this.health = health;
    this.rejections = new RejectionTotals(health);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    servers().forEach(server -> bindServer(registry, server));
    for (NtpRejection reason : NtpRejection.values()) {
      FunctionCounter.builder("clocksync.rejections", reason, rejections::of)
          .description("exchanges that proved nothing, of all servers")
          .tag("reason", reason.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }

  private List<String> servers() {
    return health.snapshot().status().map(ClockStatus::sources).orElse(List.of()).stream()
        .map(SourceFacts::server)
        .distinct()
        .limit(MOST_SERVERS)
        .toList();
  }

  /** Of the addresses behind one name the one with the tightest interval speaks. */
  private void bindServer(MeterRegistry registry, String server) {
    server(
        registry,
        "clocksync.source.offset",
        "UTC by this server minus system clock; positive: the system clock is behind",
        server,
        found -> found.offsetNanos() / NANOS_PER_SECOND);
    server(
        registry,
        "clocksync.source.error.bound",
        "how wrong that can be",
        server,
        found -> found.errorBoundNanos() / NANOS_PER_SECOND);
    Gauge.builder("clocksync.source.agrees", this, self -> self.agrees(server))
        .description("1 if it is behind the vote")
        .tag("server", server)
        .strongReference(true)
        .register(registry);
    // a registry holds what it counts on weakly, and this function strongly
    FunctionCounter.builder("clocksync.source.rejections", server, rejections::of)
        .description("exchanges that proved nothing")
        .tag("server", server)
        .register(registry);
  }

  private double agrees(String server) {
    List<SourceFacts> sources = sources(server);
    return sources.isEmpty()
        ? Double.NaN
        : ClockMetrics.flag(sources.stream().anyMatch(source -> source.state().isTruechimer()));
  }

  /** None while nobody looks: what was seen last says nothing of now. */
  private List<SourceFacts> sources(String server) {
    return ClockMetrics.watched(health.snapshot())
        .map(ClockStatus::sources)
        .orElse(List.of())
        .stream()
        .filter(source -> source.server().equals(server))
        .toList();
  }

  private void server(
      MeterRegistry registry,
      String name,
      String text,
      String server,
      ToDoubleFunction<SourceFacts.Measurement> value) {
    Gauge.builder(
            name,
            this,
            self ->
                self.sources(server).stream()
                    .flatMap(source -> source.measurement().stream())
                    .min((a, b) -> Long.compare(a.errorBoundNanos(), b.errorBoundNanos()))
                    .map(value::applyAsDouble)
                    .orElse(Double.NaN))
        .description(text)
        .baseUnit("seconds")
        .tag("server", server)
        .strongReference(true)
        .register(registry);
  }
}
