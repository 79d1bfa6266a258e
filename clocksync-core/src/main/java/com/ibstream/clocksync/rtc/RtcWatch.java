package com.ibstream.clocksync.rtc;

import com.ibstream.clocksync.facts.BatteryFacts;
import com.ibstream.clocksync.facts.RtcFacts;
import com.ibstream.clocksync.facts.RtcFacts.Comparison;
import com.ibstream.clocksync.facts.RtcFacts.Device;
import com.ibstream.clocksync.facts.RtcFacts.Difference;
import com.ibstream.clocksync.facts.RtcFacts.Keeping;
import com.ibstream.clocksync.facts.RtcFacts.Rate;
import com.ibstream.clocksync.rtc.OffsetCauses.Cause;
import com.ibstream.clocksync.seam.Seams;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.WallClock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Watches the hardware clock: reads it at every look, finds the edge of its second from time to
 * time, and holds it against trusted time and the system clock. Reads only. For the host's thread;
 * files may block it for a moment, and once a day two commands for some seconds.
 */
public final class RtcWatch {

  /** Zones change by decree. */
  private static final long ZONE_NANOS = TimeUnit.DAYS.toNanos(1);

  /** An edge that was found so long ago says nothing any more. */
  private static final long FIX_NANOS = TimeUnit.HOURS.toNanos(1);

  private final RtcFiles files;
  private final Seams seams;
  private final Ruler ruler;
  private final WallClock wall;
  private final Settings settings;
  private final Supplier<Optional<TrustedTime>> utc;
  private final OffsetCauses causes;
  private final RtcJudge judge;
  private final EdgeWatch edges;
  private final BatteryWatch battery;
  private final Behaviour behaviour = new Behaviour();
  private final RtcRate rate = new RtcRate();
  private List<Device> devices = List.of();
  private boolean isLost;
  private volatile boolean isClosed;
  private Optional<EdgeFix> fix = Optional.empty();
  private Optional<HostZoneAnswer> zone = Optional.empty();
  private long zoneMonoNanos;

  /**
   * What is configured.
   *
   * @param thresholdNanos the error from which on the clock is wrong
   * @param intervalNanos the time between two searches for the edge of its second
   */
  public record Settings(long thresholdNanos, long intervalNanos) {}

  /**
   * A watch that has seen nothing.
   *
   * @param settings what is configured
   * @param seams the world
   * @param utc trusted time at the present; empty while there is none
   * @param causes names causes of errors
   * @param memory remembers the clock from boot to boot
   */
  public RtcWatch(
      Settings settings,
      Seams seams,
      Supplier<Optional<TrustedTime>> utc,
      OffsetCauses causes,
      RtcMemory memory) {
    this.settings = settings;
    this.seams = seams;
    this.ruler = seams.ruler();
    this.wall = seams.wallClock();
    this.utc = utc;
    this.causes = causes;
    files = new RtcFiles(seams.files(), ruler);
    judge = new RtcJudge(settings.thresholdNanos());
    edges = new EdgeWatch(ruler, seams.hostScheduler(), this::tick, this::found);
    battery = new BatteryWatch(seams.commands(), memory);
  }

  /**
   * Looks once.
   *
   * @param isKernelFree whether the kernel is known not to copy the system clock to the hardware
   *     clock now, because nobody has synchronised it
   * @return the hardware clock as it is
   */
  public RtcFacts look(boolean isKernelFree) {
    if (devices.isEmpty() || isLost) {
      devices = files.devices();
      isLost = false;
    }
    if (devices.isEmpty()) {
      return RtcFacts.none(ruler.monoNanos());
    }
    askForZone();
    RtcFiles.Reading reading = files.read(devices.get(0));
    RtcFiles.KeepingText keeping = keeping();
    if (reading.tick().isEmpty()) {
      isLost = true; // another one may have taken its place at the next look
      return facts(RtcJudge.unreadable(reading), Optional.empty(), keeping, List.of());
    }
    RtcTick tick = reading.tick().get();
    behaviour.take(tick);
    Optional<TrustedTime> time = utc.get();
    Comparison comparison = compare(known(tick), time);
    searchIfDue(tick);
    List<Cause> named =
        comparison
            .offset()
            .map(offset -> causes.of(offset, time.orElseThrow().epochNanos(), zone()))
            .orElse(List.of());
    RtcJudge.Verdict verdict = judge.judge(comparison, behaviour, keeping, named);
    comparison
        .offset()
        .ifPresent(offset -> battery.booted(time.orElseThrow(), offset, isKernelFree));
    return facts(verdict, Optional.of(comparison), keeping, named);
  }

  /** Remembers the clock as it was last seen. After the last look. */
  public void close() {
    isClosed = true;
    edges.end();
    battery.close();
  }

