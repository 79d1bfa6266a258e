package com.ibstream.clocksync.seam;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;

/** Turns host names into addresses, off the caller's thread. */
@FunctionalInterface
public interface NameResolver {

  /**
   * Starts a lookup. Never blocks and never throws for what the world does.
   *
   * @param host a host name or a literal address
   * @param answer called once, on any thread, possibly long after the asker has given up
   */
  void resolve(String host, Consumer<Resolution> answer);

  /**
   * What a lookup found.
   *
   * @param addresses the addresses, best first; empty if there are none
   * @param failure why there are none, for people; empty if there are some
   */
  record Resolution(List<InetAddress> addresses, String failure) {

    /** Copies the list. */
    public Resolution {
      addresses = List.copyOf(addresses);
    }
  }
}
