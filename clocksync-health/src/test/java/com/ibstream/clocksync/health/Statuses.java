package com.ibstream.clocksync.health;

import com.ibstream.clocksync.facts.Consensus;
import com.ibstream.clocksync.facts.DriftStatistics;
import com.ibstream.clocksync.facts.ErrorBudget;
import com.ibstream.clocksync.facts.FeedFacts;
import com.ibstream.clocksync.facts.FrequencyFacts;
import com.ibstream.clocksync.facts.KernelFacts;
import com.ibstream.clocksync.facts.NtpRejection;
import com.ibstream.clocksync.facts.PauseFacts;
import com.ibstream.clocksync.facts.SourceFacts;
import com.ibstream.clocksync.facts.SourceState;
import com.ibstream.clocksync.facts.SynchronisationClaim;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.time.TrustReason;
import com.ibstream.clocksync.verdict.ClockStatus;
import com.ibstream.clocksync.verdict.Explanation;
import com.ibstream.clocksync.verdict.HostStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Builds statuses for tests: five servers, four of them right and one lying, an offset of -0.3 ms
 * (our clock is ahead) known to 1.2 ms, looked at 100 ms ago. Each method changes one thing.
 */
public final class Statuses {

  /** 2026-11-22T12:11:29.873529500Z by trusted time, when the status is asked for. */
  public static final long UTC_EPOCH_NANOS = 1_795_349_489_873_529_500L;

  private static final long AS_OF_MONO_NANOS = -7_000_000_000L;

  private TrustLevel trust = TrustLevel.TRUSTED;
  private TrustReason reason = TrustReason.MAJORITY;
  private long offsetNanos = -300_000L;
  private long errorBoundNanos = 1_200_000L;
  private long comparisonAgeNanos = 100_000_000L;
  private boolean hasSystemClock = true;
  private Optional<KernelFacts> kernel = Optional.empty();
  private List<Explanation> causes = List.of();
  private SynchronisationClaim claim = SynchronisationClaim.NOT_ASKED;
  private boolean hasUtc = true;
  private boolean isStalled;
  private boolean isClosed;
  private Optional<SystemClockFacts> systemClock = Optional.empty();
  private List<FeedFacts> feeds = List.of();
  private HostStatus host = HostStatus.UNSEEN;
  private DriftStatistics samples =
      new DriftStatistics(20, -310_000, -300_000, 40_000, -420_000, -200_000, 410_000, 418_000);

  private Statuses() {}

  public static Statuses healthy() {
    return new Statuses();
  }

  public static Statuses neverProved() {
    Statuses statuses = new Statuses().trust(TrustLevel.UNKNOWN, TrustReason.NEVER_PROVED);
    statuses.hasSystemClock = false;
    statuses.hasUtc = false;
    statuses.samples = DriftStatistics.EMPTY;
    return statuses;
  }

  public Statuses trust(TrustLevel newTrust, TrustReason newReason) {
    trust = newTrust;
    reason = newReason;
    return this;
  }

  /** UTC minus system clock; positive = our clock is behind. */
  public Statuses offset(long nanos) {
    offsetNanos = nanos;
    return this;
  }

  public Statuses errorBound(long nanos) {
    errorBoundNanos = nanos;
    return this;
  }

  public Statuses comparisonAge(long nanos) {
    comparisonAgeNanos = nanos;
    return this;
  }

  public Statuses withoutSystemClock() {
    hasSystemClock = false;
    return this;
  }

  public Statuses systemClock(SystemClockFacts facts) {
    systemClock = Optional.of(facts);
    return this;
  }

  public Statuses kernel(KernelFacts facts) {
    kernel = Optional.of(facts);
    return this;
  }

  public Statuses claim(SynchronisationClaim newClaim) {
    claim = newClaim;
    return this;
  }

  public Statuses causes(List<Explanation> newCauses) {
    causes = newCauses;
    return this;
  }

  public Statuses withoutUtc() {
    hasUtc = false;
    return this;
  }

  public Statuses samples(DriftStatistics statistics) {
    samples = statistics;
    return this;
  }

  public Statuses host(HostStatus status) {
    host = status;
    return this;
  }

  public Statuses feeds(FeedFacts... facts) {
    feeds = List.of(facts);
    return this;
  }

  public Statuses stalled() {
    isStalled = true;
    return this;
  }

  public Statuses closed() {
    isClosed = true;
    return this;
  }

