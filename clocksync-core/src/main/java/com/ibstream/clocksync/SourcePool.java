package com.ibstream.clocksync;

import com.ibstream.clocksync.facts.NtpRejection;
import com.ibstream.clocksync.ntp.AddressBudgets;
import com.ibstream.clocksync.ntp.NtpExchange;
import com.ibstream.clocksync.ntp.NtpOutcome;
import com.ibstream.clocksync.ntp.NtpPolicy;
import com.ibstream.clocksync.ntp.NtpSource;
import com.ibstream.clocksync.seam.Seams;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All addresses of the configured servers: sends what is due, collects outcomes. Monitor thread.
 */
final class SourcePool {

  /**
   * The least distance between requests to different servers: an answer that comes while the next
   * request is being made ready would be noticed late, which costs accuracy on near networks.
   */
  private static final long SPACING_NANOS = 3_000_000L;

  /** So often may a packet be lost, or a lookup fail, before a server counts as not there. */
  static final int PATIENCE = 3;

  private final ClockMonitorConfig config;
  private final Seams seams;
  private final AddressBudgets budgets;
  private final int burst;
  private final OwnClocks clocks;
  private final Runnable wake;
  private final ServerNames names;
  private final SourceRoster roster;
  private final LeapSmearing leapSmearing = new LeapSmearing();
  private Optional<Long> notBeforeMonoNanos = Optional.empty();
  private Optional<Long> lastAnswerMonoNanos = Optional.empty();
  private boolean isInDoubt;
  private boolean hasNews;

  /** Makes a pool for a cycle, which the pool wakes. */
  interface Factory {
    SourcePool create(OwnClocks clocks, Runnable wake);
  }

  /**
   * A pool that has not begun.
   *
   * @param burst how many exchanges each source begins with
   * @param isReplacing whether lost servers are looked up again; not for one measurement
   * @param clocks time the exchanges
   * @param wake asks for a cycle, soon
   */
  SourcePool(
      ClockMonitorConfig config,
      Seams seams,
      AddressBudgets budgets,
      int burst,
      boolean isReplacing,
      OwnClocks clocks,
      Runnable wake) {
    this.config = config;
    this.seams = seams;
    this.budgets = budgets;
    this.burst = burst;
    this.clocks = clocks;
    this.wake = wake;
    this.roster = new SourceRoster(config.servers(), budgets, this::source);
    this.names =
        new ServerNames(
            config.servers(),
            seams,
            server -> isReplacing && roster.isShort(server),
            roster::found,
            this::news);
  }

  private NtpPolicy policy() {
    return new NtpPolicy(
        config.timeoutNanos(),
        config.maxRootDistanceNanos(),
        clocks.errorPpm(),
        MonitorCycle.RULER_PRECISION_NANOS);
  }

  /** Starts the lookups that are due, and gives up on those that take too long. */
  void lookUp(long nowMonoNanos) {
    names.lookUp(nowMonoNanos);
  }

  private NtpSource source(ServerAddress configured, InetSocketAddress address) {
    boolean isUndisciplinedAllowed =
        address.getAddress().isLoopbackAddress()
            || config.undisciplinedServers().contains(configured.host());
    return new NtpSource(
        configured.toString(),
        address,
        isUndisciplinedAllowed,
        config.minPollNanos(),
        config.maxPollNanos(),
        burst);
  }

  private void news() {
    hasNews = true;
    wake.run();
  }

  /** Sends the request that is due, or the first of them; the others follow in their own turns. */
  void sendDue(long nowMonoNanos) {
    if (notBeforeMonoNanos.isPresent() && notBeforeMonoNanos.get() - nowMonoNanos > 0) {
      return;
    }
    for (NtpSource source : sources()) {
      Optional<Long> due = source.dueMonoNanos(nowMonoNanos, budgets);
      if (due.isPresent() && due.get() - nowMonoNanos <= 0) {
        notBeforeMonoNanos = Optional.of(nowMonoNanos + SPACING_NANOS);
        send(source, nowMonoNanos);
        return;
      }
    }
  }

  private void send(NtpSource source, long nowMonoNanos) {
    budgets.spend(source.address(), nowMonoNanos);
    source.sent(nowMonoNanos);
    NtpExchange exchange =
        NtpExchange.start(
            seams.transport(),
            seams.scheduler(),
            source.address(),
            seams.random().nextLong(),
            source.isUndisciplinedAllowed(),
            policy(),
            clocks.raw(),
            new NtpExchange.Listener() {
              @Override
              public void ended(NtpOutcome outcome) {
                finished(source, outcome);
              }

              @Override
              public void straggled(NtpRejection reason) {
                source.straggled(reason);
              }
            });
    if (!exchange.isFinished()) {
      source.pending(exchange);
    }
  }

