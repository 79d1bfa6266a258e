package com.ibstream.clocksync.testing;

import com.google.common.net.InetAddresses;
import com.ibstream.clocksync.seam.NameResolver;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Names that a test knows; every other name is unknown. Answers at once, on the caller's thread,
 * unless a name is told to be slow or to hang. What it knows may be changed at any time and holds
 * for lookups that start later. Safe for threads; the world of a {@link SimulatedWorld} is not.
 */
public final class FakeNameResolver implements NameResolver {

  private final Map<String, Resolution> names = new ConcurrentHashMap<>();
  private final Map<String, Duration> delays = new ConcurrentHashMap<>();
  private final Map<String, Boolean> hanging = new ConcurrentHashMap<>();
  private final BiConsumer<Duration, Runnable> later;

  /** A resolver that knows literal addresses only. */
  public FakeNameResolver() {
    this(
        (delay, answer) -> {
          throw new IllegalStateException("only the names of a simulated world can be slow");
        });
  }

  /** A resolver that can wait. */
  FakeNameResolver(BiConsumer<Duration, Runnable> later) {
    this.later = later;
  }

  /**
   * Gives a name its addresses.
   *
   * @param host the name
   * @param addresses literal addresses, IPv4 or IPv6, best first; none makes the name unknown
   * @return this resolver
   */
  public FakeNameResolver name(String host, String... addresses) {
    List<InetAddress> known = Arrays.stream(addresses).map(InetAddresses::forString).toList();
    names.put(host, new Resolution(known, known.isEmpty() ? unknown(host) : ""));
    return this;
  }

  /**
   * Makes the lookup of a name fail, until it gets addresses again.
   *
   * @param host the name
   * @param failure why, for people
   * @return this resolver
   */
  public FakeNameResolver failure(String host, String failure) {
    names.put(host, new Resolution(List.of(), failure));
    return this;
  }

  /**
   * Makes the lookup of a name slow. Only in a {@link SimulatedWorld}.
   *
   * @param host the name
   * @param delay true time until the answer; zero answers at once
   * @return this resolver
   */
  public FakeNameResolver delay(String host, Duration delay) {
    delays.put(host, delay);
    return this;
  }

  /**
   * Makes lookups of a name hang for ever, or not any more. Those that hang already stay so.
   *
   * @param host the name
   * @param newHanging whether they hang
   * @return this resolver
   */
  public FakeNameResolver hanging(String host, boolean newHanging) {
    hanging.put(host, newHanging);
    return this;
  }

  @Override
  public void resolve(String host, Consumer<Resolution> answer) {
    if (hanging.getOrDefault(host, false)) {
      return;
    }
    Resolution resolution =
        InetAddresses.isInetAddress(host)
            ? new Resolution(List.of(InetAddresses.forString(host)), "")
            : names.getOrDefault(host, new Resolution(List.of(), unknown(host)));
    Duration delay = delays.getOrDefault(host, Duration.ZERO);
    if (delay.isZero()) {
      answer.accept(resolution);
    } else {
      later.accept(delay, () -> answer.accept(resolution));
    }
  }

  private static String unknown(String host) {
    return "unknown host " + host;
  }
}