  public ClockStatus build() {
    boolean isProved = trust != TrustLevel.UNKNOWN;
    long bound = errorBoundNanos;
    Optional<ClockStatus.Utc> utc =
        hasUtc
            ? Optional.of(
                new ClockStatus.Utc(
                    UTC_EPOCH_NANOS, UTC_EPOCH_NANOS - bound, UTC_EPOCH_NANOS + bound, bound, 12.5))
            : Optional.empty();
    return new ClockStatus(
        AS_OF_MONO_NANOS,
        trust,
        reason,
        utc,
        50_000_000L,
        isProved ? Consensus.MAJORITY : Consensus.NONE,
        isProved ? OptionalLong.of(1_500_000_000L) : OptionalLong.empty(),
        isProved ? OptionalLong.of(90_000_000_000L) : OptionalLong.empty(),
        500,
        true,
        isProved ? Optional.of(new FrequencyFacts(12.5, 0.25, 10.5, 14.5)) : Optional.empty(),
        isProved
            ? Optional.of(new ErrorBudget(1_000_000, 100_000, 50_000, 100, 40_000, 7_000, 2_900))
            : Optional.empty(),
        systemClock.or(() -> hasSystemClock ? Optional.of(clock()) : Optional.empty()),
        causes,
        kernel,
        new PauseFacts(
            2, 3_000_000_000L, 2_500_000_000L, OptionalLong.of(AS_OF_MONO_NANOS), 500_000_000L),
        samples,
        feeds,
        host,
        5,
        isProved ? sources() : silentSources(),
        isStalled ? 60_000_000_000L : 100_000_000L,
        isStalled,
        isClosed);
  }

  public HealthSnapshot snapshot() {
    return HealthSnapshot.of(build());
  }

  private SystemClockFacts clock() {
    long utcEpochNanos = UTC_EPOCH_NANOS - comparisonAgeNanos;
    return new SystemClockFacts(
        AS_OF_MONO_NANOS - comparisonAgeNanos,
        utcEpochNanos - offsetNanos,
        offsetNanos,
        offsetNanos - errorBoundNanos,
        offsetNanos + errorBoundNanos / 2,
        new DriftStatistics(
            600,
            offsetNanos,
            offsetNanos,
            0,
            offsetNanos,
            offsetNanos,
            Math.abs(offsetNanos),
            Math.abs(offsetNanos)),
        DriftStatistics.EMPTY,
        OptionalLong.of(AS_OF_MONO_NANOS - 30_000_000_000L),
        claim);
  }

  private List<SourceFacts> sources() {
    List<SourceFacts> sources = new ArrayList<>();
    sources.add(source("a.test", "192.0.2.1:123", SourceState.SELECTED, offsetNanos));
    sources.add(source("pool.test", "192.0.2.2:123", SourceState.COMBINED, offsetNanos));
    sources.add(source("pool.test", "192.0.2.3:123", SourceState.COMBINED, offsetNanos));
    sources.add(source("b.test:1123", "[2001:db8::4]:1123", SourceState.COMBINED, offsetNanos));
    sources.add(
        source(
            "liar.test", "192.0.2.5:123", SourceState.FALSETICKER, offsetNanos + 37_000_000_000L));
    sources.add(silent("gone.test"));
    return sources;
  }

  private static List<SourceFacts> silentSources() {
    return List.of(silent("a.test"), silent("b.test"));
  }

  private static SourceFacts source(
      String server, String address, SourceState state, long offsetNanos) {
    return new SourceFacts(
        server,
        address,
        state,
        Optional.empty(),
        "",
        Map.of(),
        8,
        8,
        255,
        64_000_000_000L,
        false,
        false,
        OptionalInt.empty(),
        Optional.of(
            new SourceFacts.Measurement(
                offsetNanos,
                1_200_000,
                2_000_000,
                150_000,
                30_000,
                2,
                "192.0.2.99",
                0,
                1_500_000_000L,
                state == SourceState.FALSETICKER)));
  }

  private static SourceFacts silent(String server) {
    return new SourceFacts(
        server,
        "192.0.2.6:123",
        SourceState.UNREACHABLE,
        Optional.of(NtpRejection.TIMEOUT),
        "after 1 s",
        Map.of(NtpRejection.TIMEOUT, 3L, NtpRejection.KISS_RATE, 1L),
        4,
        0,
        0,
        64_000_000_000L,
        true,
        false,
        OptionalInt.empty(),
        Optional.empty());
  }
}
