package com.ibstream.clocksync.service;

import com.ibstream.clocksync.facts.KernelFacts;
import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.facts.ServiceFacts.Finding;
import com.ibstream.clocksync.facts.ServiceFacts.Unit;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.seam.CommandRunner;
import com.ibstream.clocksync.seam.CommandRunner.CommandResult;
import com.ibstream.clocksync.seam.CommandRunner.CommandResult.Outcome;
import com.ibstream.clocksync.seam.HostFiles;
import com.ibstream.clocksync.seam.HostFiles.FileContent;
import com.ibstream.clocksync.service.answers.Answer;
import com.ibstream.clocksync.service.answers.ChronySources;
import com.ibstream.clocksync.service.answers.ChronyTracking;
import com.ibstream.clocksync.service.answers.NtpsecPeers;
import com.ibstream.clocksync.service.answers.NtpsecVariables;
import com.ibstream.clocksync.service.answers.TimesyncStatus;
import com.ibstream.clocksync.service.answers.ToolOutput;
import com.ibstream.clocksync.service.answers.UnitProperties;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.WallClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Asks systemd and the running time service how they are: three commands, each ended after five
 * seconds. Changes nothing. Blocks; only for the thread that may.
 */
public final class TimeServiceProbe {

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Path FIRST_PROCESS = Path.of("/proc/1/comm");
  private static final List<String> FOLDERS = List.of("/usr/bin/", "/bin/", "/usr/sbin/", "/sbin/");
  private static final String SYSTEMCTL = "systemctl";
  private static final String CHRONYC = "chronyc";
  private static final String NTPQ = "ntpq";
  private static final String TIMEDATECTL = "timedatectl";

  private final CommandRunner commands;
  private final HostFiles files;
  private final WallClock wall;
  private final Ruler ruler;
  private boolean isServiceSeen;

  /**
   * A probe of one host.
   *
   * @param commands runs the tools
   * @param files reads what tells whether systemd runs
   * @param wall the system clock, which chronyd's stamps are held against
   * @param ruler the ruler; must be CLOCK_MONOTONIC, as systemd's stamps are
   */
  public TimeServiceProbe(CommandRunner commands, HostFiles files, WallClock wall, Ruler ruler) {
    this.commands = commands;
    this.files = files;
    this.wall = wall;
    this.ruler = ruler;
  }

  /**
   * Looks once. May take as long as three tools that hang.
   *
   * @param kernel what the kernel says now; empty if it cannot be asked
   * @param clock what the vote says of the system clock now; empty without a vote
   * @return the finding, as of the end of the look
   */
  public ServiceFacts probe(Optional<KernelFacts> kernel, Optional<SystemClockFacts> clock) {
    CommandResult shown = run(SYSTEMCTL, unitQuestion());
    Optional<String> whyNone = whyNoSystemd(shown);
    if (whyNone.isPresent()) {
      return isServiceSeen
          ? ServiceJudge.unknown(
              new Finding(Finding.Kind.TOOL_ABSENT, whyNone.get() + ", though it had one before"),
              ruler.monoNanos())
          : ServiceJudge.notApplicable(whyNone.get(), ruler.monoNanos());
    }
    Answer<List<UnitProperties>> answer =
        ToolOutput.of(SYSTEMCTL, shown).then(UnitProperties::parse);
    if (answer.value().isEmpty()) {
      return ServiceJudge.unknown(answer.trouble().orElseThrow(), ruler.monoNanos());
    }
    List<UnitProperties> properties = answer.value().get();
    List<Unit> units = HostUnits.installed(properties, ruler.monoNanos());
    if (units.isEmpty() && isServiceSeen) {
      return ServiceJudge.removed(ruler.monoNanos());
    }
    isServiceSeen |= !units.isEmpty();
    List<String> unanswered = HostUnits.unanswered(properties);
    Optional<Unit> active = HostUnits.responsible(units).filter(Unit::isActive);
    Optional<Finding> cut =
        unanswered.stream()
            .findFirst()
            .map(
                name ->
                    new Finding(
                        Finding.Kind.ANSWER_UNREADABLE, "systemctl says nothing of " + name));
    if (cut.isPresent() && active.isEmpty()) {
      // the one that runs may be among those that the answer lacks
      return ServiceJudge.unknown(cut.get(), ruler.monoNanos());
    }
    Testimony testimony = active.map(this::ask).orElse(Testimony.NONE);
    ServiceFacts facts = ServiceJudge.judge(units, testimony, kernel, clock, ruler.monoNanos());
    return cut.map(finding -> withFinding(facts, finding)).orElse(facts);
  }

