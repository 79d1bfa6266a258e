package com.ibstream.clocksync.service.config;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.ibstream.clocksync.facts.ConfigFinding.Kind;
import com.ibstream.clocksync.facts.ConfigFinding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Judges a {@code timesyncd.conf}. The service asks one server at a time and believes it; the
 * others only take its place when it is silent.
 */
final class TimesyncdChecks {

  private static final Splitter WORDS = Splitter.on(CharMatcher.whitespace()).omitEmptyStrings();

  /** A server and the line that names it. */
  private record Named(ConfigLine line, String host) {}

  private TimesyncdChecks() {}

  /** Whether the file names a server, and so shows that somebody wants this service. */
  static boolean namesServers(String text) {
    return !servers(text, "NTP").isEmpty();
  }

  static void check(String text, Findings findings) {
    List<Named> servers = servers(text, "NTP");
    List<Named> fallback = servers(text, "FallbackNTP");
    if (servers.isEmpty()) {
      String reason =
          "NTP= names no server, so the time comes from "
              + (fallback.isEmpty() ? "those that were compiled in" : "FallbackNTP=")
              + " or from the network that the host happens to be in";
      String remedy = "NTP=time.cloudflare.com time.nist.gov pool.ntp.org";
      fallback.stream()
          .findFirst()
          .ifPresentOrElse(
              named -> findings.add(Kind.NO_VOTE, Severity.NOTE, named.line(), reason, remedy),
              () -> findings.add(Kind.NO_VOTE, Severity.NOTE, reason, remedy));
    }
    List<Named> inUse = servers.isEmpty() ? fallback : servers;
    if (servers.stream().map(Named::host).distinct().count() == 1) {
      findings.add(
          Kind.NO_VOTE,
          Severity.NOTE,
          servers.get(0).line(),
          "one server is believed whatever it says, and nothing takes its place when it is silent",
          "more servers behind NTP=; for a vote, chrony or ntpsec");
    }
    localClock(inUse, findings);
    smeared(inUse, findings);
  }

  private static void localClock(List<Named> servers, Findings findings) {
    servers.stream()
        .filter(named -> Source.isLocalClock(named.host()))
        .forEach(
            named ->
                findings.add(
                    Kind.LOCAL_CLOCK,
                    Severity.ERROR,
                    named.line(),
                    Findings.bare(named.host()) + " is this host itself",
                    "remove it"));
  }

  private static void smeared(List<Named> servers, Findings findings) {
    Optional<Named> smeared =
        servers.stream()
            .filter(named -> style(named) != SmearedServers.Style.UNSMEARED)
            .findFirst();
    Optional<Named> other =
        smeared.flatMap(
            named ->
                servers.stream().filter(another -> style(another) != style(named)).findFirst());
    if (smeared.isPresent() && other.isPresent()) {
      findings.add(
          Kind.SMEARED_AND_UNSMEARED,
          Severity.ERROR,
          smeared.get().line(),
          SourceChecks.mixed(
              smeared.get().host(), Findings.bare(other.get().host()) + " and perhaps others"),
          "only servers of one kind; for UTC, none that smear");
    }
  }

  private static SmearedServers.Style style(Named named) {
    return SmearedServers.style(named.host());
  }

  /** systemd's way: assignments add up, an empty one forgets those before it. */
  private static List<Named> servers(String text, String key) {
    List<Named> servers = new ArrayList<>();
    boolean isInSection = false;
    for (ConfigLine line : joined(text)) {
      String assignment = String.join(" ", line.words());
      int equals = assignment.indexOf('=');
      if (assignment.startsWith("[")) {
        isInSection = assignment.equals("[Time]");
      } else if (isInSection && equals > 0 && assignment.substring(0, equals).strip().equals(key)) {
        List<String> hosts = WORDS.splitToList(assignment.substring(equals + 1));
        if (hosts.isEmpty()) {
          servers.clear();
        }
        hosts.forEach(
            host -> servers.add(new Named(line, Source.bare(host.toLowerCase(Locale.ROOT)))));
      }
    }
    return servers;
  }

  /** Lines without comments; one that ends in a backslash goes on in the next. */
  private static List<ConfigLine> joined(String text) {
    List<ConfigLine> lines = new ArrayList<>();
    List<String> words = new ArrayList<>();
    int number = 0;
    int firstNumber = 1;
    for (String whole : (Iterable<String>) text.lines()::iterator) {
      number++;
      String line =
          whole.substring(0, Math.min(whole.length(), ConfigLine.MOST_CHARACTERS)).strip();
      if (line.startsWith("#") || line.startsWith(";")) {
        continue;
      }
      firstNumber = words.isEmpty() ? number : firstNumber;
      boolean goesOn = line.endsWith("\\");
      words.addAll(WORDS.splitToList(goesOn ? line.substring(0, line.length() - 1) : line));
      if (!goesOn && !words.isEmpty()) {
        lines.add(new ConfigLine(firstNumber, words));
        words.clear();
      }
    }
    if (!words.isEmpty()) {
      lines.add(new ConfigLine(firstNumber, words));
    }
    return lines;
  }
}
