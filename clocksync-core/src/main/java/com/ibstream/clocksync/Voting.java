package com.ibstream.clocksync;

import com.ibstream.clocksync.estimate.Candidate;
import com.ibstream.clocksync.estimate.ClockEstimate;
import com.ibstream.clocksync.estimate.ClockEstimator;
import com.ibstream.clocksync.facts.Consensus;
import com.ibstream.clocksync.facts.ErrorBudget;
import com.ibstream.clocksync.ntp.NtpSource;
import com.ibstream.clocksync.time.Correction;
import com.ibstream.clocksync.time.LineProposal;
import com.ibstream.clocksync.time.LinePublisher;
import com.ibstream.clocksync.time.TrustReason;
import com.ibstream.clocksync.verdict.ClockEvent;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Lets the sources vote, publishes the line they agree on, and says how long that holds. Monitor
 * thread only.
 */
final class Voting {

  private static final double PPM = 1e-6;

  private final ClockMonitorConfig config;
  private final SourcePool pool;
  private final ClockEstimator estimator;
  private final LinePublisher publisher;
  private Optional<LineProposal> proposal = Optional.empty();
  private StatusAssembly.Vote vote = StatusAssembly.Vote.NONE;
  private Optional<Long> trustedUntilMonoNanos = Optional.empty();
  private boolean isInGap;

  /**
   * Stays until most of all servers agree: with time every contradiction grows old enough to fit.
   */
  private boolean isContradicted;

  Voting(ClockMonitorConfig config, SourcePool pool, LinePublisher publisher) {
    this.config = config;
    this.pool = pool;
    this.estimator = new ClockEstimator(config.rulerErrorPpm());
    this.publisher = publisher;
  }

  /** What was published last. */
  Optional<LineProposal> proposal() {
    return proposal;
  }

  /** The latest vote, good or not. */
  StatusAssembly.Vote vote() {
    return vote;
  }

  /** After two polls without a vote the next one begins as if nobody had ever been asked. */
  void noticeGap(long nowMonoNanos) {
    if (!isInGap && trustedUntilMonoNanos.filter(until -> nowMonoNanos - until >= 0).isPresent()) {
      isInGap = true;
      pool.doubt();
    }
  }

  /**
   * Holds a vote and publishes what it says.
   *
   * @return what the time did, if it was more than a slew
   */
  Optional<ClockEvent> hold(long nowMonoNanos) {
    List<NtpSource> speakers =
        pool.electors().stream().filter(s -> !s.samples().isEmpty()).toList();
    List<Candidate> candidates =
        speakers.stream().map(s -> new Candidate(s.address().getAddress(), s.samples())).toList();
    ClockEstimate estimate =
        estimator.estimate(candidates, pool.electorate(), pool.isSingleSource(), nowMonoNanos);
    vote = new StatusAssembly.Vote(estimate, speakers, vote.lastLine());
    if (estimate.line().isEmpty()) {
      holdOver(candidates.size());
      return Optional.empty();
    }
    return publish(estimate.line().get(), estimate, nowMonoNanos);
  }

  private Optional<ClockEvent> publish(
      ClockEstimate.Line line, ClockEstimate estimate, long nowMonoNanos) {
    if (contradicts(line, estimate, nowMonoNanos)) {
      publisher.withdraw(TrustReason.CONTRADICTION);
      return Optional.empty();
    }
    pool.published(truechimers(estimate));
    vote = new StatusAssembly.Vote(estimate, vote.speakers(), Optional.of(line));
    // What cannot be right is forgotten now: with age it would seem possible again.
    vote.speakers()
        .forEach(source -> source.keep(sample -> line.allows(sample, config.rulerErrorPpm())));
    ErrorBudget budget = line.budget();
    long freshBoundNanos = budget.totalNanos() - budget.ageingNanos() - budget.residualNanos();
    capPolls(freshBoundNanos, line.ratePpm());
    long untilMonoNanos =
        line.majorityMonoNanos() + 2 * longestPollNanos(estimate) + config.timeoutNanos();
    // The interval between polls may just have become shorter: what was promised before stays.
    untilMonoNanos =
        trustedUntilMonoNanos.isPresent()
                && !isInGap
                && trustedUntilMonoNanos.get() - untilMonoNanos > 0
            ? trustedUntilMonoNanos.get()
            : untilMonoNanos;
    trustedUntilMonoNanos = Optional.of(untilMonoNanos);
    isInGap &= untilMonoNanos - nowMonoNanos <= 0;
    LineProposal next =
        new LineProposal(
            nowMonoNanos,
            line.pointEpochNanos(),
            line.earliestEpochNanos(),
            line.latestEpochNanos(),
            line.ratePpm(),
            config.rulerErrorPpm(),
            config.toleranceNanos(),
            untilMonoNanos,
            estimate.consensus() == Consensus.SINGLE_SOURCE
                ? TrustReason.SINGLE_SOURCE
                : TrustReason.MAJORITY);
    proposal = Optional.of(next);
    Correction correction = publisher.publish(next);
    boolean isJump =
        correction.kind() == Correction.Kind.STEPPED || correction.kind() == Correction.Kind.HELD;
    return isJump
        ? Optional.of(new ClockEvent.TimeCorrected(nowMonoNanos, correction))
        : Optional.empty();
  }

  /**
   * Whether the agreement cannot be reconciled with what was agreed before, although it is not that
   * of most servers. A few that return from an outage before the others are not believed then; a
   * jump of the ruler is confirmed by most.
   */
  private boolean contradicts(ClockEstimate.Line line, ClockEstimate estimate, long nowMonoNanos) {
    boolean isDisjoint =
        proposal
            .filter(
                before ->
                    before.latestAt(nowMonoNanos) < line.earliestEpochNanos()
                        || before.earliestAt(nowMonoNanos) > line.latestEpochNanos())
            .isPresent();
    isContradicted = (isDisjoint || isContradicted) && !pool.isMost(truechimers(estimate));
    return isContradicted;
  }

  private List<NtpSource> truechimers(ClockEstimate estimate) {
    return IntStream.range(0, vote.speakers().size())
        .filter(i -> estimate.verdicts().get(i).isTruechimer())
        .mapToObj(vote.speakers()::get)
        .toList();
  }

  private long longestPollNanos(ClockEstimate estimate) {
    long longest = 0;
    for (int i = 0; i < vote.speakers().size(); i++) {
      if (estimate.verdicts().get(i).isTruechimer()) {
        longest = Math.max(longest, vote.speakers().get(i).pollNanos());
      }
    }
    return longest;
  }

  /** The vote has failed: trust lives on what was agreed before, and everybody is asked sooner. */
  private void holdOver(int speakerCount) {
    pool.sources().forEach(NtpSource::troubled);
    publisher.holdOver(speakerCount < 2 ? TrustReason.NO_RECENT_VOTE : TrustReason.NO_CONSENSUS);
    if (proposal.isEmpty()) {
      capPolls(config.toleranceNanos(), 0); // nothing proved yet: as often as manners allow
    }
  }

  /**
   * Asks so often that the bound, which grows from a fresh vote on, is under half the tolerance at
   * the next answer.
   */
  private void capPolls(long freshBoundNanos, double ratePpm) {
    double leftNanos = config.toleranceNanos() / 2.0 - freshBoundNanos;
    double growth = (config.rulerErrorPpm() + Math.abs(ratePpm)) * PPM;
    long capNanos = Math.max(0, (long) (leftNanos / growth) - config.timeoutNanos());
    pool.sources().forEach(source -> source.capPoll(capNanos));
  }
}
