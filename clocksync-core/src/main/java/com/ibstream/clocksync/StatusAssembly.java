package com.ibstream.clocksync;

import com.google.common.primitives.ImmutableDoubleArray;
import com.ibstream.clocksync.estimate.Ageing;
import com.ibstream.clocksync.estimate.ClockEstimate;
import com.ibstream.clocksync.facts.DriftStatistics;
import com.ibstream.clocksync.facts.ErrorBudget;
import com.ibstream.clocksync.facts.FeedFacts;
import com.ibstream.clocksync.facts.FrequencyFacts;
import com.ibstream.clocksync.facts.NtpRejection;
import com.ibstream.clocksync.facts.PauseFacts;
import com.ibstream.clocksync.facts.SourceFacts;
import com.ibstream.clocksync.facts.SourceState;
import com.ibstream.clocksync.ntp.NtpSample;
import com.ibstream.clocksync.ntp.NtpSource;
import com.ibstream.clocksync.time.LineProposal;
import com.ibstream.clocksync.time.RateBounds;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.verdict.ClockStatus;
import com.ibstream.clocksync.verdict.HostStatus;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Puts what all rooms know into one immutable status. Monitor thread only. */
final class StatusAssembly {

  /** How old what is said of the sources may be, if nothing happens. */
  private static final long REFRESH_NANOS = 1_000_000_000L;

  private final ClockMonitorConfig config;
  private final OwnClocks clocks;
  private final long sampleSpanNanos;
  private final TrustLeft trustLeft;
  private OptionalLong refreshedMonoNanos = OptionalLong.empty();
  private DriftStatistics statistics = DriftStatistics.EMPTY;
  private List<SourceFacts> sources = List.of();

  /**
   * An assembly.
   *
   * @param clocks tell which slews are noticed
   * @param sampleSpanNanos how old a sample may be to enter the statistics over samples
   */
  StatusAssembly(ClockMonitorConfig config, OwnClocks clocks, long sampleSpanNanos) {
    this.config = config;
    this.clocks = clocks;
    this.sampleSpanNanos = sampleSpanNanos;
    this.trustLeft = new TrustLeft(config.toleranceNanos());
  }

  ClockStatus assemble(
      Reading reading,
      double ratePpm,
      Vote vote,
      Optional<LineProposal> proposal,
      Optional<OwnClocks.Look> look,
      SystemClockView systemClock,
      PauseFacts pauses,
      List<FeedFacts> feeds,
      HostStatus host,
      SourcePool pool,
      boolean isNews) {
    long nowMonoNanos = reading.monoNanos();
    refresh(vote, look, pool, isNews, nowMonoNanos);
    boolean isKnown = reading.trust() != TrustLevel.UNKNOWN;
    Optional<ClockStatus.Utc> utc =
        isKnown
            ? Optional.of(
                new ClockStatus.Utc(
                    reading.epochNanos(),
                    reading.earliestEpochNanos(),
                    reading.latestEpochNanos(),
                    reading.errorBoundNanos(),
                    ratePpm))
            : Optional.empty();
    return new ClockStatus(
        nowMonoNanos,
        reading.trust(),
        reading.reason(),
        utc,
        config.toleranceNanos(),
        vote.estimate().consensus(),
        vote.majorityMonoNanos().isPresent()
            ? OptionalLong.of(nowMonoNanos - vote.majorityMonoNanos().getAsLong())
            : OptionalLong.empty(),
        reading.isTrusted()
            ? proposal.map(line -> trustLeft.nanos(line, nowMonoNanos)).orElse(OptionalLong.empty())
            : OptionalLong.empty(),
        clocks.slewAllowancePpm(),
        !clocks.raw().isWatched(),
        isKnown ? vote.lastLine().map(StatusAssembly::frequency) : Optional.empty(),
        isKnown && proposal.isPresent()
            ? vote.lastLine().map(line -> budgetNow(line, proposal.get(), reading))
            : Optional.empty(),
        systemClock.facts(),
        systemClock.causes(),
        look.flatMap(OwnClocks.Look::kernel),
        pauses,
        statistics,
        feeds,
        host,
        config.servers().size(),
        sources,
        0,
        false,
        false);
  }

  /** What is said of the sources changes with votes; between them only its age does. */
  private void refresh(
      Vote vote,
      Optional<OwnClocks.Look> look,
      SourcePool pool,
      boolean isNews,
      long nowMonoNanos) {
    boolean isOld =
        refreshedMonoNanos.isEmpty()
            || nowMonoNanos - refreshedMonoNanos.getAsLong() >= REFRESH_NANOS;
    if (isNews || isOld) {
      refreshedMonoNanos = OptionalLong.of(nowMonoNanos);
      statistics = sampleStatistics(vote, look);
      sources = sources(vote, look, pool);
    }
  }

  private static FrequencyFacts frequency(ClockEstimate.Line line) {
    RateBounds rates = line.ageing().near();
    return new FrequencyFacts(line.ratePpm(), line.skewPpm(), rates.minPpm(), rates.maxPpm());
  }

  /** The budget of the last vote, aged to the present and with what is still to be slewed. */
  private static ErrorBudget budgetNow(
      ClockEstimate.Line line, LineProposal proposal, Reading reading) {
    long now = reading.monoNanos();
    long grownNanos =
        TrustLeft.boundNanos(proposal, now)
            - TrustLeft.boundNanos(proposal, proposal.asOfMonoNanos());
    ErrorBudget then = line.budget();
    return then.aged(then.totalNanos() + grownNanos)
        .slewing(Math.abs(reading.epochNanos() - proposal.pointAt(now)))
        .centred(reading.errorBoundNanos());
  }

