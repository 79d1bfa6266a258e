package com.ibstream.clocksync;

import com.ibstream.clocksync.facts.FeedFacts;
import com.ibstream.clocksync.seam.Seams;
import com.ibstream.clocksync.system.PauseDetector;
import com.ibstream.clocksync.time.LinePublisher;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.TrustReason;
import com.ibstream.clocksync.time.UtcLine;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.ClockStatus;
import com.ibstream.clocksync.verdict.EventFinder;
import com.ibstream.clocksync.verdict.HostClockEvent;
import com.ibstream.clocksync.verdict.HostStatus;
import com.ibstream.clocksync.verdict.SystemClockFinder;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What the monitor does, again and again, on its own thread: one line a step in {@link #run()}. */
final class MonitorCycle {

  /**
   * Granularity of the ruler, rather too much: the clock source of a virtual machine may be this
   * coarse.
   */
  static final long RULER_PRECISION_NANOS = 1_000;

  /** Shorter pauses are counted; a longer one is worth an event. */
  private static final long TOLD_PAUSE_NANOS = 1_000_000_000L;

  private final Seams seams;
  private final OwnClocks clocks;
  private final SourcePool pool;
  private final LinePublisher publisher;
  private final Voting voting;
  private final SystemClockView systemClock;
  private final PauseDetector pauses = new PauseDetector();
  private final FeedRoster feeds;
  private final StatusAssembly assembly;
  private final Outlets outlets;
  private final long lookIntervalNanos;
  private final Reading reading = new Reading();
  private final List<ClockEvent> events = new ArrayList<>();
  private final SystemClockFinder systemClockChanges = new SystemClockFinder();

  private Optional<OwnClocks.Look> look = Optional.empty();
  private Optional<LastSeen> lastSeen = Optional.empty();
  private List<FeedFacts> feedFacts = List.of();
  private Optional<Long> plannedMonoNanos = Optional.empty();
  private boolean isWoken;
  private boolean isSettling;
  private boolean isLookWanted;
  private final HostView host = new HostView();
  private volatile boolean isClosed;
  private volatile ClockStatus status;
  private volatile PoolTally tally;

  /**
   * How the cycle goes in time.
   *
   * @param sampleSpanNanos how old a sample may be to enter the statistics over samples
   * @param lookIntervalNanos the time between two looks at the own clocks
   */
  record Pace(long sampleSpanNanos, long lookIntervalNanos) {}

  MonitorCycle(
      ClockMonitorConfig config,
      Seams seams,
      SourcePool.Factory sources,
      LinePublisher publisher,
      Pace pace,
      Outlets outlets) {
    this.seams = seams;
    CauseFinder causes = new CauseFinder(ZoneId.systemDefault());
    this.systemClock = new SystemClockView(config, causes);
    this.clocks = new OwnClocks(config, seams, causes);
    this.pool = sources.create(clocks, this::wake);
    this.voting = new Voting(config, pool, clocks, publisher);
    this.publisher = publisher;
    this.feeds = new FeedRoster(seams.ruler());
    this.assembly = new StatusAssembly(config, clocks, pace.sampleSpanNanos());
    this.outlets = outlets;
    this.lookIntervalNanos = pace.lookIntervalNanos();
    this.tally = pool.tally();
    this.status = assemble(true);
  }

  /** One turn. Never throws for what the world does; plans its own next turn also if it fails. */
  void run() {
    if (isClosed) {
      return;
    }
    long nowMonoNanos = seams.ruler().monoNanos();
    long latestMonoNanos = nowMonoNanos + lookIntervalNanos;
    isWoken = false;
    noticePause(nowMonoNanos);
    plannedMonoNanos = plannedMonoNanos.filter(planned -> planned - nowMonoNanos > 0);
    try {
      voting.noticeGap(nowMonoNanos);
      pool.lookUp(nowMonoNanos);
      boolean isNews = pool.takeNews();
      boolean isLook = lookAtOwnClocks(nowMonoNanos, isNews);
      latestMonoNanos = look.orElseThrow().nextMonoNanos(lookIntervalNanos);
      if (isNews) {
        events.addAll(voting.hold(look.orElseThrow()));
        latestMonoNanos = nowMonoNanos + LinePublisher.SETTLING_NANOS; // see what the new line did
      }
      if (isLook) {
        lastSeen = Optional.of(LastSeen.after(look.orElseThrow(), publisher.clock(), lastSeen));
      }
      if (isLook || isNews || isSettling) {
        judgeSystemClock(isNews);
        judgeFeeds(isLook);
        events.addAll(host.age(nowMonoNanos));
        tell(isNews || events.size() > 0);
      }
      isSettling = isNews;
      pool.sendDue(nowMonoNanos);
    } finally {
      planNext(nowMonoNanos, latestMonoNanos);
    }
  }

  private void noticePause(long nowMonoNanos) {
    if (plannedMonoNanos.isPresent()) {
      OptionalLong pauseNanos = pauses.turn(plannedMonoNanos.get(), nowMonoNanos);
      if (pauseNanos.orElse(0) >= TOLD_PAUSE_NANOS) {
        events.add(new HostClockEvent.Paused(nowMonoNanos, pauseNanos.getAsLong()));
      }
    }
  }

  /** One turn with a look at the own clocks, due or not. */
  void runWithLook() {
    isLookWanted = true;
    run();
  }

  /** Asks for a turn as soon as possible. Monitor thread only. */
  private void wake() {
    if (!isWoken && !isClosed) {
      isWoken = true;
      seams.scheduler().schedule(seams.ruler().monoNanos(), this::run);
    }
  }

  /** Looks if it is time, and before every vote: what the vote says is said of clocks just seen. */
  private boolean lookAtOwnClocks(long nowMonoNanos, boolean isNews) {
    boolean isDue =
        look.isEmpty() || nowMonoNanos - look.get().nextMonoNanos(lookIntervalNanos) >= 0;
    if (!isDue && !isNews && !isLookWanted) {
      return false;
    }
    isLookWanted = false;
    try {
      look();
      clocks.actedUpon();
    } catch (RuntimeException | Error e) {
      publisher.withdraw(TrustReason.CLOCK_STEPPED); // nobody knows; the next look says so
      throw e;
    }
    return true;
  }

  private void look() {
    OwnClocks.Look next = clocks.look();
    look = Optional.of(next);
    boolean wasTrusted =
        publisher.clock().line().readAt(next.mapping().monoNanos(), reading).isTrusted();
    next.jump()
        .ifPresent(
            jump -> {
              voting.distrust(jump, next);
              events.add(jump);
            });
    boolean wasSlewed = voting.follow(next);
    next.slewChange().ifPresent(events::add);
    if (next.jump().filter(MonitorCycle::mayTimeHaveStood).isPresent()) {
      takeBack(wasTrusted, TrustReason.CLOCK_STEPPED);
    } else if (wasSlewed) {
      takeBack(wasTrusted, TrustReason.RULER_SLEWED);
    }
  }

  /** A step forward may be how a host makes good what a frozen virtual machine lost. */
  private static boolean mayTimeHaveStood(HostClockEvent.ClockJumped jump) {
    return jump.mayRulerHaveStood() || jump.jumpNanos() > 0;
  }

  /** What was read since the look before is no evidence, if anybody could trust it. */
  private void takeBack(boolean wasTrusted, TrustReason reason) {
    publisher.clock().read(reading);
    lastSeen.flatMap(last -> last.withdrawn(wasTrusted, reading, reason)).ifPresent(events::add);
    lastSeen = lastSeen.map(LastSeen::takenBack);
  }

  private void judgeSystemClock(boolean isNews) {
    if (look.isPresent() && voting.proposal().isPresent()) {
      publisher.clock().line().readAt(seams.ruler().monoNanos(), reading);
      systemClock.judge(look.get(), voting.proposal().get(), reading.isTrusted(), isNews);
    }
  }

  private void judgeFeeds(boolean isLook) {
    if (isLook) {
      publisher.clock().line().readAt(seams.ruler().monoNanos(), reading);
      feedFacts = feeds.judge(look.orElseThrow(), clocks.errorPpm(), reading);
    }
  }

  /** Reads the ruler anew: a line published in this turn begins after the turn did. */
  private ClockStatus assemble(boolean isNews) {
    UtcLine line = publisher.clock().line();
    line.readAt(seams.ruler().monoNanos(), reading);
    return assembly.assemble(
        reading,
        line.ratePpm(),
        voting.vote(),
        voting.proposal(),
        look,
        systemClock,
        pauses.facts(),
        feedFacts,
        host.status(),
        pool,
        isNews);
  }

  private void tell(boolean isNews) {
    ClockStatus next = assemble(isNews);
    events.addAll(EventFinder.between(status, next));
    events.addAll(systemClockChanges.next(next));
    status = next;
    tally = pool.tally();
    List<ClockEvent> changes = List.copyOf(events);
    events.clear();
    outlets.take(next, changes);
  }

  private void planNext(long nowMonoNanos, long latestMonoNanos) {
    long atMonoNanos = pool.nextDueMonoNanos(nowMonoNanos, latestMonoNanos);
    if (plannedMonoNanos.isEmpty() || atMonoNanos - plannedMonoNanos.get() < 0) {
      seams.scheduler().schedule(atMonoNanos, this::run);
      plannedMonoNanos = Optional.of(atMonoNanos); // only now: the plan may have failed
    }
  }

  /** Somebody will look at the host. Before the first run only. */
  void expectHost(long lifeNanos) {
    host.expect(seams.ruler().monoNanos(), lifeNanos);
  }

  /** Takes what was seen of the host, and tells it. Monitor thread only. */
  void hostChanged(HostStatus next, List<? extends ClockEvent> changes) {
    if (!isClosed) {
      events.addAll(host.take(next, changes));
      tell(false);
    }
  }

  /** Tells what was found elsewhere. Monitor thread only. */
  void heard(ClockEvent event) {
    if (!isClosed) {
      events.add(event);
      tell(false);
    }
  }

  /** Takes new feeds. Any thread. */
  FeedRoster feeds() {
    return feeds;
  }

  /** The status of the latest turn. Any thread. */
  ClockStatus status() {
    return status;
  }

  /** How far the exchanges are; not ahead of {@link #status()}. Any thread. */
  PoolTally tally() {
    return tally;
  }

  /** Takes trust away for good; no turn begins after this. Any thread. */
  void end() {
    isClosed = true;
    publisher.close(TrustReason.MONITOR_CLOSED);
  }

  /** Forgets the exchanges under way. After the monitor thread has ended. */
  void abandon() {
    pool.abandon();
  }
}
