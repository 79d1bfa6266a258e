package com.ibstream.clocksync.service.config;

import com.ibstream.clocksync.facts.ConfigFinding.Kind;
import com.ibstream.clocksync.facts.ConfigFinding.Severity;
import com.ibstream.clocksync.facts.TimeService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Judges a {@code chrony.conf}, or a file of sources that belongs to one. */
final class ChronyChecks {

  private static final Set<String> INCLUDES = Set.of("include", "confdir", "sourcedir");
  private static final String GOOD_STEP = "makestep 1 3";

  /** Ways to say everybody. */
  private static final Set<String> EVERYBODY =
      Set.of("", "all", "0/0", "0.0.0.0/0", "::/0", "0", "0.0.0.0/0.0.0.0");

  private final Findings findings;
  private final List<ConfigLine> lines;

  private ChronyChecks(Findings findings, List<ConfigLine> lines) {
    this.findings = findings;
    this.lines = lines;
  }

  static void check(String text, boolean isFragment, Findings findings) {
    List<ConfigLine> lines =
        ConfigLine.ofChrony(text).stream().map(line -> withoutComment(line, findings)).toList();
    SourceChecks sources = new SourceChecks(findings, TimeService.CHRONY, lines);
    sources.checkLines();
    ChronyChecks checks = new ChronyChecks(findings, lines);
    boolean isWhole = checks.includes();
    checks.localClock();
    checks.steps();
    checks.access();
    if (!isFragment) {
      checks.missing(isWhole);
      sources.checkCount(isWhole);
    }
  }

  /** chronyd takes a comment behind a directive for an argument, and gives up. */
  private static ConfigLine withoutComment(ConfigLine line, Findings findings) {
    for (int at = 1; at < line.words().size(); at++) {
      if (line.words().get(at).startsWith("#")) {
        findings.add(
            Kind.UNREADABLE,
            Severity.ERROR,
            line,
            "chrony knows comments on lines of their own only, and does not start with this one",
            "move the comment to the line above");
        return line.upTo(at);
      }
    }
    return line;
  }

  /** Whether no other file belongs to this one. */
  private boolean includes() {
    List<ConfigLine> includes =
        lines.stream().filter(line -> INCLUDES.contains(line.directive())).toList();
    includes.forEach(line -> ConfigLint.notFollowed(findings, line));
    return includes.isEmpty();
  }

  private void localClock() {
    for (ConfigLine line : lines) {
      if (line.directive().equals("local")) {
        boolean isOrphan = line.has("orphan");
        findings.add(
            Kind.LOCAL_CLOCK,
            isOrphan ? Severity.WARNING : Severity.ERROR,
            line,
            isOrphan
                ? "\"local orphan\" is meant for a group of hosts that keep together without any"
                    + " server, and lets a host that lost its servers say that it is synchronised"
                : "with \"local\" chronyd says that it is synchronised, to its own clock, when it"
                    + " has lost every server",
            "remove the line; if this host must serve an isolated network, keep it there only");
      }
    }
  }

  private void steps() {
    last("makestep")
        .filter(line -> line.arguments().size() >= 2 && line.arguments().get(1).startsWith("-"))
        .ifPresent(
            line ->
                findings.add(
                    Kind.UNLIMITED_STEPS,
                    Severity.WARNING,
                    line,
                    "a negative limit lets chronyd step the clock at any time, also in trading"
                        + " hours, and not only after its start",
                    GOOD_STEP));
  }

  private void access() {
    if (last("port").filter(line -> line.has("0")).isEmpty()) {
      open("allow", "deny")
          .forEach(
              line ->
                  findings.add(
                      Kind.OPEN_ACCESS,
                      Severity.WARNING,
                      line,
                      "every address may use this host as its time server",
                      "allow SUBNET, or nothing: a client needs no such line"));
    }
    if (last("cmdport").filter(line -> line.has("0")).isEmpty()) {
      open("cmdallow", "cmddeny")
          .forEach(
              line ->
                  findings.add(
                      Kind.OPEN_ACCESS,
                      Severity.WARNING,
                      line,
                      "every address may question the service with chronyc",
                      "remove the line: chronyc on this host needs none"));
    }
  }

  /** The lines that open it to everybody, without those that a later line takes back. */
  private List<ConfigLine> open(String opening, String closing) {
    List<ConfigLine> open = new ArrayList<>();
    for (ConfigLine line : lines) {
      boolean isForAll = EVERYBODY.contains(subnet(line));
      if (isForAll && line.directive().equals(opening)) {
        open.add(line);
      } else if (isForAll && line.directive().equals(closing)) {
        open.clear();
      }
    }
    return open;
  }

  private static String subnet(ConfigLine line) {
    List<String> arguments = line.arguments();
    int at = !arguments.isEmpty() && arguments.get(0).equals("all") ? 1 : 0;
    return at < arguments.size() ? arguments.get(at) : "";
  }

  private void missing(boolean isWhole) {
    String where = isWhole ? "" : " in this file itself";
    Severity severity = isWhole ? Severity.WARNING : Severity.NOTE;
    if (lines.stream().noneMatch(ConfigLint::namesDriftFile)) {
      findings.add(
          Kind.NO_DRIFT_FILE,
          severity,
          "no drift file"
              + where
              + ": what is known of the clock's frequency is lost at each restart, and the time"
              + " wanders until it is found again",
          "driftfile " + ConfigTemplate.CHRONY_DRIFT_FILE);
    }
    if (last("makestep").isEmpty() && last("initstepslew").isEmpty()) {
      findings.add(
          Kind.NO_STEP_AT_START,
          severity,
          "no makestep"
              + where
              + ": a clock that is wrong at the start is slewed, for hours or days",
          GOOD_STEP);
    }
    if (last("rtcsync").isEmpty() && last("rtcfile").isEmpty()) {
      findings.add(
          Kind.NO_RTC_SYNC,
          Severity.NOTE,
          "no rtcsync"
              + where
              + ": the hardware clock, which the next boot starts from, drifts away",
          "rtcsync");
    }
  }

  private Optional<ConfigLine> last(String directive) {
    return lines.stream()
        .filter(line -> line.directive().equals(directive))
        .reduce((one, next) -> next);
  }
}
