package com.ibstream.clocksync.health.metrics;

import com.ibstream.clocksync.facts.BatteryFacts;
import com.ibstream.clocksync.facts.RtcFacts;
import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.health.ClockHealthContributor;
import com.ibstream.clocksync.health.HealthSnapshot;
import com.ibstream.clocksync.health.HealthStatus;
import com.ibstream.clocksync.verdict.ClockStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The state of the clock as meters: seconds, plain counts, and parts per million for rates. Each is
 * read from the latest status when the registry asks; nothing is measured. What is not known is not
 * a number, and {@code clocksync.has.data} is 0 where there is no trustworthy measurement. Safe for
 * any number of threads.
 *
 * <p>Tags are bounded: servers are those of the configuration when it is bound, states are those
 * that there are.
 */
@SuppressWarnings("exports") // whoever calls this has Micrometer; all others must not need it
public final class ClockMetrics implements MeterBinder {

  private static final double NANOS_PER_SECOND = 1e9;

  private final ClockHealthContributor health;

  /**
   * Meters of a clock.
   *
   * @param status gives the present status, as a plug-in gets it
   */
  public ClockMetrics(Supplier<ClockStatus> status) {
    this(new ClockHealthContributor(status));
  }

  /**
   * Meters that say of health what others say who ask the same contributor.
   *
   * @param health asked whenever a meter is read
   */
  public ClockMetrics(ClockHealthContributor health) {
    this.health = health;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    bindVerdict(registry);
    bindClock(registry);
    bindHost(registry);
    new ServerMetrics(health).bindTo(registry);
  }

  private void bindVerdict(MeterRegistry registry) {
    gauge(
        registry,
        "clocksync.has.data",
        "1 if there is a trustworthy measurement of the system clock",
        snapshot -> flag(snapshot.health().offsetNanos().isPresent()));
    gauge(
        registry,
        "clocksync.safe.to.stamp",
        "1 if stamps of the trusted clock may be used",
        snapshot -> flag(snapshot.isSafeToStamp()));
    gauge(
        registry,
        "clocksync.synchronised",
        "1 if a recent vote stands behind the measurement and the system clock is near",
        snapshot -> flag(snapshot.isSynchronised()));
    for (HealthStatus status : HealthStatus.values()) {
      Gauge.builder(
              "clocksync.health",
              this,
              self -> flag(self.health.snapshot().health().status() == status))
          .description("1 for the status that holds")
          .tag("status", status.word())
          .strongReference(true)
          .register(registry);
    }
    Gauge.builder("clocksync.vote.age", this, self -> seconds(self.voteAge()))
        .description("time since the last successful vote")
        .baseUnit("seconds")
        .strongReference(true)
        .register(registry);
    of(
        registry,
        "clocksync.truechimers",
        "servers behind the vote",
        status -> status.truechimerCount());
    of(
        registry,
        "clocksync.voices",
        "independent servers behind the vote",
        status -> status.agreeingVoiceCount());
    nanos(
        registry,
        "clocksync.error.bound",
        "how wrong the trusted clock can be",
        status -> optional(status.utc().map(ClockStatus.Utc::errorBoundNanos)));
  }

  private void bindClock(MeterRegistry registry) {
    Gauge.builder("clocksync.offset", this, self -> seconds(self.offset()))
        .description("UTC minus system clock; positive: the system clock is behind")
        .baseUnit("seconds")
        .strongReference(true)
        .register(registry);
    Gauge.builder("clocksync.offset.error.bound", this, self -> seconds(self.offsetErrorBound()))
        .description("how wrong clocksync.offset can be")
        .baseUnit("seconds")
        .strongReference(true)
        .register(registry);
    of(
        registry,
        "clocksync.oscillator.drift.ppm",
        "what the clock that exchanges are timed on loses",
        status -> status.frequency().map(found -> found.driftRatePpm()).orElse(Double.NaN));
  }

