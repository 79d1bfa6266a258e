package com.ibstream.clocksync.service.config;

import com.google.common.primitives.Ints;
import com.ibstream.clocksync.facts.TimeService;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A source of time as a line names it.
 *
 * @param line where
 * @param host name or address in lower case, without a dot at the end; of a reference clock its
 *     driver
 * @param kind what it is
 * @param count how many sources it makes: a pool name makes several
 */
record Source(ConfigLine line, String host, Kind kind, int count) {

  /** What a line can name. */
  enum Kind {
    /** Over the network, from {@code server} or {@code peer}. */
    SERVER,
    /** Over the network, from {@code pool}. */
    POOL,
    /** A receiver, a shared memory, a hardware clock of the network card. */
    REFERENCE_CLOCK,
    /** The host's own clock, posing as a reference clock. */
    LOCAL_CLOCK
  }

  private static final String POOL_DOMAIN = "pool.ntp.org";

  /** chrony's default for {@code maxsources}; ntpd takes as many from an answer, often more. */
  private static final int SOURCES_OF_A_POOL = 4;

  /** ntpd's addresses for reference clocks; driver 1 is the host's own clock. */
  private static final Pattern DRIVER = Pattern.compile("127\\.127\\.\\d{1,3}\\.\\d{1,3}");

  private static final Pattern LOCAL_DRIVER = Pattern.compile("127\\.127\\.0*1\\.\\d{1,3}");

  /**
   * Reads a line.
   *
   * @return empty if it names no source, also where it should
   */
  static Optional<Source> of(ConfigLine line, TimeService service) {
    Optional<String> host =
        line.arguments().stream().filter(word -> !word.startsWith("-")).findFirst();
    return switch (line.directive()) {
      case "server", "peer" -> host.map(name -> server(line, bare(name)));
      case "pool" -> host.map(name -> pool(line, bare(name)));
      case "refclock" -> host.map(driver -> referenceClock(line, driver, service));
      default -> Optional.empty();
    };
  }

  /** A name without the trailing dot that makes it absolute, and without quotation marks. */
  static String bare(String name) {
    String unquoted = name.replace("\"", "");
    return unquoted.endsWith(".") ? unquoted.substring(0, unquoted.length() - 1) : unquoted;
  }

  static boolean isLocalClock(String host) {
    return LOCAL_DRIVER.matcher(host).matches();
  }

  static boolean isOfPool(String host) {
    return host.equals(POOL_DOMAIN) || host.endsWith("." + POOL_DOMAIN);
  }

  private static Source server(ConfigLine line, String host) {
    if (isLocalClock(host)) {
      return new Source(line, host, Kind.LOCAL_CLOCK, 0);
    }
    return new Source(
        line,
        host,
        DRIVER.matcher(host).matches() ? Kind.REFERENCE_CLOCK : Kind.SERVER,
        count(line, 1));
  }

  private static Source pool(ConfigLine line, String host) {
    if (isLocalClock(host)) {
      return new Source(line, host, Kind.LOCAL_CLOCK, 0);
    }
    int most =
        line.after("maxsources").map(Ints::tryParse).filter(n -> n > 0).orElse(SOURCES_OF_A_POOL);
    return new Source(line, host, Kind.POOL, count(line, most));
  }

  private static Source referenceClock(ConfigLine line, String driver, TimeService service) {
    boolean isLocal = service == TimeService.NTPSEC && driver.equals("local");
    return isLocal
        ? new Source(line, driver, Kind.LOCAL_CLOCK, 0)
        : new Source(line, line.arguments().toString(), Kind.REFERENCE_CLOCK, count(line, 1));
  }

  /** A source that may not be selected is only watched. */
  private static int count(ConfigLine line, int ifSelectable) {
    return line.has("noselect") ? 0 : ifSelectable;
  }

  boolean isOverNetwork() {
    return kind == Kind.SERVER || kind == Kind.POOL;
  }
}