  private DriftStatistics sampleStatistics(Vote vote, Optional<OwnClocks.Look> look) {
    if (look.isEmpty() || vote.estimate().line().isEmpty()) {
      return DriftStatistics.EMPTY;
    }
    ClockEstimate.Line line = vote.estimate().line().get();
    ImmutableDoubleArray.Builder offsets = ImmutableDoubleArray.builder(NtpSource.SAMPLES_KEPT);
    for (int i = 0; i < vote.speakers().size(); i++) {
      if (vote.estimate().verdicts().get(i).isTruechimer()) {
        List<NtpSample> samples = vote.speakers().get(i).samples();
        for (int k = samples.size() - 1; k >= 0 && isRecent(samples.get(k), look.get()); k--) {
          if (line.allows(samples.get(k))) {
            offsets.add((double) offsetNanos(samples.get(k), look.get()));
          }
        }
      }
    }
    return DriftStatistics.of(offsets.build().toArray());
  }

  private boolean isRecent(NtpSample sample, OwnClocks.Look look) {
    return look.rawNanos() - sample.rawNanos() <= sampleSpanNanos;
  }

  /** UTC by a sample minus system clock; positive = the system clock is behind. */
  private static long offsetNanos(NtpSample sample, OwnClocks.Look look) {
    return sample.epochNanosAt(look.rawNanos()) - look.wall().epochNanos();
  }

  private List<SourceFacts> sources(Vote vote, Optional<OwnClocks.Look> look, SourcePool pool) {
    List<SourceFacts> facts = new ArrayList<>(pool.sources().size());
    List<FruitlessLookups> lookups = pool.fruitlessLookups();
    Map<String, Map<NtpRejection, Long>> unshown = countsWithoutRow(lookups);
    SourceStates states = SourceStates.of(vote.estimate(), config.toleranceNanos());
    for (NtpSource source : pool.sources()) {
      int speaker = vote.speakers().indexOf(source);
      Optional<ClockEstimate.SourceVerdict> verdict =
          speaker < 0 ? Optional.empty() : Optional.of(vote.estimate().verdicts().get(speaker));
      facts.add(
          new SourceFacts(
              source.server(),
              source.addressText(),
              states.judge(source, verdict, pool.isSetAside(source)),
              source.tally().lastRejection(),
              source.tally().lastDetail(),
              withLookups(
                  source.tally().rejections(),
                  Optional.ofNullable(unshown.remove(source.server()))),
              source.tally().sentCount(),
              source.tally().acceptedCount(),
              source.reach(),
              source.pollNanos(),
              source.isUndisciplinedAllowed(),
              pool.isSmearing(source),
              verdict.map(v -> OptionalInt.of(v.voice())).orElse(OptionalInt.empty()),
              verdict.flatMap(
                  v -> look.map(seen -> measurement(v, vote.estimate().ageing(), seen)))));
    }
    for (FruitlessLookups name : lookups) {
      name.state().ifPresent(state -> facts.add(withoutAddress(name, state)));
    }
    return facts;
  }

  /** Of servers whose lookups have no row of their own: the first address shows them. */
  private static Map<String, Map<NtpRejection, Long>> countsWithoutRow(
      List<FruitlessLookups> lookups) {
    Map<String, Map<NtpRejection, Long>> counts = new HashMap<>();
    for (FruitlessLookups name : lookups) {
      if (name.state().isEmpty() && !name.counts().isEmpty()) {
        counts.put(name.server(), name.counts());
      }
    }
    return counts;
  }

  /** What a source counted, and the lookups of its name; no exchange ends with their reasons. */
  private static Map<NtpRejection, Long> withLookups(
      Map<NtpRejection, Long> rejections, Optional<Map<NtpRejection, Long>> lookups) {
    if (lookups.isEmpty()) {
      return rejections;
    }
    Map<NtpRejection, Long> all = new EnumMap<>(lookups.get());
    all.putAll(rejections);
    return all;
  }

  private static SourceFacts.Measurement measurement(
      ClockEstimate.SourceVerdict verdict, Ageing ageing, OwnClocks.Look look) {
    NtpSample sample = verdict.best();
    long earliest = ageing.earliestAt(sample, look.rawNanos());
    long width = ageing.latestAt(sample, look.rawNanos()) - earliest;
    return new SourceFacts.Measurement(
        earliest + width / 2 - look.wall().epochNanos(),
        NtpSample.halfUp(width) + look.wall().halfWidthNanos(),
        sample.delayNanos(),
        NtpSample.halfUp(sample.rootDelayNanos()) + sample.rootDispersionNanos(),
        verdict.jitterNanos(),
        sample.stratum(),
        sample.referenceText(),
        sample.leapIndicator(),
        look.rawNanos() - sample.rawNanos(),
        sample.isReferenceStale());
  }

  /** A configured name that is no source, or whose latest lookup failed. */
  private static SourceFacts withoutAddress(FruitlessLookups name, SourceState state) {
    return new SourceFacts(
        name.server(),
        "",
        state,
        name.rejection(),
        name.detail(),
        name.counts(),
        0,
        0,
        0,
        0,
        false,
        false,
        OptionalInt.empty(),
        Optional.empty());
  }
}
