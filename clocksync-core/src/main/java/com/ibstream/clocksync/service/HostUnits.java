package com.ibstream.clocksync.service;

import com.ibstream.clocksync.facts.ServiceFacts.Finding;
import com.ibstream.clocksync.facts.ServiceFacts.Unit;
import com.ibstream.clocksync.facts.TimeService;
import com.ibstream.clocksync.service.answers.UnitProperties;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The units of the time services of this host, and which of them it relies on. */
final class HostUnits {

  private HostUnits() {}

  /** Every name that a time service may have, to ask for all at once. */
  static List<String> names() {
    return Arrays.stream(TimeService.values())
        .flatMap(service -> service.unitNames().stream())
        .toList();
  }

  /**
   * The installed ones.
   *
   * @param answers what systemd says, aliases as often as asked
   * @param nowMonoNanos now; systemd's monotonic stamps and the ruler are the same clock
   * @return each once, by its real name
   */
  static List<Unit> installed(List<UnitProperties> answers, long nowMonoNanos) {
    Map<String, Unit> units = new LinkedHashMap<>();
    for (UnitProperties answer : answers) {
      service(answer)
          .filter(service -> answer.isInstalled())
          .ifPresent(
              service -> units.putIfAbsent(answer.id(), unit(service, answer, nowMonoNanos)));
    }
    return List.copyOf(units.values());
  }

  /**
   * The names that systemd did not say anything about.
   *
   * @param answers what it says
   * @return of those that are asked for
   */
  static List<String> unanswered(List<UnitProperties> answers) {
    return names().stream()
        .filter(name -> answers.stream().noneMatch(answer -> answer.names().contains(name)))
        .toList();
  }

  /**
   * The one that the host relies on: one that runs before one that starts or stops, then one that
   * is to run and failed, then one that will run after the next boot, then any that failed, then
   * any; one that was made impossible to start last. Of equals, one that is enabled, then the usual
   * order of services.
   *
   * @param units all that are installed
   * @return empty if there is none
   */
  static Optional<Unit> responsible(List<Unit> units) {
    return units.stream()
        .min(
            Comparator.comparingInt(HostUnits::rank)
                .thenComparing(unit -> !isEnabled(unit))
                .thenComparing(Unit::service));
  }

  /**
   * What systemd's own properties say is not as it should be.
   *
   * @param units all
   * @param unit the one that the host relies on
   * @return the findings
   */
  static List<Finding> findings(List<Unit> units, Unit unit) {
    List<Finding> findings = new ArrayList<>();
    List<String> active = units.stream().filter(Unit::isActive).map(Unit::name).toList();
    if (active.size() > 1) {
      String names = active.stream().collect(Collectors.joining(" and "));
      findings.add(
          new Finding(Finding.Kind.SECOND_SERVICE_RUNNING, names + " run at the same time"));
    }
    if (unit.isMasked()) {
      findings.add(new Finding(Finding.Kind.MASKED, unit.name() + " is masked"));
    }
    if (unit.isActive() && unit.unitFileState().equals("disabled")) {
      findings.add(
          new Finding(Finding.Kind.NOT_ENABLED, unit.name() + " will not be started at boot"));
    }
    if (unit.restartCount().orElse(0) > 0) {
      findings.add(
          new Finding(
              Finding.Kind.RESTARTED_BY_SYSTEMD,
              "systemd restarted "
                  + unit.name()
                  + " by itself, "
                  + unit.restartCount().getAsInt()
                  + " times since somebody started it"));
    }
    if (unit.result().equals("start-limit-hit")) {
      findings.add(
          new Finding(
              Finding.Kind.START_LIMIT_HIT, "systemd refuses to start " + unit.name() + " again"));
    } else if (unit.isFailed() || (unit.isTriedAgain() && !unit.result().equals("success"))) {
      findings.add(new Finding(Finding.Kind.CRASHED, unit.name() + " ended with " + ending(unit)));
    }
    return findings;
  }

  /** How the last run of a unit ended, for people. */
  static String ending(Unit unit) {
    return unit.result().isEmpty() ? "an unknown result" : unit.result();
  }

  private static Optional<TimeService> service(UnitProperties answer) {
    return Arrays.stream(TimeService.values())
        .filter(service -> service.unitNames().stream().anyMatch(answer.names()::contains))
        .findFirst();
  }

  private static Unit unit(TimeService service, UnitProperties answer, long nowMonoNanos) {
    Unit bare =
        new Unit(
            service,
            answer.id(),
            answer.loadState(),
            answer.activeState(),
            answer.subState(),
            answer.result(),
            answer.unitFileState(),
            answer.restartCount(),
            OptionalLong.empty());
    return new Unit(
        service,
        bare.name(),
        bare.loadState(),
        bare.activeState(),
        bare.subState(),
        bare.result(),
        bare.unitFileState(),
        bare.restartCount(),
        past(answer.activeEnterMonoNanos(), bare.isActive(), nowMonoNanos),
        past(answer.downEndMonoNanos(), bare.activeState().equals("activating"), nowMonoNanos));
  }

  private static OptionalLong past(OptionalLong stamp, boolean isSo, long nowMonoNanos) {
    return isSo && stamp.isPresent() && stamp.getAsLong() <= nowMonoNanos
        ? stamp
        : OptionalLong.empty();
  }

  private static int rank(Unit unit) {
    if (unit.isActive()) {
      return 0;
    }
    if (unit.isMasked()) {
      return 7;
    }
    return switch (unit.activeState()) {
      case "activating" -> 1;
      case "deactivating" -> 2;
      case "failed" -> unit.isWanted() ? 3 : 5;
      default -> isEnabled(unit) ? 4 : 6;
    };
  }

  private static boolean isEnabled(Unit unit) {
    return unit.unitFileState().startsWith("enabled");
  }
}
