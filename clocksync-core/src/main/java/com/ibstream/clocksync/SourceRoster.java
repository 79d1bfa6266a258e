package com.ibstream.clocksync;

import com.ibstream.clocksync.ntp.AddressBudgets;
import com.ibstream.clocksync.ntp.NtpSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Which addresses of the configured servers are sources, and which take the place of those that are
 * lost. Monitor thread only.
 *
 * <p>An address that comes with a later lookup, or after others have proved a line, is a
 * <em>newcomer</em>: whoever answers for the name by then may be somebody else. It votes, undecided
 * at first like every source, but it stands beside the lost source and cannot help to overthrow
 * what was proved before. Once it has agreed with a line that was published, it is established and
 * the lost one goes; if the lost one answers first, the newcomer goes.
 */
final class SourceRoster {

  private final AddressBudgets budgets;
  private final BiFunction<ServerAddress, InetSocketAddress, NtpSource> factory;
  private final Map<ServerAddress, Entry> entries = new LinkedHashMap<>();
  private List<NtpSource> sources = List.of();
  private int createdCount;
  private boolean hasProved;

  /** A configured server and its sources. */
  private static final class Entry {
    private final int wanted;
    private final List<NtpSource> members = new ArrayList<>();
    private final Set<NtpSource> newcomers = new HashSet<>();
    private boolean isKnown;
    private long fruitlessCount;

    Entry(int wanted) {
      this.wanted = wanted;
    }

    long healthyCount() {
      return members.stream().filter(source -> !source.isLost()).count();
    }

    /** Keeps so many newcomers as there are established sources still missing, lost ones last. */
    void removeNeedlessNewcomers() {
      long missing =
          wanted - members.stream().filter(s -> !s.isLost() && !newcomers.contains(s)).count();
      members.stream()
          .filter(newcomers::contains)
          .sorted(Comparator.comparing(NtpSource::isLost))
          .skip(Math.max(0, missing))
          .toList()
          .forEach(this::remove);
    }

    void remove(NtpSource source) {
      source.abandon();
      members.remove(source);
      newcomers.remove(source);
    }
  }

  /**
   * A roster without sources.
   *
   * @param servers as configured; their sources keep this order
   * @param budgets know who does not want us
   * @param factory makes a source of an address
   */
  SourceRoster(
      List<ServerAddress> servers,
      AddressBudgets budgets,
      BiFunction<ServerAddress, InetSocketAddress, NtpSource> factory) {
    this.budgets = budgets;
    this.factory = factory;
    servers.forEach(server -> entries.put(server, new Entry(ServerNames.wantedAddresses(server))));
  }

  /** All sources: by configured server, and within one the eldest first. */
  List<NtpSource> sources() {
    return sources;
  }

  /** Whether fewer addresses of the server answer than are wanted. */
  boolean isShort(ServerAddress server) {
    Entry entry = entries.get(server);
    return entry.healthyCount() < entry.wanted;
  }

  /** Whether one address is all that was asked for; a pool with one is a pool that is short. */
  boolean isOneAddressWanted() {
    return entries.values().stream().mapToInt(entry -> entry.wanted).sum() == 1;
  }

  /**
   * Takes the addresses of a server that a lookup has brought, best first. They are newcomers if
   * the server had some before, and also where others have proved a line without it.
   */
  void found(ServerAddress server, List<InetAddress> addresses) {
    Entry entry = entries.get(server);
    boolean isLater = entry.isKnown || hasProved;
    entry.isKnown = true;
    List<InetSocketAddress> fresh =
        addresses.stream()
            .distinct()
            .map(address -> new InetSocketAddress(address, server.port()))
            .filter(address -> sources.stream().noneMatch(s -> s.address().equals(address)))
            .filter(address -> !isLater || !budgets.isDenied(address))
            .limit(Math.max(0, entry.wanted - entry.healthyCount()))
            .toList();
    if (!fresh.isEmpty()) {
      List.copyOf(entry.newcomers).stream().filter(NtpSource::isLost).forEach(entry::remove);
    }
    for (InetSocketAddress address : fresh) {
      NtpSource source = factory.apply(server, address);
      source.spread(turn(createdCount++));
      entry.members.add(source);
      if (isLater) {
        entry.newcomers.add(source);
      }
    }
    entry.fruitlessCount += entry.members.isEmpty() ? 1 : 0;
    arrange();
  }

  /**
   * The turn of a source in an interval: 1, 1/2, 1/4, 3/4, 1/8 and so on (van der Corput's
   * sequence), so that those that come later fall between those before.
   */
  static double turn(int number) {
    return number == 0
        ? 1
        : Math.scalb((double) Integer.toUnsignedLong(Integer.reverse(number)), -Integer.SIZE);
  }

  /** Whether the source came with a later lookup and has not proved itself. */
  private boolean isNewcomer(NtpSource source) {
    for (Entry entry : entries.values()) {
      if (!entry.newcomers.isEmpty() && entry.newcomers.contains(source)) {
        return true;
      }
    }
    return false;
  }

  /**
   * How many of these still take part and have proved themselves. Who never answered has no part in
   * what was proved.
   */
  int establishedCount(List<NtpSource> among) {
    int count = 0;
    for (NtpSource source : among) {
      boolean hasAnswered = source.tally().acceptedCount() > 0;
      if (hasAnswered && !source.isEnded() && !isNewcomer(source)) {
        count++;
      }
    }
    return count;
  }

  /** Establishes the newcomers among those that stand behind a published line. */
  void establish(List<NtpSource> truechimers) {
    hasProved = true;
    for (Entry entry : entries.values()) {
      if (!entry.newcomers.isEmpty() && entry.newcomers.removeAll(Set.copyOf(truechimers))) {
        entry.members.stream()
            .filter(source -> source.isLost() && !entry.newcomers.contains(source))
            .limit(Math.max(0, entry.members.size() - entry.newcomers.size() - entry.wanted))
            .toList()
            .forEach(entry::remove);
        arrange();
      }
    }
  }

  /** A source has answered: a newcomer that was to take its place is not needed any more. */
  void answered(NtpSource source) {
    for (Entry entry : entries.values()) {
      if (!entry.newcomers.isEmpty()
          && entry.members.contains(source)
          && !entry.newcomers.contains(source)) {
        entry.removeNeedlessNewcomers();
        arrange();
      }
    }
  }

  /** Whether a server was found and has no address of its own. */
  boolean isSwallowed(ServerAddress server) {
    Entry entry = entries.get(server);
    return entry.isKnown && entry.members.isEmpty();
  }

  /** How many lookups of a server brought addresses, and left it without one of its own. */
  long swallowedCount(ServerAddress server) {
    return entries.get(server).fruitlessCount;
  }

  private void arrange() {
    sources = entries.values().stream().flatMap(entry -> entry.members.stream()).toList();
  }
}