  private void finished(NtpSource source, NtpOutcome outcome) {
    boolean isAnswer = outcome instanceof NtpOutcome.Accepted;
    if (isAnswer && isInDoubt) {
      isInDoubt = false;
      sources()
          .forEach(
              other -> other.burst(patience())); // the network is there: ask those that were silent
    }
    if (isAnswer && lastAnswerMonoNanos.isEmpty()) {
      names.networkIsThere(seams.ruler().monoNanos());
    }
    lastAnswerMonoNanos = isAnswer ? Optional.of(seams.ruler().monoNanos()) : lastAnswerMonoNanos;
    long aliveMonoNanos = source.lastSentMonoNanos() - config.timeoutNanos();
    boolean isNetworkAlive = lastAnswerMonoNanos.filter(at -> at - aliveMonoNanos >= 0).isPresent();
    source.finished(outcome, isNetworkAlive, patience());
    if (outcome instanceof NtpOutcome.Refused refused) {
      budgets.refused(source.address(), refused.reason());
      if (lastAnswerMonoNanos.filter(at -> at - source.sentBeforeMonoNanos() >= 0).isPresent()) {
        source.failedAmongAnswers();
      }
    } else {
      roster.answered(source);
    }
    leapSmearing.observe(sources(), names.awaitedSourceCount(), seams.ruler().monoNanos());
    news();
  }

  /** How often a source may be silent, while others answer, until nobody waits for it. */
  private int patience() {
    return Math.min(burst, PATIENCE);
  }

  /** After a while without a vote: every source may be an honest one that could not be heard. */
  void doubt() {
    isInDoubt = true;
    lastAnswerMonoNanos = Optional.empty();
    sources().forEach(NtpSource::doubt);
  }

  /** Forgets the exchanges under way. */
  void abandon() {
    sources().forEach(NtpSource::abandon);
  }

  /** Forgets all samples and exchanges under way: the machine may have slept. */
  void forget() {
    sources().forEach(NtpSource::forget);
  }

  /** Asks everybody anew, as soon as their budgets allow. */
  void burst() {
    sources().forEach(source -> source.burst(patience()));
  }

  /** The sources that count in a vote: those that answer, and those that may yet be heard. */
  List<NtpSource> electors() {
    List<NtpSource> electors = new ArrayList<>(sources().size());
    for (NtpSource source : sources()) {
      if (!source.isEnded() && (source.isReachable() || source.isUndecided())) {
        electors.add(source);
      }
    }
    return electors;
  }

  /** Whether the server is known to smear leap seconds. */
  boolean isSmearing(NtpSource source) {
    return leapSmearing.isSmearing(source);
  }

  /**
   * Whether the source has no say because it smears a leap second which is near. It counts all the
   * same: who announces a leap second must not get a majority that he would not have without.
   */
  boolean isSetAside(NtpSource source) {
    return leapSmearing.isSetAside(source);
  }

  /**
   * Whether these are most of all that were there from the beginning and have answered, or have
   * proved themselves: a name that was looked up anew does not bring a voice against what was
   * proved before.
   */
  boolean isMost(List<NtpSource> agreeing) {
    return 2 * roster.establishedCount(agreeing) > roster.establishedCount(sources());
  }

  /** Notes who stands behind a line that was published: newcomers among them are established. */
  void published(List<NtpSource> truechimers) {
    roster.establish(truechimers);
  }

  /** When something is due next, on the ruler: a request, or a lookup. */
  long nextDueMonoNanos(long nowMonoNanos, long latestMonoNanos) {
    long next = latestMonoNanos;
    for (NtpSource source : sources()) {
      Optional<Long> due = source.dueMonoNanos(nowMonoNanos, budgets);
      if (due.isPresent()) {
        long at = notBeforeMonoNanos.filter(spaced -> spaced - due.get() > 0).orElse(due.get());
        next = at - next < 0 ? at : next;
      }
    }
    return names.nextDueMonoNanos(next);
  }

  /** Whether anything has ended since the last call. */
  boolean takeNews() {
    boolean news = hasNews;
    hasNews = false;
    return news;
  }

  /** How many could speak: these, and those of names that were never found and may yet be. */
  int electorate(List<NtpSource> electors) {
    return electors.size() + names.awaitedSourceCount();
  }

  /** Whether one server is all that was asked for. */
  boolean isSingleSource() {
    return config.servers().size() == 1 && roster.isOneAddressWanted();
  }

  /** How far the exchanges with each address are. */
  PoolTally tally() {
    List<Long> finishedCounts = new ArrayList<>(sources().size());
    for (NtpSource source : sources()) {
      finishedCounts.add(
          budgets.isUnwelcome(source.address()) ? Long.MAX_VALUE : source.tally().finishedCount());
    }
    return new PoolTally(names.firstLookupCount(), finishedCounts);
  }

  List<NtpSource> sources() {
    return roster.sources();
  }

  List<FruitlessLookups> fruitlessLookups() {
    return names.fruitless(roster);
  }
}
