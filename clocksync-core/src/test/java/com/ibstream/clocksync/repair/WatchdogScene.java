package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.RepairFacts.Mode;
import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.repair.TradingHours.Trading;
import com.ibstream.clocksync.verdict.RepairEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A watchdog over a made-up host, turn by turn. */
final class WatchdogScene implements Actuator {

  static final TradingHours CLOSED = status -> new Trading(false, "the market is closed");
  static final TradingHours OPEN = status -> new Trading(true, "the market is open");

  final HeldMemory memory = new HeldMemory();
  final List<RepairAudit.Entry> audit = new ArrayList<>();
  final List<RepairAction> acted = new ArrayList<>();
  final List<Long> actedAtNanos = new ArrayList<>();
  final List<RepairEvent> events = new ArrayList<>();
  final RepairWatchdog watchdog;
  TradingHours hours = CLOSED;
  Set<RepairAction> requested = Set.of();
  Optional<String> unauditable = Optional.empty();
  Result result = result(Result.Outcome.DONE);
  long nowNanos = HostStatuses.HOUR;

  WatchdogScene(RepairPolicy policy) {
    watchdog = new RepairWatchdog(policy, this, memory, this::write);
  }

  static WatchdogScene acting() {
    return new WatchdogScene(RepairPolicy.builder().mode(Mode.ACT).build());
  }

  static Result result(Result.Outcome outcome) {
    return new Result(outcome, List.of("tool"), "said", HostStatuses.SECOND);
  }

  private Optional<String> write(RepairAudit.Entry entry) {
    if (unauditable.isEmpty()) {
      audit.add(entry);
    }
    return unauditable;
  }

  @Override
  public Result act(RepairAction action, ServiceFacts service) {
    acted.add(action);
    actedAtNanos.add(nowNanos);
    return result;
  }

  /** One turn now; time then goes on by a second. */
  List<RepairEvent> turn(HostStatuses status) {
    List<RepairEvent> told = watchdog.turn(status.at(nowNanos).build(), hours, requested);
    events.addAll(told);
    nowNanos += HostStatuses.SECOND;
    return told;
  }

  /** Turns every second while the host stays like this. */
  List<RepairEvent> stay(HostStatuses status, long nanos) {
    List<RepairEvent> told = new ArrayList<>();
    for (long end = nowNanos + nanos; nowNanos < end; ) {
      told.addAll(turn(status));
    }
    return told;
  }

  String decision() {
    return watchdog.facts().decision();
  }
}
