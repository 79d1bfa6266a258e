package com.ibstream.clocksync.host;

import com.google.common.net.InetAddresses;
import com.ibstream.clocksync.seam.NameResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * The machine's resolver, which may block for minutes: each lookup has a disposable daemon thread,
 * bounded in number, and one a name: a name whose lookup hangs does not take the threads of the
 * others. Safe for threads.
 */
public final class SystemNameResolver implements NameResolver {

  private static final int MAX_PENDING = 16;

  private final Semaphore pending = new Semaphore(MAX_PENDING);
  private final Set<String> pendingHosts = ConcurrentHashMap.newKeySet();

  /** A resolver with no lookup pending. */
  public SystemNameResolver() {}

  @Override
  public void resolve(String host, Consumer<Resolution> answer) {
    if (InetAddresses.isInetAddress(host)) {
      answer.accept(literal(host));
    } else if (!pendingHosts.add(host)) {
      answer.accept(new Resolution(List.of(), "an earlier lookup is still pending"));
    } else if (pending.tryAcquire()) {
      Thread thread = new Thread(() -> lookUp(host, answer), "clocksync-lookup-" + host);
      thread.setDaemon(true);
      start(thread, host, answer);
    } else {
      pendingHosts.remove(host);
      answer.accept(new Resolution(List.of(), MAX_PENDING + " lookups are pending already"));
    }
  }

  private static Resolution literal(String host) {
    try {
      return new Resolution(List.of(InetAddresses.forString(host)), "");
    } catch (IllegalArgumentException e) { // a scope that this host does not have
      return new Resolution(List.of(), host + ": " + e.getMessage());
    }
  }

  private void start(Thread thread, String host, Consumer<Resolution> answer) {
    try {
      thread.start();
    } catch (OutOfMemoryError e) { // what the JVM throws when the system has no more threads
      release(host);
      answer.accept(new Resolution(List.of(), "no thread for a lookup: " + e.getMessage()));
    }
  }

  private void lookUp(String host, Consumer<Resolution> answer) {
    Resolution resolution;
    try {
      resolution = new Resolution(List.of(InetAddress.getAllByName(host)), "");
    } catch (UnknownHostException | SecurityException e) {
      resolution = new Resolution(List.of(), "unknown host " + host);
    } finally {
      release(host);
    }
    answer.accept(resolution);
  }

  private void release(String host) {
    pendingHosts.remove(host);
    pending.release();
  }
}
