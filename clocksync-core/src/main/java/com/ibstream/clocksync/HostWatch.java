package com.ibstream.clocksync;

import com.ibstream.clocksync.facts.RepairFacts;
import com.ibstream.clocksync.market.MarketHours;
import com.ibstream.clocksync.repair.RepairAudit;
import com.ibstream.clocksync.repair.RepairWatchdog;
import com.ibstream.clocksync.rtc.RtcWatch;
import com.ibstream.clocksync.rtc.TrustedTime;
import com.ibstream.clocksync.seam.Seams;
import com.ibstream.clocksync.service.TimeServiceProbe;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.ClockStatus;
import com.ibstream.clocksync.verdict.HostStatus;
import com.ibstream.clocksync.verdict.RepairEvent;
import com.ibstream.clocksync.watch.AuditTrail;
import com.ibstream.clocksync.watch.HostActuator;
import com.ibstream.clocksync.watch.HostCycle;
import com.ibstream.clocksync.watch.Privilege;
import com.ibstream.clocksync.watch.RepairFile;
import com.ibstream.clocksync.watch.RtcFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the host's side of a monitor together. */
final class HostWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HostWatch.class);

  private final HostCycle cycle;
  private final RepairFile memory;
  private final RtcWatch rtc;
  private final MarketTime market;

  /**
   * A watch that has not begun.
   *
   * @param status what is known of time
   * @param outlet told of every look, on the host's thread
   */
  HostWatch(
      HostConfig config,
      Seams seams,
      Supplier<ClockStatus> status,
      BiConsumer<HostStatus, List<ClockEvent>> outlet) {
    warnWithoutDirectory(config);
    this.market = new MarketTime(config, seams.ruler());
    this.memory = new RepairFile(config.directory(), seams.files());
    this.rtc =
        new RtcWatch(
            config.rtc(),
            seams,
            () -> trusted(status.get()),
            new RtcCauses(),
            new RtcFile(config.directory(), seams.files(), !isObserving(config)));
    TimeServiceProbe probe =
        new TimeServiceProbe(seams.commands(), seams.files(), seams.wallClock(), seams.ruler());
    this.cycle =
        new HostCycle(
            seams.ruler(),
            seams.hostScheduler(),
            config.intervalNanos(),
            status,
            probe::probe,
            rtc::look,
            new Repairs(watchdog(config, seams)),
            outlet);
  }

  /** A dry run that promises what could not be done would be worth nothing. */
  private static void warnWithoutDirectory(HostConfig config) {
    if (!isObserving(config) && !Files.isWritable(config.directory())) {
      LOG.warn(
          "repair.directory {} does not exist or cannot be written: unless that changes, nothing is"
              + " repaired",
          config.directory());
    }
  }

  private static boolean isObserving(HostConfig config) {
    return config.repairPolicy().mode() == RepairFacts.Mode.OBSERVE;
  }

  /** What the hardware clock may be held against. */
  private static Optional<TrustedTime> trusted(ClockStatus status) {
    return status
        .utc()
        .filter(utc -> status.isSafeToStamp())
        .map(
            utc ->
                new TrustedTime(status.asOfMonoNanos(), utc.epochNanos(), utc.errorBoundNanos()));
  }

  private RepairWatchdog watchdog(HostConfig config, Seams seams) {
    Privilege privilege =
        Privilege.of(seams.files(), config.isSudo() ? Privilege.SUDO : Privilege.DIRECT);
    return new RepairWatchdog(
        config.repairPolicy(),
        new HostActuator(seams.commands(), seams.files(), seams.ruler(), privilege),
        memory,
        audit(config, seams));
  }

  /** Whoever only observes leaves no trace on the host, unless its administrator made a place. */
  private static RepairAudit audit(HostConfig config, Seams seams) {
    return isObserving(config) && !Files.isDirectory(config.directory())
        ? entry -> Optional.empty()
        : new AuditTrail(config.directory(), seams.commands());
  }

  /** The watchdog with the trading hours as they are known when it is its turn. */
  private final class Repairs implements HostCycle.Repairer {

    private final RepairWatchdog watchdog;

    Repairs(RepairWatchdog watchdog) {
      this.watchdog = watchdog;
    }

    @Override
    public List<RepairEvent> turn(ClockStatus status, Supplier<ClockStatus> present) {
      return watchdog.turn(status, market, RtcRepairs.wanted(status), present);
    }

    @Override
    public RepairFacts facts() {
      return watchdog.facts();
    }
  }

  /** How long the first look may take, and what is seen may be believed. */
  long lifeNanos() {
    return cycle.lifeNanos();
  }

  /** Plans the first look. */
  void begin() {
    cycle.begin();
  }

  /** Any thread; returns at once. */
  void hear(ClockEvent event) {
    cycle.hear(event);
  }

  /** Who says from now on whether the market trades. Any thread. */
  void marketHours(MarketHours hours) {
    market.set(hours);
  }

  /** No look begins after this. */
  void end() {
    cycle.end();
    rtc.end();
  }

  /** Lets another process repair the host. After the host's thread has ended. */
  @Override
  public void close() {
    try {
      memory.close();
    } catch (IOException e) {
      LOG.warn("the lock of the host's repairs could not be given back: {}", e.getMessage());
    }
  }
}
