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

  /** When it is asked again where nobody answered: at boot it may be too early. */
  private static final long ZONE_RETRY_NANOS = 60_000_000_000L;

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
  private boolean isSeen;
  private volatile boolean isEnded;
  private Optional<EdgeFix> fix = Optional.empty();
  private Optional<Exact> exact = Optional.empty();
  private Optional<HostZoneAnswer> zone = Optional.empty();
  private long zoneMonoNanos;

  /**
   * What is configured.
   *
   * @param thresholdNanos the error from which on the clock is wrong
   * @param intervalNanos the time between two searches for the edge of its second
   */
  public record Settings(long thresholdNanos, long intervalNanos) {}

  /** What was found at an edge, and the system clock then. */
  private record Exact(Comparison comparison, WallReading wall) {}

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
    battery = new BatteryWatch(seams.commands(), seams.kernelClocks(), memory);
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
      return isSeen
          ? RtcFacts.unseen(ruler.monoNanos(), "the hardware clock that was there is gone")
          : RtcFacts.none(ruler.monoNanos());
    }
    isSeen = true;
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
    Comparison comparison = compare(tick, time);
    searchIfDue(tick, time.isPresent());
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

  /** No more readings after this. Any thread. */
  public void end() {
    isEnded = true;
  }

  private void askForZone() {
    long now = ruler.monoNanos();
    long lifeNanos = zone.flatMap(HostZoneAnswer::zone).isPresent() ? ZONE_NANOS : ZONE_RETRY_NANOS;
    if (zone.isEmpty() || now - zoneMonoNanos >= lifeNanos) {
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
    return isEnded || devices.isEmpty() ? Optional.empty() : files.read(devices.get(0)).tick();
  }

  private EdgeFix aged(EdgeFix earlier, long monoNanos) {
    Optional<Rate> known = rate.rate();
    return earlier.at(
        monoNanos,
        known.map(Rate::driftRatePpm).orElse(0.0),
        known.map(Rate::errorPpm).orElse(EdgeFix.QUARTZ_PPM));
  }

  /** By the edge that was found last, unless a clock was set since; else by the second alone. */
  private Comparison compare(RtcTick tick, Optional<TrustedTime> time) {
    WallReading now = WallReading.take(ruler, wall);
    boolean isExact =
        exact.isPresent()
            && exact.get().comparison().offset().isPresent() == time.isPresent()
            && now.monoNanos() - exact.get().wall().monoNanos() <= exactNanos()
            && exact.get().wall().isSteadyUntil(now)
            && !isMoved(tick);
    return isExact ? exact.get().comparison() : compare(EdgeFix.of(tick), now, time);
  }

  private long exactNanos() {
    return 2 * settings.intervalNanos() + EdgeWatch.LIMIT_NANOS;
  }

  private static Comparison compare(EdgeFix fix, WallReading wall, Optional<TrustedTime> time) {
    long rtcNanos = fix.monoNanos() + fix.leadNanos();
    return new Comparison(
        fix.monoNanos(),
        rtcNanos,
        time.map(utcNow -> difference(utcNow, fix)),
        new Difference(
            wall.epochNanosAt(fix.monoNanos()) - rtcNanos,
            fix.halfWidthNanos() + wall.widthNanos()));
  }

  private static Difference difference(TrustedTime time, EdgeFix fix) {
    TrustedTime then = time.at(fix.monoNanos());
    return new Difference(
        then.epochNanos() - (fix.monoNanos() + fix.leadNanos()),
        then.errorBoundNanos() + fix.halfWidthNanos());
  }

  private boolean isMoved(RtcTick tick) {
    return fix.filter(
            earlier -> aged(earlier, tick.afterMonoNanos()).and(EdgeFix.of(tick)).isContradiction())
        .isPresent();
  }

  private void searchIfDue(RtcTick tick, boolean isTimeKnown) {
    boolean isBlind =
        isTimeKnown && exact.filter(known -> known.comparison().offset().isPresent()).isEmpty();
    if (isBlind || isMoved(tick)) {
      search();
    } else {
      searchIfDue();
    }
  }

  private void searchIfDue() {
    boolean isDue =
        fix.isEmpty() || ruler.monoNanos() - fix.get().monoNanos() >= settings.intervalNanos();
    if (isDue && !isEnded) {
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
    WallReading now = WallReading.take(ruler, wall);
    exact = Optional.of(new Exact(compare(found, now, time), now));
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
