package com.ibstream.clocksync;

import com.ibstream.clocksync.ntp.AddressBudgets;
import com.ibstream.clocksync.ntp.NtpExchange;
import com.ibstream.clocksync.ntp.NtpOutcome;
import com.ibstream.clocksync.ntp.NtpPolicy;
import com.ibstream.clocksync.ntp.NtpSource;
import com.ibstream.clocksync.seam.NameResolver.Resolution;
import com.ibstream.clocksync.seam.Seams;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * All configured servers and their addresses: looks names up, sends what is due, collects outcomes.
 * Monitor thread.
 */
final class SourcePool {

  /** How many addresses of a pool name are used; of any other name it is one. */
  private static final int POOL_ADDRESSES = 4;

  private static final String POOL_DOMAIN = "pool.ntp.org";
  private static final String SMEARING_DOMAIN = ".google.com";

  /**
   * How long a lookup may take before it counts as failed; an answer that comes later is still
   * taken.
   */
  private static final long LOOKUP_TIMEOUT_NANOS = 5_000_000_000L;

  /** When a failed lookup is tried again. */
  private static final long LOOKUP_RETRY_NANOS = 60_000_000_000L;

  private final ClockMonitorConfig config;
  private final Seams seams;
  private final NtpPolicy policy;
  private final AddressBudgets budgets;
  private final int burst;
  private final Runnable wake;
  private final List<Name> names = new ArrayList<>();
  private final List<NtpSource> sources = new ArrayList<>();
  private boolean hasNews;

  /** A configured server and the state of its lookup. */
  private static final class Name {
    private final ServerAddress server;
    private boolean isAsking;
    private boolean isKnown;
    private long deadlineMonoNanos;
    private long retryMonoNanos;
    private String failure = "";
    private long failureCount;

    Name(ServerAddress server) {
      this.server = server;
    }

    boolean isPool() {
      return server.host().equals(POOL_DOMAIN) || server.host().endsWith("." + POOL_DOMAIN);
    }
  }

  /** A name that has no address at present. */
  record Unresolved(String server, String failure, long failureCount) {}

  /**
   * A pool that has not begun.
   *
   * @param burst how many exchanges each source begins with
   * @param wake asks for a cycle, soon
   */
  SourcePool(
      ClockMonitorConfig config, Seams seams, AddressBudgets budgets, int burst, Runnable wake) {
    this.config = config;
    this.seams = seams;
    this.budgets = budgets;
    this.burst = burst;
    this.wake = wake;
    this.policy =
        new NtpPolicy(
            config.timeoutNanos(),
            config.maxRootDistanceNanos(),
            config.frequencyTolerancePpm() + config.slewAllowancePpm(),
            MonitorCycle.RULER_PRECISION_NANOS);
    config.servers().forEach(server -> names.add(new Name(server)));
  }

  /** Starts the lookups that are due, and gives up on those that take too long. */
  void lookUp(long nowMonoNanos) {
    for (Name name : names) {
      if (name.isAsking && nowMonoNanos - name.deadlineMonoNanos >= 0) {
        failed(
            name,
            "no answer to the lookup within " + LOOKUP_TIMEOUT_NANOS / 1_000_000_000L + " s",
            nowMonoNanos);
      }
      if (!name.isKnown
          && !name.isAsking
          && (name.failure.isEmpty() || nowMonoNanos - name.retryMonoNanos >= 0)) {
        name.isAsking = true;
        name.deadlineMonoNanos = nowMonoNanos + LOOKUP_TIMEOUT_NANOS;
        seams
            .resolver()
            .resolve(
                name.server.host(),
                answer ->
                    seams
                        .scheduler()
                        .schedule(seams.ruler().monoNanos(), () -> lookedUp(name, answer)));
      }
    }
  }

  private void lookedUp(Name name, Resolution answer) {
    if (answer.addresses().isEmpty()) {
      if (name.isAsking) {
        failed(name, answer.failure(), seams.ruler().monoNanos());
      }
    } else if (!name.isKnown) {
      name.isAsking = false;
      name.isKnown = true;
      name.failure = "";
      add(name, answer.addresses());
    }
    hasNews = true;
    wake.run();
  }

  private void failed(Name name, String failure, long nowMonoNanos) {
    name.isAsking = false;
    name.failure = failure.isEmpty() ? "no address" : failure;
    name.failureCount++;
    name.retryMonoNanos = nowMonoNanos + LOOKUP_RETRY_NANOS;
    hasNews = true;
  }

