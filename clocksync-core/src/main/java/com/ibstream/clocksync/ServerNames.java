package com.ibstream.clocksync;

import com.ibstream.clocksync.seam.NameResolver.Resolution;
import com.ibstream.clocksync.seam.Seams;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The configured servers as names: looks them up, off the monitor's thread, and again after a
 * failure. Monitor thread.
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

  /** When a failed lookup is tried again. */
  private static final long LOOKUP_RETRY_NANOS = 60_000_000_000L;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Seams seams;
  private final BiConsumer<ServerAddress, List<InetAddress>> found;
  private final Runnable news;
  private final List<Name> names = new ArrayList<>();

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
  }

  /**
   * A name that has no address at present.
   *
   * @param server the name as configured
   * @param failure why; empty while the first lookup is under way
   * @param failureCount how many lookups failed
   */
  record Unresolved(String server, String failure, long failureCount) {}

  /**
   * Names that have not been looked up.
   *
   * @param found takes the addresses of a name, on the monitor thread
   * @param news told whenever a lookup has ended
   */
  ServerNames(
      List<ServerAddress> servers,
      Seams seams,
      BiConsumer<ServerAddress, List<InetAddress>> found,
      Runnable news) {
    this.seams = seams;
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
      boolean isDue = name.failure.isEmpty() || nowMonoNanos - name.retryMonoNanos >= 0;
      if (!name.isKnown && !name.isAsking && isDue) {
        name.isAsking = true;
        name.deadlineMonoNanos = nowMonoNanos + LOOKUP_TIMEOUT_NANOS;
        ask(name);
      }
    }
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
    } else if (!name.isKnown) {
      name.isAsking = false;
      name.isKnown = true;
      name.failure = "";
      found.accept(name.server, answer.addresses());
    }
    news.run();
  }

  private void failed(Name name, String failure, long nowMonoNanos) {
    name.isAsking = false;
    name.failure = failure.isEmpty() ? "no address" : failure;
    name.failureCount++;
    name.retryMonoNanos = nowMonoNanos + LOOKUP_RETRY_NANOS;
    news.run();
  }

  /** When something is due next, on the ruler, but not after the given instant. */
  long nextDueMonoNanos(long latestMonoNanos) {
    long next = latestMonoNanos;
    for (Name name : names) {
      long due = name.isAsking ? name.deadlineMonoNanos : name.retryMonoNanos;
      if (!name.isKnown && due - next < 0) {
        next = due;
      }
    }
    return next;
  }

  /**
   * How many sources may still come of first lookups; a lookup that is tried again promises
   * nothing.
   */
  int awaitedSourceCount() {
    return names.stream()
        .filter(name -> !name.isKnown && name.failure.isEmpty())
        .mapToInt(name -> wantedAddresses(name.server))
        .sum();
  }

  /** How many names have not been answered for even once. */
  int firstLookupCount() {
    return (int) names.stream().filter(name -> !name.isKnown && name.failure.isEmpty()).count();
  }

  List<Unresolved> unresolved() {
    return names.stream()
        .filter(name -> !name.isKnown)
        .map(name -> new Unresolved(name.server.toString(), name.failure, name.failureCount))
        .toList();
  }
}
