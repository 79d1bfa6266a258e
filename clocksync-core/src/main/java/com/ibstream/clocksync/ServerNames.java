package com.ibstream.clocksync;

import com.google.common.net.InetAddresses;
import com.ibstream.clocksync.seam.NameResolver.Resolution;
import com.ibstream.clocksync.seam.Seams;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * The configured servers as names: looks them up, off the monitor's thread, again after a failure,
 * and again when their addresses are lost. Monitor thread.
 */
final class ServerNames {

  /** How many addresses of a pool name are used; of any other name it is one. */
  private static final int POOL_ADDRESSES = 4;

  private static final String POOL_DOMAIN = "pool.ntp.org";

  /**
   * How long a lookup may take before it counts as failed; an answer that comes later is still
   * taken.
   */
  private static final long LOOKUP_TIMEOUT_NANOS = 5_000_000_000L;

  /**
   * When a name that may yet be found is tried again after its first failure; it doubles: the vote
   * waits for it.
   */
  private static final long SOON_RETRY_NANOS = 2_000_000_000L;

  /** When any other failed lookup is tried again, and the least time between two that succeed. */
  private static final long LOOKUP_RETRY_NANOS = 60_000_000_000L;

  /**
   * The longest time between two lookups of a name whose addresses are lost; from the least it
   * doubles.
   */
  private static final long LONGEST_RETRY_NANOS = 3_600_000_000_000L;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Seams seams;
  private final Predicate<ServerAddress> isShort;
  private final BiConsumer<ServerAddress, List<InetAddress>> found;
  private final Runnable news;
  private final List<Name> names = new ArrayList<>();

  /** A configured server and the state of its lookup. */
  private static final class Name {
    private final ServerAddress server;
    private final boolean isLiteral;
    private boolean isAsking;
    private boolean isKnown;
    private long deadlineMonoNanos;
    private long retryMonoNanos;
    private long waitNanos = LOOKUP_RETRY_NANOS;
    private String failure = "";
    private long failureCount;
    private int inVainCount;

    Name(ServerAddress server) {
      this.server = server;
      this.isLiteral = server.host().contains(":") || InetAddresses.isInetAddress(server.host());
    }

    /** Whether it was not answered for even once. */
    boolean isFirstLookup() {
      return !isKnown && failure.isEmpty();
    }

    /** Whether it was never found and may yet be: nobody knows what its servers will say. */
    boolean isAwaited() {
      return !isKnown && inVainCount < SourcePool.PATIENCE;
    }
  }

  /**
   * Names that have not been looked up.
   *
   * @param isShort whether a name that was found once needs more addresses
   * @param found takes the addresses of a name, on the monitor thread
   * @param news told whenever a lookup has ended
   */
  ServerNames(
      List<ServerAddress> servers,
      Seams seams,
      Predicate<ServerAddress> isShort,
      BiConsumer<ServerAddress, List<InetAddress>> found,
      Runnable news) {
    this.seams = seams;
    this.isShort = isShort;
    this.found = found;
    this.news = news;
    servers.forEach(server -> names.add(new Name(server)));
  }

  /** How many addresses of a server are used. */
  static int wantedAddresses(ServerAddress server) {
    String host = withoutRoot(server.host());
    boolean isPool = host.equals(POOL_DOMAIN) || host.endsWith("." + POOL_DOMAIN);
    return isPool ? POOL_ADDRESSES : 1;
  }

  /** A name without the trailing dot that makes it absolute. */
  static String withoutRoot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  /** Starts the lookups that are due, and gives up on those that take too long. */
  void lookUp(long nowMonoNanos) {
    for (Name name : names) {
      if (name.isAsking && nowMonoNanos - name.deadlineMonoNanos >= 0) {
        failed(
            name,
            "no answer to the lookup within " + LOOKUP_TIMEOUT_NANOS / NANOS_PER_SECOND + " s",
            nowMonoNanos);
      }
      if (name.isKnown && !name.isAsking && !isWanted(name)) {
        name.waitNanos = LOOKUP_RETRY_NANOS;
        name.failure = "";
      }
      if (isWanted(name) && nowMonoNanos - dueMonoNanos(name, nowMonoNanos) >= 0) {
        name.isAsking = true;
        name.deadlineMonoNanos = nowMonoNanos + LOOKUP_TIMEOUT_NANOS;
        ask(name);
      }
    }
  }

