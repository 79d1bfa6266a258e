package com.ibstream.clocksync.testing;

import com.google.common.net.InetAddresses;
import com.ibstream.clocksync.seam.NameResolver;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Names that a test knows; every other name is unknown. Answers at once, on the caller's thread.
 * Safe for threads.
 */
public final class FakeNameResolver implements NameResolver {

  private final Map<String, List<InetAddress>> names = new ConcurrentHashMap<>();

  /** A resolver that knows literal addresses only. */
  public FakeNameResolver() {}

  /**
   * Gives a name its addresses.
   *
   * @param host the name
   * @param addresses literal addresses, best first; none makes the name unknown
   * @return this resolver
   */
  public FakeNameResolver name(String host, String... addresses) {
    names.put(host, Arrays.stream(addresses).map(InetAddresses::forString).toList());
    return this;
  }

  @Override
  public void resolve(String host, Consumer<Resolution> answer) {
    List<InetAddress> known =
        InetAddresses.isInetAddress(host)
            ? List.of(InetAddresses.forString(host))
            : names.getOrDefault(host, List.of());
    answer.accept(new Resolution(known, known.isEmpty() ? "unknown host " + host : ""));
  }
}
