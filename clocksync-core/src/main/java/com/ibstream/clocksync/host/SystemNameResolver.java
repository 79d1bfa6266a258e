package com.ibstream.clocksync.host;

import com.google.common.net.InetAddresses;
import com.ibstream.clocksync.seam.NameResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The machine's resolver, which may block for minutes: each lookup has a disposable daemon thread,
 * bounded in number, and one a name: a name whose lookup hangs does not take the threads of the
 * others. Who asks for a name that is being looked up gets the same answer. Safe for threads.
 */
public final class SystemNameResolver implements NameResolver {

  /**
   * How many lookups may be pending, and how many may wait for one of them: as many as a monitor
   * may have servers, so that names that hang keep no other from being looked up.
   */
  private static final int MAX_PENDING = 64;

  /** Who waits for the lookup of a host; every host here has a thread. */
  private final Map<String, List<Consumer<Resolution>>> pending = new HashMap<>();

  private enum Place {
    FIRST,
    BEHIND,
    NONE
  }

  /** A resolver with no lookup pending. */
  public SystemNameResolver() {}

  @Override
  public void resolve(String host, Consumer<Resolution> answer) {
    if (InetAddresses.isInetAddress(host)) {
      answer.accept(literal(host));
      return;
    }
    Place place = queue(host, answer);
    if (place == Place.FIRST) {
      start(host);
    } else if (place == Place.NONE) {
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

  private synchronized Place queue(String host, Consumer<Resolution> answer) {
    List<Consumer<Resolution>> waiting = pending.get(host);
    if (waiting == null && pending.size() < MAX_PENDING) {
      pending.put(host, new ArrayList<>(List.of(answer)));
      return Place.FIRST;
    }
    if (waiting == null || waiting.size() == MAX_PENDING) {
      return Place.NONE;
    }
    waiting.add(answer);
    return Place.BEHIND;
  }

  private void start(String host) {
    Thread thread = new Thread(() -> lookUp(host), "clocksync-lookup-" + host);
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (OutOfMemoryError e) { // what the JVM throws when the system has no more threads
      answer(host, new Resolution(List.of(), "no thread for a lookup: " + e.getMessage()));
    }
  }

  private void lookUp(String host) {
    Resolution resolution = new Resolution(List.of(), "the lookup of " + host + " broke off");
    try {
      resolution = new Resolution(List.of(InetAddress.getAllByName(host)), "");
    } catch (UnknownHostException | SecurityException e) {
      resolution = new Resolution(List.of(), "unknown host " + host);
    } finally {
      answer(host, resolution);
    }
  }

  private void answer(String host, Resolution resolution) {
    List<Consumer<Resolution>> waiting;
    synchronized (this) {
      waiting = pending.remove(host);
    }
    waiting.forEach(answer -> answer.accept(resolution));
  }
}
