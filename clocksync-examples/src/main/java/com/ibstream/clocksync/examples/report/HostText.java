package com.ibstream.clocksync.examples.report;

import com.ibstream.clocksync.facts.RepairFacts;
import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes for people what is known of the host around its clocks and what is done about it. */
public final class HostText {

  private static final double NANOS_PER_SECOND = 1e9;

  private HostText() {}

  /**
   * Time service, hardware clock, what is wrong with them, the latest decision and what was done.
   *
   * @param status what is known
   * @return one subject a line
   */
  public static List<String> lines(ClockStatus status) {
    List<String> lines = new ArrayList<>();
    Optional<ServiceFacts> service = status.host().service();
    lines.add(row("time service", service.map(HostText::state).orElse("not looked at yet")));
    service.ifPresent(facts -> addDetails(lines, status, facts));
    lines.addAll(HardwareClockText.lines(status));
    lines.addAll(repairLines(status));
    return lines;
  }

  /**
   * The latest decision, and what was done.
   *
   * @param status what is known
   * @return one subject a line
   */
  public static List<String> repairLines(ClockStatus status) {
    List<String> lines = new ArrayList<>();
    Optional<RepairFacts> repair = status.host().repair();
    lines.add(row("repair", repair.map(HostText::decision).orElse("not decided yet")));
    repair.ifPresent(
        facts -> facts.attempts().forEach(attempt -> lines.add(row("", attempt(status, attempt)))));
    return lines;
  }

  private static String state(ServiceFacts facts) {
    return facts
            .unit()
            .map(ServiceFacts.Unit::name)
            .or(() -> facts.service().map(service -> service.word()))
            .map(name -> name + " ")
            .orElse("")
        + word(facts.state())
        + ": "
        + facts.reason();
  }

  private static void addDetails(List<String> lines, ClockStatus status, ServiceFacts facts) {
    facts.findings().forEach(finding -> lines.add(row("", finding.text())));
    if (facts.lastSynchronisedMonoNanos().isPresent()) {
      lines.add(row("", "last synchronised " + ago(status, facts.lastSynchronisedMonoNanos())));
    }
  }

  private static String decision(RepairFacts facts) {
    return word(facts.mode()) + ": " + facts.decision();
  }

  private static String attempt(ClockStatus status, RepairFacts.Attempt attempt) {
    return attempt.action().text()
        + ", "
        + ago(status, OptionalLong.of(attempt.monoNanos()))
        + ": "
        + word(attempt.outcome())
        + (attempt.detail().isEmpty() ? "" : " (" + attempt.detail() + ")")
        + offsets(attempt);
  }

  private static String offsets(RepairFacts.Attempt attempt) {
    return attempt.offsetBeforeNanos().isEmpty() || attempt.offsetAfterNanos().isEmpty()
        ? ""
        : "; system clock before "
            + DriftText.drift(-attempt.offsetBeforeNanos().getAsLong())
            + ", after "
            + DriftText.drift(-attempt.offsetAfterNanos().getAsLong());
  }

  private static String ago(ClockStatus status, OptionalLong monoNanos) {
    double seconds = (status.asOfMonoNanos() - monoNanos.getAsLong()) / NANOS_PER_SECOND;
    return String.format(Locale.ROOT, "%.0f s ago", seconds);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String row(String name, String value) {
    return String.format(Locale.ROOT, "%-14s%s", name, value);
  }
}