  private void add(Name name, List<InetAddress> addresses) {
    int wanted = name.isPool() ? POOL_ADDRESSES : 1;
    for (InetAddress address : addresses) {
      InetSocketAddress server = new InetSocketAddress(address, name.server.port());
      boolean isNew = sources.stream().noneMatch(source -> source.address().equals(server));
      if (wanted > 0 && isNew) {
        wanted--;
        sources.add(
            new NtpSource(
                name.server.toString(),
                server,
                address.isLoopbackAddress()
                    || config.undisciplinedServers().contains(name.server.host()),
                config.minPollNanos(),
                config.maxPollNanos(),
                burst));
      }
    }
  }

  /** Sends the requests that are due. */
  void sendDue(long nowMonoNanos) {
    for (NtpSource source : sources) {
      Optional<Long> due = source.dueMonoNanos(nowMonoNanos, budgets);
      if (due.isPresent() && due.get() - nowMonoNanos <= 0) {
        send(source, nowMonoNanos);
      }
    }
  }

  private void send(NtpSource source, long nowMonoNanos) {
    budgets.spend(source.address(), nowMonoNanos);
    source.sent(nowMonoNanos);
    boolean[] isOver = {false};
    NtpExchange exchange =
        NtpExchange.start(
            seams.transport(),
            seams.scheduler(),
            source.address(),
            seams.random().nextLong(),
            source.isUndisciplinedAllowed(),
            policy,
            outcome -> {
              isOver[0] = true;
              finished(source, outcome);
            });
    if (!isOver[0]) {
      source.pending(exchange);
    }
  }

  private void finished(NtpSource source, NtpOutcome outcome) {
    source.finished(outcome);
    hasNews = true;
    wake.run();
  }

  /** When something is due next, on the ruler: a request, or a lookup. */
  long nextDueMonoNanos(long nowMonoNanos, long latestMonoNanos) {
    long next = latestMonoNanos;
    for (NtpSource source : sources) {
      next = earlier(next, source.dueMonoNanos(nowMonoNanos, budgets).orElse(next));
    }
    for (Name name : names) {
      if (name.isAsking) {
        next = earlier(next, name.deadlineMonoNanos);
      } else if (!name.isKnown) {
        next = earlier(next, name.retryMonoNanos);
      }
    }
    return next;
  }

  private static long earlier(long a, long b) {
    return a - b < 0 ? a : b;
  }

  /** Whether anything has ended since the last call. */
  boolean takeNews() {
    boolean news = hasNews;
    hasNews = false;
    return news;
  }

  /**
   * How many sources could speak: the reachable ones, and at the start those of which nobody knows
   * yet.
   */
  int electorate() {
    int speaking =
        (int)
            sources.stream()
                .filter(s -> s.isReachable() || (s.isUndecided() && !s.isEnded()))
                .count();
    int awaited =
        names.stream().filter(n -> n.isAsking).mapToInt(n -> n.isPool() ? POOL_ADDRESSES : 1).sum();
    return speaking + awaited;
  }

  /** Whether one server is all that was asked for. */
  boolean isSingleSource() {
    return names.size() == 1 && sources.size() == 1;
  }

  /** How far the exchanges with each address are. */
  Tally tally() {
    int awaited =
        (int) names.stream().filter(name -> !name.isKnown && name.failure.isEmpty()).count();
    List<Long> finished =
        sources.stream().map(s -> s.isEnded() ? Long.MAX_VALUE : s.finishedCount()).toList();
    return new Tally(awaited, finished);
  }

  List<NtpSource> sources() {
    return Collections.unmodifiableList(sources);
  }

  List<Unresolved> unresolved() {
    return names.stream()
        .filter(name -> !name.isKnown)
        .map(name -> new Unresolved(name.server.toString(), name.failure, name.failureCount))
        .toList();
  }

  /** Makes a pool for a cycle, which the pool wakes. */
  interface Factory {
    SourcePool create(Runnable wake);
  }

  /**
   * How many exchanges have ended.
   *
   * @param awaitedCount names whose first lookup is under way
   * @param finishedCounts per address; {@link Long#MAX_VALUE} for one that will not be asked again
   */
  record Tally(int awaitedCount, List<Long> finishedCounts) {

    /** How many exchanges are done if so many are wanted with each address. */
    int doneCount(int wanted) {
      return finishedCounts.stream().mapToInt(finished -> (int) Math.min(wanted, finished)).sum();
    }

    /** How many there are in all; every name that is looked up counts as one address. */
    int totalCount(int wanted) {
      return (finishedCounts.size() + awaitedCount) * wanted;
    }
  }

  /** Whether the server is known to smear leap seconds. */
  static boolean isSmearing(NtpSource source) {
    return ServerAddress.parse(source.server()).host().endsWith(SMEARING_DOMAIN);
  }

  /** Stops everything under way. */
  void close() {
    sources.forEach(NtpSource::abandon);
  }
}