  /** Whether a lookup should begin, now or later. */
  private boolean isWanted(Name name) {
    if (name.isAsking) {
      return false;
    }
    if (!name.isKnown) {
      return true;
    }
    return !name.isLiteral && isShort.test(name.server);
  }

  private static long dueMonoNanos(Name name, long nowMonoNanos) {
    return name.isKnown || !name.failure.isEmpty() ? name.retryMonoNanos : nowMonoNanos;
  }

  private void ask(Name name) {
    try {
      seams
          .resolver()
          .resolve(
              name.server.host(),
              answer ->
                  seams
                      .scheduler()
                      .schedule(seams.ruler().monoNanos(), () -> lookedUp(name, answer)));
    } catch (RuntimeException e) { // somebody else's resolver
      failed(name, String.valueOf(e.getMessage()), seams.ruler().monoNanos());
    }
  }

  private void lookedUp(Name name, Resolution answer) {
    if (answer.addresses().isEmpty()) {
      if (name.isAsking) {
        failed(name, answer.failure(), seams.ruler().monoNanos());
      }
    } else if (!name.isKnown || name.isAsking) {
      name.isKnown = true;
      name.failure = "";
      ended(name, seams.ruler().monoNanos());
      found.accept(name.server, answer.addresses());
    }
    news.run();
  }

  private void failed(Name name, String failure, long nowMonoNanos) {
    name.failure = failure.isEmpty() ? "no address" : failure;
    name.failureCount++;
    name.inVainCount++;
    ended(name, nowMonoNanos);
    news.run();
  }

  private static void ended(Name name, long nowMonoNanos) {
    name.isAsking = false;
    long soonNanos = SOON_RETRY_NANOS << Math.max(0, name.inVainCount - 1);
    name.retryMonoNanos = nowMonoNanos + (name.isAwaited() ? soonNanos : name.waitNanos);
    // A name that was never found is tried each minute at least: the network may come at any time.
    name.waitNanos =
        name.isKnown ? Math.min(2 * name.waitNanos, LONGEST_RETRY_NANOS) : name.waitNanos;
  }

  /**
   * Somebody has answered, after a while without or for the first time: the network is there now.
   * Failures before prove nothing of the names that were never found, which are tried at once.
   */
  void networkIsThere(long nowMonoNanos) {
    for (Name name : names) {
      if (!name.isKnown) {
        name.inVainCount = 0;
        name.retryMonoNanos = nowMonoNanos;
      }
    }
  }

  /** When something is due next, on the ruler, but not after the given instant. */
  long nextDueMonoNanos(long latestMonoNanos) {
    long next = latestMonoNanos;
    for (Name name : names) {
      long due = name.isAsking ? name.deadlineMonoNanos : name.retryMonoNanos;
      if ((name.isAsking || isWanted(name)) && due - next < 0) {
        next = due;
      }
    }
    return next;
  }

  /**
   * How many sources may still come of names that were never found; one whose lookup has failed as
   * often as a server may be silent promises nothing.
   */
  int awaitedSourceCount() {
    int count = 0;
    for (Name name : names) {
      count += name.isAwaited() ? wantedAddresses(name.server) : 0;
    }
    return count;
  }

  /** How many names have not been answered for even once; one measurement waits for no more. */
  int firstLookupCount() {
    int count = 0;
    for (Name name : names) {
      count += name.isFirstLookup() ? 1 : 0;
    }
    return count;
  }

  /** What came of the lookups of each server; the roster knows what it could use of them. */
  List<FruitlessLookups> fruitless(SourceRoster roster) {
    return names.stream()
        .map(
            name ->
                FruitlessLookups.of(
                    name.server.toString(),
                    !name.isKnown || !name.failure.isEmpty(),
                    name.failure,
                    name.failureCount,
                    roster.isSwallowed(name.server),
                    roster.swallowedCount(name.server)))
        .toList();
  }
}