  /** A second service that runs may be among those that the answer lacks; the first is known. */
  private static ServiceFacts withFinding(ServiceFacts facts, Finding finding) {
    List<Finding> findings = new ArrayList<>(facts.findings());
    findings.add(finding);
    return new ServiceFacts(
        facts.measuredMonoNanos(),
        facts.state(),
        facts.reason(),
        facts.service(),
        facts.unit(),
        facts.units(),
        facts.claim(),
        findings,
        facts.lastSynchronisedMonoNanos());
  }

  /**
   * Asks the tool of a running service, and never of another: asking for timesyncd's state starts
   * timesyncd.
   */
  private Testimony ask(Unit unit) {
    return switch (unit.service()) {
      case CHRONY -> askChrony();
      case NTPSEC ->
          NtpsecTestimony.of(
              text(NTPQ, "-pn").then(NtpsecPeers::parse),
              text(NTPQ, "-c", "rv").then(NtpsecVariables::parse));
      case TIMESYNCD ->
          TimesyncTestimony.of(
              text(TIMEDATECTL, "show-timesync", "--no-pager")
                  .then(
                      timesync ->
                          answerOfAnother(text(TIMEDATECTL, "show", "--no-pager"))
                              .then(show -> TimesyncStatus.parse(timesync, show))));
    };
  }

  private Testimony askChrony() {
    Answer<ChronyTracking> tracking =
        text(CHRONYC, "-c", "-n", "tracking").then(ChronyTracking::parse);
    long wallEpochNanos = wall.epochNanos();
    Answer<ChronySources> sources = text(CHRONYC, "-c", "-n", "sources").then(ChronySources::parse);
    return ChronyTestimony.of(tracking, sources, wallEpochNanos);
  }

  /** systemd-timedated, which is asked here, may hang while systemd-timesyncd is well. */
  private static Answer<String> answerOfAnother(Answer<String> answer) {
    return answer
        .trouble()
        .filter(finding -> finding.kind() == Finding.Kind.TOOL_SILENT)
        .map(finding -> Answer.<String>unreadable(finding.text()))
        .orElse(answer);
  }

  private Answer<String> text(String tool, String... arguments) {
    return ToolOutput.of(tool, run(tool, List.of(arguments)));
  }

  private CommandResult run(String tool, List<String> arguments) {
    CommandResult result = null;
    for (String folder : FOLDERS) {
      List<String> command = new ArrayList<>();
      command.add(folder + tool);
      command.addAll(arguments);
      CommandResult next = commands.run(command, LIMIT);
      if (next.outcome() != Outcome.ABSENT) {
        return next;
      }
      result = result == null ? next : result; // the reason in the usual place says most
    }
    return result;
  }

  private static List<String> unitQuestion() {
    List<String> arguments =
        new ArrayList<>(List.of("show", "--no-pager", "-p", UnitProperties.ASKED));
    arguments.addAll(HostUnits.names());
    return arguments;
  }

  /** Why there is no systemd to ask; empty if there is one, or may be one. */
  private Optional<String> whyNoSystemd(CommandResult shown) {
    boolean isAnswered = shown.outcome() == Outcome.EXITED && shown.exitStatus() == 0;
    String words = (shown.output() + shown.error()).toLowerCase(Locale.ROOT);
    if (isAnswered || shown.outcome() == Outcome.TIMED_OUT) {
      return Optional.empty();
    }
    if (words.contains("not been booted with systemd")) {
      return Optional.of("this host was not booted with systemd");
    }
    FileContent comm = files.read(FIRST_PROCESS);
    String first = comm.text().strip();
    boolean isFirstKnown =
        comm.outcome() == FileContent.Outcome.READ || comm.outcome() == FileContent.Outcome.ABSENT;
    if (!isFirstKnown
        || first.equals("systemd")
        || shown.outcome() == Outcome.NOT_STARTED
        || words.contains("denied")
        || words.contains("not permitted")) {
      return Optional.empty(); // there is one, or we may not look, or cannot
    }
    if (shown.outcome() == Outcome.ABSENT) {
      return Optional.of("this host has no systemctl");
    }
    boolean isBusAbsent = words.contains("failed to connect to") && words.contains("bus");
    return isBusAbsent || !first.isEmpty()
        ? Optional.of("systemd does not run on this host")
        : Optional.empty();
  }
}
