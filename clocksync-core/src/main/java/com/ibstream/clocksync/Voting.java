package com.ibstream.clocksync;

import com.ibstream.clocksync.estimate.Candidate;
import com.ibstream.clocksync.estimate.ClockEstimate;
import com.ibstream.clocksync.estimate.ClockEstimator;
import com.ibstream.clocksync.facts.Consensus;
import com.ibstream.clocksync.facts.ErrorBudget;
import com.ibstream.clocksync.ntp.NtpSource;
import com.ibstream.clocksync.system.RawMapping;
import com.ibstream.clocksync.time.Correction;
import com.ibstream.clocksync.time.LineProposal;
import com.ibstream.clocksync.time.LinePublisher;
import com.ibstream.clocksync.time.RateBounds;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.TrustReason;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.HostClockEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * Lets the sources vote, publishes the line they agree on, and says how long that holds. Monitor
 * thread only.
 */
final class Voting {

  private static final double PPM = 1e-6;

  private final ClockMonitorConfig config;
  private final SourcePool pool;
  private final OwnClocks clocks;
  private final OscillatorWatch oscillator;
  private final LinePublisher publisher;
  private Optional<LineProjection> projection = Optional.empty();
  private Optional<LineProposal> proposal = Optional.empty();
  private Vote vote = Vote.NONE;
  private Optional<Long> trustedUntilMonoNanos = Optional.empty();
  private Optional<Doubt> doubt = Optional.empty();
  private final Map<NtpSource, Candidate> candidates = new WeakHashMap<>();
  private final Retractions retractions = new Retractions();
  private final Proof proof;
  private final Reversals reversals;
  private boolean isInGap;

  /** Nothing is trusted until most have spoken after that instant of the raw clock. */
  private record Doubt(long rawNanos, TrustReason reason) {}

  Voting(ClockMonitorConfig config, SourcePool pool, OwnClocks clocks, LinePublisher publisher) {
    this.config = config;
    this.pool = pool;
    this.clocks = clocks;
    this.oscillator = new OscillatorWatch(clocks, config.frequencyChangePpm());
    this.publisher = publisher;
    this.proof = new Proof(clocks);
    this.reversals = new Reversals(config.frequencyTolerancePpm());
  }

  /** What was published last. */
  Optional<LineProposal> proposal() {
    return proposal;
  }

  /** The latest vote, good or not. */
  Vote vote() {
    return vote;
  }

  /**
   * A clock jumped: nothing is trusted until those who speak after that agree, and nothing that was
   * measured before counts any more: the machine may have slept, or been frozen with all its clocks
   * and set right. What was proved stays where it did not sleep: a few may not contradict it.
   */
  void distrust(HostClockEvent.ClockJumped jump, OwnClocks.Look look) {
    publisher.withdraw(TrustReason.CLOCK_STEPPED);
    doubt = Optional.of(new Doubt(look.mapping().rawNanos(), TrustReason.CLOCK_STEPPED));
    pool.abandon(); // what is under way may span the jump
    pool.forget();
    pool.doubt();
    if (jump.mayRulerHaveStood()) {
      oscillator.forget();
      proof.forget();
      reversals.forget();
      projection = Optional.empty(); // who knows which of the clocks it would follow
    }
    pool.burst();
  }

