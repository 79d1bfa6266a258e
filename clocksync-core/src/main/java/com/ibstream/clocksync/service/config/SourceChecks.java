package com.ibstream.clocksync.service.config;

import com.ibstream.clocksync.facts.ConfigFinding.Kind;
import com.ibstream.clocksync.facts.ConfigFinding.Severity;
import com.ibstream.clocksync.facts.TimeService;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Judges the sources of an ntpd or a chrony: which they are, how many, and how they are asked. */
final class SourceChecks {

  /** Three outvote one liar; with a fourth they still do when one of them is away. */
  static final int ENOUGH = 4;

  /** Sources that nobody can count beforehand. */
  private static final Set<String> DISCOVERED =
      Set.of("manycastclient", "multicastclient", "broadcastclient");

  private static final int MOST_LISTED = 8;

  private static final Set<String> LEAP_DIRECTIVES = Set.of("leapfile", "leapsectz", "leapseclist");

  private final Findings findings;
  private final TimeService service;
  private final List<ConfigLine> lines;
  private final List<Source> sources;

  SourceChecks(Findings findings, TimeService service, List<ConfigLine> lines) {
    this.findings = findings;
    this.service = service;
    this.lines = lines;
    this.sources = lines.stream().flatMap(line -> Source.of(line, service).stream()).toList();
  }

  /** Everything that can be said line by line. */
  void checkLines() {
    lines.stream()
        .filter(line -> Set.of("server", "pool", "peer", "refclock").contains(line.directive()))
        .filter(line -> Source.of(line, service).isEmpty())
        .forEach(
            line ->
                findings.add(
                    Kind.UNREADABLE,
                    Severity.ERROR,
                    line,
                    "the line names no source",
                    line.directive() + " HOST iburst"));
    for (Source source : sources) {
      switch (source.kind()) {
        case LOCAL_CLOCK -> localClock(source);
        case SERVER, POOL -> overNetwork(source);
        case REFERENCE_CLOCK -> {}
      }
    }
    smeared();
  }

  private void localClock(Source source) {
    String fudges =
        lines.stream()
            .filter(line -> line.directive().equals("fudge") && line.has(source.host()))
            .map(line -> "line " + line.number())
            .collect(Collectors.joining(", "));
    findings.add(
        Kind.LOCAL_CLOCK,
        Severity.ERROR,
        source.line(),
        "the host's own clock counts as a source, so a service that has lost every server still"
            + " says that it is synchronised, at any error"
            + (fudges.isEmpty() ? "" : " (its stratum, " + fudges + ", changes nothing of that)"),
        "remove the line" + (fudges.isEmpty() ? "" : " and its fudge"));
  }

  private void overNetwork(Source source) {
    boolean isPool = source.kind() == Source.Kind.POOL;
    if (!isPool && Source.isOfPool(source.host())) {
      findings.add(
          Kind.POOL_AS_SERVER,
          Severity.WARNING,
          source.line(),
          "a pool name on a "
              + source.line().directive()
              + " line gives one server"
              + (service == TimeService.CHRONY
                  ? ", where a pool line gives four"
                  : ", which is never replaced when it goes bad"),
          "pool " + Findings.bare(source.host()) + " iburst");
    }
    if (!source.line().directive().equals("peer") && !source.line().has("iburst")) {
      findings.add(
          Kind.NO_IBURST,
          Severity.WARNING,
          source.line(),
          "without iburst the first synchronisation after a start takes minutes instead of seconds",
          source.line().directive() + " " + Findings.bare(source.host()) + " iburst");
    }
  }

  private void smeared() {
    List<Source> voting =
        sources.stream()
            .filter(source -> source.kind() != Source.Kind.LOCAL_CLOCK && source.count() > 0)
            .toList();
    Optional<Source> smeared =
        voting.stream()
            .filter(source -> style(source) != SmearedServers.Style.UNSMEARED)
            .findFirst();
    if (smeared.isEmpty()) {
      return;
    }
    Source first = smeared.get();
    String others =
        voting.stream()
            .filter(source -> style(source) != style(first))
            .map(source -> source.line().number())
            .distinct()
            .limit(MOST_LISTED)
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    if (!others.isEmpty()) {
      findings.add(
          Kind.SMEARED_AND_UNSMEARED,
          Severity.ERROR,
          first.line(),
          mixed(first.host(), "the sources of line " + others),
          "only sources of one kind; for UTC, none that smear");
      return;
    }
    lines.stream()
        .filter(line -> LEAP_DIRECTIVES.contains(line.directive()))
        .forEach(
            line ->
                findings.add(
                    Kind.SMEARED_AND_UNSMEARED,
                    Severity.WARNING,
                    line,
                    "every source smears leap seconds, and this line applies them once more",
                    "remove the line, or use sources that serve UTC"));
  }

  /** The same sentence for every service. */
  static String mixed(String smeared, String others) {
    return Findings.bare(smeared)
        + " smears leap seconds and "
        + others
        + " do not, or do it otherwise: near a leap second they differ by up to a second and none"
        + " can be told to be wrong";
  }

  private static SmearedServers.Style style(Source source) {
    return source.isOverNetwork()
        ? SmearedServers.style(source.host())
        : SmearedServers.Style.UNSMEARED;
  }

  /**
   * What concerns the file as a whole.
   *
   * @param isWhole false if other files belong to it
   */
  void checkCount(boolean isWhole) {
    if (lines.stream().anyMatch(line -> DISCOVERED.contains(line.directive()))) {
      return;
    }
    int count =
        sources.stream()
            .collect(Collectors.toMap(Source::host, Function.identity(), SourceChecks::more))
            .values()
            .stream()
            .mapToInt(Source::count)
            .sum();
    if (count >= ENOUGH) {
      return;
    }
    Severity severity = count == 0 ? Severity.ERROR : Severity.WARNING;
    if (!isWhole) {
      severity = Severity.NOTE;
    }
    String reason =
        (count == 0
                ? "no source of time is given"
                : "only " + count + (count == 1 ? " source is" : " sources are") + " given")
            + (isWhole ? "" : " in this file itself")
            + ", and fewer than "
            + ENOUGH
            + " cannot outvote a wrong one while another is away";
    boolean isSmeared =
        sources.stream().anyMatch(source -> style(source) != SmearedServers.Style.UNSMEARED);
    String remedy =
        isSmeared
            ? "add servers that smear leap seconds in the same way, or take only such that serve UTC"
            : "add \"pool pool.ntp.org iburst\", or more servers";
    Optional<Source> first = sources.stream().filter(source -> source.count() > 0).findFirst();
    if (first.isPresent()) {
      findings.add(Kind.FEW_SOURCES, severity, first.get().line(), reason, remedy);
    } else {
      findings.add(Kind.FEW_SOURCES, severity, reason, remedy);
    }
  }

  private static Source more(Source one, Source other) {
    return one.count() >= other.count() ? one : other;
  }
}