  private OptionalLong offset() {
    return health.snapshot().health().offsetNanos();
  }

  /** There where the offset is: a bound of one that is too old would look good. */
  private OptionalLong offsetErrorBound() {
    HealthSnapshot snapshot = health.snapshot();
    return optional(
        snapshot
            .status()
            .filter(unused -> snapshot.health().offsetNanos().isPresent())
            .flatMap(ClockStatus::systemClock)
            .map(SystemClockFacts::errorBoundNanos));
  }

  /** Grows by arithmetic also when nobody looks. */
  private OptionalLong voteAge() {
    return health.snapshot().status().map(ClockStatus::voteAgeNanos).orElse(OptionalLong.empty());
  }

  /** What was observed; empty where nobody looks, for then nobody knows. */
  static Optional<ClockStatus> watched(HealthSnapshot snapshot) {
    return snapshot.status().filter(status -> !status.isStalled() && !status.isClosed());
  }

  private void bindHost(MeterRegistry registry) {
    for (ServiceFacts.State state : ServiceFacts.State.values()) {
      state(
          registry,
          "clocksync.ntp.service",
          "state",
          state,
          status -> status.host().service().map(ServiceFacts::state));
    }
    for (RtcFacts.State state : RtcFacts.State.values()) {
      state(
          registry,
          "clocksync.hardware.clock",
          "state",
          state,
          status -> status.host().rtc().map(RtcFacts::state));
    }
    for (BatteryFacts.Verdict verdict : BatteryFacts.Verdict.values()) {
      state(
          registry,
          "clocksync.battery",
          "verdict",
          verdict,
          status -> status.host().rtc().map(facts -> facts.battery().verdict()));
    }
    nanos(
        registry,
        "clocksync.hardware.clock.offset",
        "UTC minus hardware clock; positive: the hardware clock is behind",
        status ->
            optional(
                status
                    .host()
                    .rtc()
                    .flatMap(RtcFacts::comparison)
                    .flatMap(RtcFacts.Comparison::offset)
                    .map(RtcFacts.Difference::nanos)));
  }

  private <E extends Enum<E>> void state(
      MeterRegistry registry,
      String name,
      String tag,
      E state,
      Function<ClockStatus, Optional<E>> found) {
    String word = state.name().toLowerCase(Locale.ROOT);
    Gauge.builder(
            name,
            this,
            self ->
                flag(
                    watched(self.health.snapshot())
                        .flatMap(found)
                        .filter(state::equals)
                        .isPresent()))
        .description("1 for the " + tag + " that holds; none where nobody looks")
        .tag(tag, word)
        .strongReference(true)
        .register(registry);
  }

  private void gauge(
      MeterRegistry registry, String name, String text, ToDoubleFunction<HealthSnapshot> value) {
    Gauge.builder(name, this, self -> value.applyAsDouble(self.health.snapshot()))
        .description(text)
        .strongReference(true)
        .register(registry);
  }

  private void of(
      MeterRegistry registry, String name, String text, ToDoubleFunction<ClockStatus> value) {
    gauge(
        registry,
        name,
        text,
        snapshot -> watched(snapshot).map(value::applyAsDouble).orElse(Double.NaN));
  }

  private void nanos(
      MeterRegistry registry, String name, String text, Function<ClockStatus, OptionalLong> value) {
    Gauge.builder(
            name,
            this,
            self ->
                seconds(watched(self.health.snapshot()).map(value).orElse(OptionalLong.empty())))
        .description(text)
        .baseUnit("seconds")
        .strongReference(true)
        .register(registry);
  }

  private static OptionalLong optional(Optional<Long> value) {
    return value.map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  private static double seconds(OptionalLong nanos) {
    return nanos.isPresent() ? nanos.getAsLong() / NANOS_PER_SECOND : Double.NaN;
  }

  static double flag(boolean isSo) {
    return isSo ? 1 : 0;
  }
}