  /**
   * Takes a look: publishes the same line anew where the ruler is no longer slewed as it was.
   *
   * @return whether a line in force until then may have been outside its interval
   */
  boolean follow(OwnClocks.Look look) {
    long leewayNanos = projection.map(LineProjection::leewayNanos).orElse(0L);
    long partedNanos = projection.map(last -> last.partedNanos(look.mapping())).orElse(0L);
    boolean wasAnswered = projection.filter(last -> !last.mapping().isAnswered()).isEmpty();
    boolean isAnsweredAgain = look.mapping().isAnswered() && !wasAnswered;
    long leftNanos = leewayNanos + look.allowedNanos() - partedNanos;
    if (partedNanos > leewayNanos / 2 || isAnsweredAgain) {
      projection = Optional.of(projection.get().onto(look.mapping(), clocks.leewayNanos()));
      proposal = Optional.of(projection.get().onRuler());
      proof.follow(proposal.get());
      publisher.follow(proposal.get(), leftNanos < 0, look.watch());
    } else if (clocks.isWatching()) {
      publisher.watched(look.watch());
    }
    // A changing slew may have gone on too far before what allows for it was out.
    long effectMonoNanos = publisher.clock().read(new Reading()).monoNanos();
    return look.overtakenNanos(effectMonoNanos) > leftNanos;
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
   * @return what the time did, if it was more than a slew, and which stamps are in doubt now
   */
  List<ClockEvent> hold(OwnClocks.Look look) {
    List<NtpSource> electors = pool.electors();
    List<NtpSource> speakers = new ArrayList<>(electors.size());
    List<Candidate> present = new ArrayList<>(electors.size());
    for (NtpSource source : electors) {
      if (source.hasSamples() && !pool.isSetAside(source)) {
        speakers.add(source);
        present.add(candidate(source));
      }
    }
    int electorate = pool.electorate(electors);
    List<ClockEvent> events = checkOscillator(speakers, electorate, look.mapping());
    long nowRawNanos = look.mapping().rawNanos();
    ClockEstimate estimate =
        new ClockEstimator(clocks.farRates(), clocks.rateChangePpm())
            .estimate(present, electorate, pool.isSingleSource(), nowRawNanos);
    if (retractions.forgetContradicted(estimate, speakers)) {
      pool.burst();
    }
    retractions.forgetOldLies(estimate, speakers);
    vote = vote.next(estimate, speakers);
    if (estimate.line().isEmpty()) {
      holdOver(present.size());
    } else {
      events.addAll(publish(estimate.line().get(), look.mapping()));
    }
    return events;
  }

  /** Where the clock is further off than was assumed, all bounds were too narrow. */
  private List<ClockEvent> checkOscillator(
      List<NtpSource> speakers, int electorate, RawMapping mapping) {
    List<ClockEvent> events = new ArrayList<>();
    oscillator
        .take(speakers, electorate, mapping)
        .ifPresent(
            finding -> {
              projection.ifPresent(line -> contradict(mapping)); // first: whatever fails after it
              oscillator.assume(finding);
              projection.ifPresent(
                  line -> events.add(withdrawn(oscillator.inDoubt(line, finding), mapping)));
              oscillator.tell();
            });
    return events;
  }

  /** Made anew only when the source has said something new. */
  private Candidate candidate(NtpSource source) {
    Candidate before =
        candidates.computeIfAbsent(
            source, asked -> new Candidate(asked.address().getAddress(), asked.samples()));
    Candidate candidate = before.isOf(source.samples()) ? before : before.with(source.samples());
    candidates.put(source, candidate);
    return candidate;
  }

  private List<ClockEvent> publish(ClockEstimate.Line line, RawMapping mapping) {
    List<NtpSource> truechimers = vote.truechimers();
    long majorityMonoNanos = mapping.monoNanosAt(line.majorityRawNanos());
    long untilMonoNanos =
        trustedUntil(majorityMonoNanos + 2 * longestPollNanos(truechimers) + config.timeoutNanos());
    LineProjection projected =
        new LineProjection(
            line,
            mapping,
            clocks.leewayNanos(),
            config.toleranceNanos(),
            untilMonoNanos,
            vote.estimate().consensus() == Consensus.SINGLE_SOURCE
                ? TrustReason.SINGLE_SOURCE
                : TrustReason.MAJORITY);
    LineProposal next = projected.onRuler();
    if (proof.isContradictedBy(next, pool.isMost(truechimers))) {
      publisher.withdraw(TrustReason.CONTRADICTION);
      return List.of();
    }
    List<ClockEvent> events = new ArrayList<>();
    doubt = doubt.filter(earlier -> line.majorityRawNanos() - earlier.rawNanos < 0);
    Optional<Reversals.InDoubt> inDoubt = reversals.take(projected, majorityMonoNanos);
    inDoubt.ifPresent(since -> events.add(withdrawn(since, mapping)));
    pool.published(truechimers);
    vote = vote.succeeded(line, majorityMonoNanos);
    // What cannot be right is forgotten now: with age it would seem possible again.
    for (int i = 0; i < vote.speakers().size(); i++) {
      if (!vote.estimate().verdicts().get(i).isConsistent()) {
        vote.speakers().get(i).keep(line::allows);
      }
    }
    capPolls(line);
    trustedUntilMonoNanos = Optional.of(untilMonoNanos);
    isInGap &= untilMonoNanos - mapping.monoNanos() <= 0;
    projection = Optional.of(projected);
    proposal = Optional.of(next);
    proof.take(next);
    Correction correction =
        doubt
            .map(why -> publisher.publishUntrusted(next, why.reason))
            .orElseGet(() -> publisher.publish(next));
    if (correction.isJump()) {
      events.add(new ClockEvent.TimeCorrected(mapping.monoNanos(), correction));
    }
    return events;
  }

  /** Most contradict what most had proved: they have to say it twice. */
  private ClockEvent withdrawn(Reversals.InDoubt since, RawMapping mapping) {
    contradict(mapping);
    pool.burst();
    return new HostClockEvent.StampsWithdrawn(
        mapping.monoNanos(),
        since.monoNanos(),
        since.epochNanos(),
        publisher.clock().read(new Reading()).epochNanos(),
        TrustReason.CONTRADICTION);
  }

  private void contradict(RawMapping mapping) {
    publisher.withdraw(TrustReason.CONTRADICTION);
    doubt = Optional.of(new Doubt(mapping.rawNanos(), TrustReason.CONTRADICTION));
  }

  /** The interval between polls may just have become shorter: what was promised before stays. */
  private long trustedUntil(long untilMonoNanos) {
    return trustedUntilMonoNanos
        .filter(before -> !isInGap && before - untilMonoNanos > 0)
        .orElse(untilMonoNanos);
  }

  private static long longestPollNanos(List<NtpSource> truechimers) {
    return truechimers.stream().mapToLong(NtpSource::pollNanos).max().orElse(0);
  }

  /** The vote has failed: trust lives on what was agreed before, and everybody is asked sooner. */
  private void holdOver(int speakerCount) {
    pool.sources().forEach(NtpSource::troubled);
    publisher.holdOver(speakerCount < 2 ? TrustReason.NO_RECENT_VOTE : TrustReason.NO_CONSENSUS);
    if (proposal.isEmpty()) {
      capPolls(config.toleranceNanos(), clocks.farRates().maxPpm()); // as often as manners allow
    }
  }

  /**
   * Asks so often that the bound, which grows from a fresh vote on, is under half the tolerance at
   * the next answer.
   */
  private void capPolls(ClockEstimate.Line line) {
    ErrorBudget budget = line.budget();
    long freshBoundNanos = budget.totalNanos() - budget.ageingNanos() - budget.centringNanos();
    RateBounds rates = line.ageing().near();
    double growthPpm = Math.max(rates.maxPpm() - line.ratePpm(), line.ratePpm() - rates.minPpm());
    capPolls(freshBoundNanos, growthPpm);
  }

  private void capPolls(long freshBoundNanos, double growthPpm) {
    double leftNanos = config.toleranceNanos() / 2.0 - freshBoundNanos;
    long capNanos = Math.max(0, (long) (leftNanos / (growthPpm * PPM)) - config.timeoutNanos());
    pool.sources().forEach(source -> source.capPoll(capNanos));
  }
}
