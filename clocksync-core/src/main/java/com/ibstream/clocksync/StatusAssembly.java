package com.ibstream.clocksync;

import com.google.common.net.InetAddresses;
import com.ibstream.clocksync.estimate.ClockEstimate;
import com.ibstream.clocksync.facts.Consensus;
import com.ibstream.clocksync.facts.DriftStatistics;
import com.ibstream.clocksync.facts.ErrorBudget;
import com.ibstream.clocksync.facts.NtpRejection;
import com.ibstream.clocksync.facts.SourceFacts;
import com.ibstream.clocksync.facts.SourceState;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.ntp.NtpSample;
import com.ibstream.clocksync.ntp.NtpSource;
import com.ibstream.clocksync.system.Bracket;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Puts what all rooms know into one immutable status. Monitor thread only. */
final class StatusAssembly {

  private static final double PPM = 1e-6;

  private final ClockMonitorConfig config;
  private final long sampleSpanNanos;
  private final double rulerErrorPpm;

  /**
   * The latest vote and who took part in it.
   *
   * @param estimate what it said
   * @param speakers the sources behind the estimate's verdicts, in their order
   * @param lastLine the line of the last good vote
   */
  record Vote(
      ClockEstimate estimate, List<NtpSource> speakers, Optional<ClockEstimate.Line> lastLine) {
    static final Vote NONE =
        new Vote(
            new ClockEstimate(0, Consensus.NONE, Optional.empty(), List.of()),
            List.of(),
            Optional.empty());
  }

  /**
   * An assembly.
   *
   * @param sampleSpanNanos how old a sample may be to enter the statistics over samples
   */
  StatusAssembly(ClockMonitorConfig config, long sampleSpanNanos) {
    this.config = config;
    this.sampleSpanNanos = sampleSpanNanos;
    this.rulerErrorPpm = config.rulerErrorPpm();
  }