  private void askForZone() {
    long now = ruler.monoNanos();
    if (zone.isEmpty() || now - zoneMonoNanos >= ZONE_NANOS) {
      zone = Optional.of(HostZoneAnswer.ask(seams.commands(), seams.files()));
      zoneMonoNanos = now;
    }
  }

  private ZoneId zone() {
    return zone.flatMap(HostZoneAnswer::zone).orElseGet(ZoneId::systemDefault);
  }

  /** What the file says, and where that says nothing, what systemd takes it for. */
  private RtcFiles.KeepingText keeping() {
    RtcFiles.KeepingText said = files.keeping();
    Optional<Boolean> isLocal = zone.flatMap(HostZoneAnswer::isRtcLocal);
    return said.keeping() == Keeping.UNKNOWN && isLocal.isPresent()
        ? new RtcFiles.KeepingText(
            isLocal.get() ? Keeping.LOCAL : Keeping.UTC,
            said.text() + "; systemd takes it for " + (isLocal.get() ? "local time" : "UTC"))
        : said;
  }

  private Optional<RtcTick> tick() {
    return devices.isEmpty() ? Optional.empty() : files.read(devices.get(0)).tick();
  }

  private EdgeFix aged(EdgeFix earlier, long monoNanos) {
    Optional<Rate> known = rate.rate();
    return earlier.at(
        monoNanos,
        known.map(Rate::driftRatePpm).orElse(0.0),
        known.map(Rate::errorPpm).orElse(EdgeFix.QUARTZ_PPM));
  }

  /** Where the clock stands now: by the edge that was found, unless it was set since. */
  private EdgeFix known(RtcTick tick) {
    EdgeFix seen = EdgeFix.of(tick);
    return fix.filter(earlier -> seen.monoNanos() - earlier.monoNanos() <= FIX_NANOS)
        .map(earlier -> aged(earlier, seen.monoNanos()).and(seen))
        .filter(both -> !both.isContradiction())
        .orElse(seen);
  }

  private Comparison compare(EdgeFix now, Optional<TrustedTime> time) {
    long rtcNanos = now.monoNanos() + now.leadNanos();
    long halfWidthNanos = now.halfWidthNanos();
    long before = ruler.monoNanos();
    long systemNanos = wall.epochNanos();
    long widthNanos = ruler.monoNanos() - before;
    long systemThenNanos = systemNanos - (before + widthNanos / 2 - now.monoNanos());
    return new Comparison(
        rtcNanos,
        time.map(utcNow -> difference(utcNow, now)),
        new Difference(systemThenNanos - rtcNanos, halfWidthNanos + widthNanos));
  }

  private static Difference difference(TrustedTime time, EdgeFix fix) {
    TrustedTime then = time.at(fix.monoNanos());
    return new Difference(
        then.epochNanos() - (fix.monoNanos() + fix.leadNanos()),
        then.errorBoundNanos() + fix.halfWidthNanos());
  }

  private void searchIfDue(RtcTick tick) {
    boolean isMoved =
        fix.filter(
                earlier ->
                    aged(earlier, tick.afterMonoNanos()).and(EdgeFix.of(tick)).isContradiction())
            .isPresent();
    if (isMoved) {
      search();
    } else {
      searchIfDue();
    }
  }

  private void searchIfDue() {
    boolean isDue =
        fix.isEmpty() || ruler.monoNanos() - fix.get().monoNanos() >= settings.intervalNanos();
    if (isDue && !isClosed) {
      search();
    }
  }

  private void search() {
    edges.begin(fix.map(earlier -> aged(earlier, ruler.monoNanos()).leadNanos()));
  }

  private void found(EdgeFix found) {
    fix = Optional.of(found);
    seams.hostScheduler().schedule(found.monoNanos() + settings.intervalNanos(), this::searchIfDue);
    Optional<TrustedTime> time = utc.get();
    if (time.isEmpty()) {
      return;
    }
    Difference offset = difference(time.get(), found);
    // The bound of UTC moves slowly: it says little of the rate, and would hide that it was set.
    rate.add(found.monoNanos(), new Difference(offset.nanos(), found.halfWidthNanos()));
    battery.seen(time.get().at(found.monoNanos()), offset, rate.rate());
  }

  private RtcFacts facts(
      RtcJudge.Verdict verdict,
      Optional<Comparison> comparison,
      RtcFiles.KeepingText keeping,
      List<Cause> named) {
    Device device = devices.get(0);
    BatteryFacts cell = battery.facts(files.chip(), rate.rate());
    return new RtcFacts(
        ruler.monoNanos(),
        verdict.state(),
        verdict.reason(),
        Optional.of(device),
        devices.subList(1, devices.size()),
        comparison,
        keeping.keeping(),
        rate.rate(),
        comparison.flatMap(
            known -> Reboot.risk(known, keeping.keeping(), zone(), battery.boundNanos())),
        named.stream().map(Cause::text).toList(),
        Remedy.of(verdict.state(), device, comparison),
        cell);
  }
}
