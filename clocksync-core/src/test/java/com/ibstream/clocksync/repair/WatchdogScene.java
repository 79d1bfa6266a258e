package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.RepairFacts.Mode;
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
  final List<Order> orders = new ArrayList<>();
  long nowNanos = HostStatuses.HOUR;

  /** What is so right before the commands of an action, if it is something else than before. */
  Optional<HostStatuses> meanwhile = Optional.empty();

  long rtcAheadNanos;
  boolean isRtcReadable = true;

  WatchdogScene(RepairPolicy policy) {
    watchdog = new RepairWatchdog(policy, this, memory, this::write);
  }

  static WatchdogScene acting() {
    return new WatchdogScene(RepairPolicy.builder().mode(Mode.ACT).build());
  }

  static Result result(Result.Outcome outcome) {
    return new Result(outcome, List.of("tool"), "said", HostStatuses.SECOND, 0);
  }

  private Optional<String> write(RepairAudit.Entry entry) {
    if (unauditable.isEmpty()) {
      audit.add(entry);
    }
    return unauditable;
  }

  @Override
  public Result act(Order order) {
    orders.add(order);
    acted.add(order.action());
    actedAtNanos.add(nowNanos);
    return new Result(
        result.outcome(),
        result.commands(),
        result.detail(),
        result.durationNanos(),
        nowNanos + result.durationNanos());
  }

  @Override
  public RtcReading readHardwareClock() {
    long epochNanos = HostStatuses.BOOT_EPOCH_NANOS + nowNanos + rtcAheadNanos;
    return isRtcReadable
        ? new RtcReading(true, Math.floorDiv(epochNanos, HostStatuses.SECOND), nowNanos, "")
        : RtcReading.unreadable("no such file");
  }

  /** One turn now; time then goes on by a second. */
  List<RepairEvent> turn(HostStatuses status) {
    List<RepairEvent> told =
        watchdog.turn(
            status.at(nowNanos).build(),
            hours,
            requested,
            () -> meanwhile.orElse(status).at(nowNanos).build());
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
