package com.ibstream.clocksync.examples.benchmarks;

import java.util.Optional;

/**
 * The calls of {@link TrustedClockBenchmark}, as the table shows them: what each is held against,
 * and how many times as long it may take. What is measured beside them has no goal of its own.
 */
enum HotCall {
  NANO_TIME("System.nanoTime()", "systemNanoTime"),
  EPOCH_NANOS("TrustedClock.epochNanos()", "trustedEpochNanos", NANO_TIME, 1.15),
  READ("TrustedClock.read(reading)", "trustedRead", NANO_TIME, 1.25),
  IS_TRUSTED("TrustedClock.isTrusted()", "trustedIsTrusted", NANO_TIME, 1.25),
  ERROR_BOUND_NANOS("TrustedClock.errorBoundNanos()", "trustedErrorBoundNanos", NANO_TIME, 1.25),
  FEED_OBSERVE("FeedCheck.observe(stamp)", "feedObserve", NANO_TIME, 1.5),
  AGRONA_OFFSET("Agrona OffsetEpochNanoClock", "agronaOffsetEpochNanoClock", NANO_TIME),

  INSTANT_AND_NANO_TIME("Instant.now() + nanoTime()", "instantNowAndNanoTime"),
  CHECKED_READ("read(reading), in.read.check", "checkedRead", INSTANT_AND_NANO_TIME, 1.15),
  CHECKED_IS_TRUSTED("isTrusted(), in.read.check", "checkedIsTrusted", INSTANT_AND_NANO_TIME, 1.15),
  INSTANT_NANOS_AND_NANO_TIME(
      "the same, Instant not kept", "instantNanosAndNanoTime", INSTANT_AND_NANO_TIME),

  CURRENT_TIME_MILLIS("System.currentTimeMillis()", "systemCurrentTimeMillis", NANO_TIME),
  INSTANT_NOW("Instant.now()", "instantNow", NANO_TIME),
  AGRONA_SYSTEM("Agrona SystemEpochNanoClock", "agronaSystemEpochNanoClock", NANO_TIME);

  private final String label;
  private final String method;
  private final Optional<HotCall> reference;
  private final Optional<Double> greatestRatio;

  /** Something to hold others against. */
  HotCall(String label, String method) {
    this(label, method, Optional.empty(), Optional.empty());
  }

  HotCall(String label, String method, HotCall reference) {
    this(label, method, Optional.of(reference), Optional.empty());
  }

  HotCall(String label, String method, HotCall reference, double greatestRatio) {
    this(label, method, Optional.of(reference), Optional.of(greatestRatio));
  }

  HotCall(
      String label, String method, Optional<HotCall> reference, Optional<Double> greatestRatio) {
    this.label = label;
    this.method = method;
    this.reference = reference;
    this.greatestRatio = greatestRatio;
  }

  String label() {
    return label;
  }

  /** The benchmark's method, as a pattern that no other one fits. */
  String pattern() {
    return "\\." + TrustedClockBenchmark.class.getSimpleName() + "\\." + method + "$";
  }

  /** What it is held against; itself, where it is a reference. */
  HotCall reference() {
    return reference.orElse(this);
  }

  Optional<Double> greatestRatio() {
    return greatestRatio;
  }
}