  ClockStatus assemble(
      Reading reading,
      double ratePpm,
      Vote vote,
      Optional<Bracket> look,
      Optional<SystemClockFacts> systemClock,
      SourcePool pool) {
    long nowMonoNanos = reading.monoNanos();
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
        vote.lastLine()
            .map(line -> OptionalLong.of(nowMonoNanos - line.majorityMonoNanos()))
            .orElse(OptionalLong.empty()),
        trustLeftNanos(reading, ratePpm),
        config.slewAllowancePpm(),
        true,
        isKnown ? vote.lastLine().map(line -> budgetNow(line, reading)) : Optional.empty(),
        systemClock,
        sampleStatistics(vote, look, nowMonoNanos),
        config.servers().size(),
        sources(vote, look, pool, nowMonoNanos),
        0,
        false,
        false);
  }

  private OptionalLong trustLeftNanos(Reading reading, double ratePpm) {
    return reading.isTrusted()
        ? OptionalLong.of(
            (long)
                ((config.toleranceNanos() - reading.errorBoundNanos())
                    / ((rulerErrorPpm + Math.abs(ratePpm)) * PPM)))
        : OptionalLong.empty();
  }

  /** The budget of the last vote, aged to the present: what it does not explain is the residual. */
  private ErrorBudget budgetNow(ClockEstimate.Line line, Reading reading) {
    ErrorBudget then = line.budget();
    long ageing =
        then.ageingNanos()
            + (long) ((reading.monoNanos() - line.asOfMonoNanos()) * (rulerErrorPpm * PPM));
    return new ErrorBudget(
            then.delayHalfNanos(),
            then.rootDelayHalfNanos(),
            then.rootDispersionNanos(),
            then.precisionNanos(),
            ageing,
            then.residualNanos())
        .explaining(reading.errorBoundNanos());
  }

  private DriftStatistics sampleStatistics(Vote vote, Optional<Bracket> look, long nowMonoNanos) {
    List<Double> offsets = new ArrayList<>();
    for (int i = 0; i < vote.speakers().size() && look.isPresent(); i++) {
      if (vote.estimate().verdicts().get(i).isTruechimer()) {
        for (NtpSample sample : vote.speakers().get(i).samples()) {
          boolean isAllowed =
              vote.estimate().line().filter(line -> line.allows(sample, rulerErrorPpm)).isPresent();
          if (isAllowed && nowMonoNanos - sample.monoNanos() <= sampleSpanNanos) {
            offsets.add((double) offsetNanos(sample, look.get()));
          }
        }
      }
    }
    return DriftStatistics.of(offsets.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** UTC by a sample minus system clock; positive = the system clock is behind. */
  private static long offsetNanos(NtpSample sample, Bracket look) {
    return sample.epochNanosAt(look.monoNanos()) - look.epochNanos();
  }

  private List<SourceFacts> sources(
      Vote vote, Optional<Bracket> look, SourcePool pool, long nowMonoNanos) {
    List<SourceFacts> facts = new ArrayList<>();
    SourceStates states = SourceStates.of(vote.estimate(), config.toleranceNanos());
    for (NtpSource source : pool.sources()) {
      int speaker = vote.speakers().indexOf(source);
      Optional<ClockEstimate.SourceVerdict> verdict =
          speaker < 0 ? Optional.empty() : Optional.of(vote.estimate().verdicts().get(speaker));
      facts.add(
          new SourceFacts(
              source.server(),
              text(source.address()),
              states.judge(source, verdict, pool.isSetAside(source)),
              source.tally().lastRejection(),
              source.tally().lastDetail(),
              source.tally().rejections(),
              source.tally().sentCount(),
              source.tally().acceptedCount(),
              source.reach(),
              source.pollNanos(),
              source.isUndisciplinedAllowed(),
              LeapSmearing.isSmearing(source),
              verdict.flatMap(v -> look.map(bracket -> measurement(v, bracket, nowMonoNanos)))));
    }
    for (ServerNames.Unresolved name : pool.unresolved()) {
      facts.add(
          name.failure().isEmpty()
              ? withoutAddress(name.server(), SourceState.WAITING, "", Map.of())
              : withoutAddress(
                  name.server(),
                  SourceState.UNREACHABLE,
                  name.failure(),
                  Map.of(NtpRejection.UNKNOWN_HOST, name.failureCount())));
    }
    pool.swallowed()
        .forEach(
            (server, count) ->
                facts.add(
                    withoutAddress(
                        server.toString(),
                        SourceState.REFUSED,
                        "",
                        Map.of(NtpRejection.DUPLICATE_ADDRESS, count))));
    return facts;
  }

  private SourceFacts.Measurement measurement(
      ClockEstimate.SourceVerdict verdict, Bracket look, long nowMonoNanos) {
    NtpSample sample = verdict.best();
    return new SourceFacts.Measurement(
        offsetNanos(sample, look),
        sample.halfWidthNanos(look.monoNanos(), rulerErrorPpm) + look.halfWidthNanos(),
        sample.delayNanos(),
        verdict.jitterNanos(),
        sample.stratum(),
        sample.referenceText(),
        sample.leapIndicator(),
        nowMonoNanos - sample.monoNanos(),
        sample.isReferenceStale());
  }

  /** A configured name that is no source, for at most one reason. */
  private static SourceFacts withoutAddress(
      String server, SourceState state, String detail, Map<NtpRejection, Long> rejections) {
    return new SourceFacts(
        server,
        "",
        state,
        rejections.keySet().stream().findFirst(),
        detail,
        rejections,
        0,
        0,
        0,
        0,
        false,
        false,
        Optional.empty());
  }

  private static String text(InetSocketAddress address) {
    String host = InetAddresses.toAddrString(address.getAddress());
    return address.getAddress() instanceof Inet6Address
        ? "[" + host + "]:" + address.getPort()
        : host + ":" + address.getPort();
  }
}
