package com.ibstream.clocksync;

import com.ibstream.clocksync.estimate.Candidate;
import com.ibstream.clocksync.estimate.ClockEstimate;
import com.ibstream.clocksync.estimate.ClockEstimator;
import com.ibstream.clocksync.facts.Consensus;
import com.ibstream.clocksync.facts.ErrorBudget;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.history.StatusRecorder;
import com.ibstream.clocksync.ntp.NtpSource;
import com.ibstream.clocksync.repair.Watchdog;
import com.ibstream.clocksync.seam.Seams;
import com.ibstream.clocksync.system.Bracket;
import com.ibstream.clocksync.system.SystemClockWatch;
import com.ibstream.clocksync.time.Correction;
import com.ibstream.clocksync.time.LineProposal;
import com.ibstream.clocksync.time.LinePublisher;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.TrustReason;
import com.ibstream.clocksync.time.UtcLine;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.ClockStatus;
import com.ibstream.clocksync.verdict.EventFinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the monitor does, again and again, on its own thread: one line a step in {@link #run()}. */
final class MonitorCycle {

  /**
   * Granularity of the ruler, rather too much: the clock source of a virtual machine may be this
   * coarse.
   */
  static final long RULER_PRECISION_NANOS = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(MonitorCycle.class);

  private static final double PPM = 1e-6;

  private final ClockMonitorConfig config;
  private final Seams seams;
  private final SourcePool pool;
  private final ClockEstimator estimator;
  private final LinePublisher publisher;
  private final SystemClockWatch systemClock;
  private final StatusAssembly assembly;
  private final Outlets outlets;
  private final Reading reading = new Reading();
  private final List<ClockEvent> events = new ArrayList<>();

  private Optional<Bracket> look = Optional.empty();
  private Optional<LineProposal> proposal = Optional.empty();
  private Optional<SystemClockFacts> systemFacts = Optional.empty();
  private StatusAssembly.Vote vote = StatusAssembly.Vote.NONE;
  private Optional<Long> plannedMonoNanos = Optional.empty();
  private Optional<Long> trustedUntilMonoNanos = Optional.empty();
  private boolean isInGap;
  private boolean isWoken;
  private boolean hasOutletFailed;
  private volatile boolean isClosed;
  private volatile ClockStatus status;
  private volatile SourcePool.Tally tally;

  /**
   * Where the findings go.
   *
   * @param recorder remembers
   * @param watchdog decides what to do
   * @param listeners hear of changes
   */
  record Outlets(StatusRecorder recorder, Watchdog watchdog, Consumer<ClockEvent> listeners) {}

  MonitorCycle(
      ClockMonitorConfig config,
      Seams seams,
      SourcePool.Factory sources,
      LinePublisher publisher,
      long sampleSpanNanos,
      Outlets outlets) {
    this.config = config;
    this.seams = seams;
    this.pool = sources.create(this::wake);
    this.estimator = new ClockEstimator(config.rulerErrorPpm());
    this.publisher = publisher;
    this.systemClock = new SystemClockWatch(config.driftWindowNanos());
    this.assembly = new StatusAssembly(config, sampleSpanNanos);
    this.outlets = outlets;
    this.tally = pool.tally();
    this.status = assemble();
  }

  /** One turn. Never throws for what the world does; plans its own next turn also if it fails. */
  void run() {
    if (isClosed) {
      return;
    }
    long nowMonoNanos = seams.ruler().monoNanos();
    long latestMonoNanos = nowMonoNanos + config.lookIntervalNanos();
    isWoken = false;
    plannedMonoNanos = plannedMonoNanos.filter(planned -> planned - nowMonoNanos > 0);
    try {
      noticeGap(nowMonoNanos);
      lookAtSystemClock(nowMonoNanos);
      pool.lookUp(nowMonoNanos);
      boolean isNews = pool.takeNews();
      if (isNews) {
        estimate(nowMonoNanos);
        latestMonoNanos = nowMonoNanos + LinePublisher.SETTLING_NANOS; // see what the new line did
      }
      judgeSystemClock(isNews);
      ClockStatus next = assemble();
      events.addAll(EventFinder.between(status, next));
      status = next;
      tally = pool.tally();
      handOver(next);
      pool.sendDue(nowMonoNanos);
    } finally {
      planNext(nowMonoNanos, latestMonoNanos);
    }
  }

  /** Asks for a turn as soon as possible. Monitor thread only. */
  private void wake() {
    if (!isWoken && !isClosed) {
      isWoken = true;
      seams.scheduler().schedule(seams.ruler().monoNanos(), this::run);
    }
  }

  private void lookAtSystemClock(long nowMonoNanos) {
    if (look.isEmpty() || nowMonoNanos - look.get().monoNanos() >= config.lookIntervalNanos()) {
      look = Optional.of(Bracket.take(seams.ruler(), seams.wallClock()));
    }
  }

  /** After two polls without a vote the next one begins as if nobody had ever been asked. */
  private void noticeGap(long nowMonoNanos) {
    if (!isInGap && trustedUntilMonoNanos.filter(until -> nowMonoNanos - until >= 0).isPresent()) {
      isInGap = true;
      pool.doubt();
    }
  }

  private void estimate(long nowMonoNanos) {
    List<NtpSource> speakers =
        pool.electors().stream().filter(s -> !s.samples().isEmpty()).toList();
    List<Candidate> candidates =
        speakers.stream().map(s -> new Candidate(s.address().getAddress(), s.samples())).toList();
    ClockEstimate estimate =
        estimator.estimate(candidates, pool.electorate(), pool.isSingleSource(), nowMonoNanos);
    vote = new StatusAssembly.Vote(estimate, speakers, estimate.line().or(vote::lastLine));
    estimate
        .line()
        .ifPresentOrElse(
            line -> publish(line, estimate, nowMonoNanos), () -> holdOver(candidates.size()));
  }

  private void publish(ClockEstimate.Line line, ClockEstimate estimate, long nowMonoNanos) {
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
    if (correction.kind() == Correction.Kind.STEPPED || correction.kind() == Correction.Kind.HELD) {
      events.add(new ClockEvent.TimeCorrected(nowMonoNanos, correction));
    }
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

  private void judgeSystemClock(boolean isNews) {
    if (look.isEmpty() || proposal.isEmpty()) {
      return;
    }
    Bracket bracket = look.get();
    boolean isSeen =
        systemFacts.isPresent() && systemFacts.get().measuredMonoNanos() == bracket.monoNanos();
    if (isNews || !isSeen) {
      publisher.clock().line().readAt(seams.ruler().monoNanos(), reading);
      systemFacts =
          Optional.of(systemClock.observe(bracket, proposal.get(), !isSeen && reading.isTrusted()));
    }
  }

  /** Reads the ruler anew: a line published in this turn begins after the turn did. */
  private ClockStatus assemble() {
    UtcLine line = publisher.clock().line();
    line.readAt(seams.ruler().monoNanos(), reading);
    return assembly.assemble(reading, line.ratePpm(), vote, look, systemFacts, pool);
  }

  private void handOver(ClockStatus next) {
    List<ClockEvent> changes = List.copyOf(events);
    events.clear();
    try {
      changes.forEach(outlets.listeners());
      outlets.recorder().record(next, changes);
      outlets.watchdog().decide(next);
    } catch (RuntimeException e) {
      // Whoever listens must not be able to stop the measuring.
      if (!hasOutletFailed) {
        hasOutletFailed = true;
        LOG.error("taking over a status failed; this is reported once", e);
      }
    }
  }

  private void planNext(long nowMonoNanos, long latestMonoNanos) {
    long atMonoNanos = pool.nextDueMonoNanos(nowMonoNanos, latestMonoNanos);
    if (plannedMonoNanos.isEmpty() || atMonoNanos - plannedMonoNanos.get() < 0) {
      plannedMonoNanos = Optional.of(atMonoNanos);
      seams.scheduler().schedule(atMonoNanos, this::run);
    }
  }

  /** The status of the latest turn. Any thread. */
  ClockStatus status() {
    return status;
  }

  /** How far the exchanges are; not ahead of {@link #status()}. Any thread. */
  SourcePool.Tally tally() {
    return tally;
  }

  /** Takes trust away for good; no turn begins after this. Any thread. */
  void end() {
    isClosed = true;
    publisher.close(TrustReason.MONITOR_CLOSED);
  }

  /** Forgets the exchanges under way. After the monitor thread has ended. */
  void abandon() {
    pool.close();
  }
}
