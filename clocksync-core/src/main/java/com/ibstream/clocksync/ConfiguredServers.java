package com.ibstream.clocksync;

import com.ibstream.clocksync.config.Key;
import com.ibstream.clocksync.config.Keys;
import com.ibstream.clocksync.config.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The servers of a configuration, checked one by one and against each other. Immutable.
 *
 * @param addresses without duplicates, in the order given
 * @param undisciplinedHosts those among their hosts that may follow their own undisciplined clock
 */
record ConfiguredServers(List<ServerAddress> addresses, Set<String> undisciplinedHosts) {

  ConfiguredServers {
    addresses = List.copyOf(addresses);
    undisciplinedHosts = Collections.unmodifiableSet(new LinkedHashSet<>(undisciplinedHosts));
  }

  /**
   * Reads both lists.
   *
   * @throws IllegalArgumentException if an entry is malformed, comes twice, or is an exception for
   *     a host that is not asked; the message holds key and entry
   */
  static ConfiguredServers of(Settings settings) {
    List<ServerAddress> addresses = addresses(settings);
    Set<String> hosts = new LinkedHashSet<>();
    for (String entry : settings.value(Keys.UNDISCIPLINED_SERVERS)) {
      String host = parse(entry, Keys.UNDISCIPLINED_SERVERS, settings).host();
      if (ServerAddress.namesPort(entry)) {
        throw refused(
            Keys.UNDISCIPLINED_SERVERS,
            "takes hosts without port, not \"" + entry + "\"",
            settings);
      }
      if (addresses.stream().noneMatch(address -> address.host().equals(host))) {
        throw refused(
            Keys.UNDISCIPLINED_SERVERS,
            "names " + host + ", which is not one of servers",
            settings);
      }
      hosts.add(host);
    }
    return new ConfiguredServers(addresses, hosts);
  }

  private static List<ServerAddress> addresses(Settings settings) {
    List<ServerAddress> addresses = new ArrayList<>();
    for (String entry : settings.value(Keys.SERVERS)) {
      ServerAddress address = parse(entry, Keys.SERVERS, settings);
      if (addresses.contains(address)) {
        throw refused(Keys.SERVERS, "names " + address + " twice", settings);
      }
      addresses.add(address);
    }
    return addresses;
  }

  private static ServerAddress parse(String entry, Key<?> key, Settings settings) {
    try {
      return ServerAddress.parse(entry);
    } catch (IllegalArgumentException malformed) {
      throw refused(key, "has a malformed entry, " + malformed.getMessage(), settings);
    }
  }

  private static IllegalArgumentException refused(Key<?> key, String why, Settings settings) {
    return new IllegalArgumentException(key.name() + " " + why + ": " + settings.describe(key));
  }
}
