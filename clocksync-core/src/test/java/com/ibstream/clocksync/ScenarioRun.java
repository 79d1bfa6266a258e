package com.ibstream.clocksync;

import com.ibstream.clocksync.facts.SourceFacts;
import com.ibstream.clocksync.testing.SimulatedServer;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.TrustedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * One scenario: a whole monitor in a {@link Scene}, and reads of its clock against the truth.
 *
 * <p>A real monitor looks at its own clocks five times a second. Looks that could find nothing are
 * left out here: there is one before each group of reads, at a random phase, and there are those
 * just before and just after each fault of the clocks, where they would have been.
 */
final class ScenarioRun {

  static final long LOOK_NANOS = 200 * Scene.MILLI;

  private static final int READS_IN_A_GROUP = 10;
  private static final int READS_BEFORE_THE_LOOK = 4;
  private static final int EACH_SIZE = 50;

  private final String name;
  private final Scene scene;
  private final SplittableRandom random;
  private final ScenarioTally tally = new ScenarioTally();
  private final MonitorCycle cycle;
  private final TrustedClock clock;
  private final Reading reading = new Reading();
  private final HonestMajority majority;
  private final WrongStamps wrongStamps = new WrongStamps();
  private long latestEpochNanos = Long.MIN_VALUE;

  /**
   * A scenario at its start.
   *
   * @param isInReadCheck whether reads compare the clocks themselves
   * @param isLong whether calm follows the faults: then servers are asked as seldom as allowed
   */
  ScenarioRun(FaultScript script, long seed, boolean isInReadCheck, boolean isLong) {
    this.name =
        String.format(
            Locale.ROOT, "%s, seed %d%s", script, seed, isInReadCheck ? ", checked in reads" : "");
    this.random = new SplittableRandom(~seed);
    this.scene = new Scene(seed, start(random));
    script.furnish(scene);
    scene.world.kernelClocks(scene.isKernelSeen);
    this.majority = new HonestMajority(addresses(scene.honest));
    List<SimulatedServer> all = new ArrayList<>();
    all.addAll(scene.isLiarsFirst ? scene.liars : scene.honest);
    all.addAll(scene.isLiarsFirst ? scene.honest : scene.liars);
    ClockMonitorConfig config =
        ClockMonitorConfig.builder()
            .servers(addresses(all))
            .tolerance(Duration.ofMillis(random.nextLong(50, 200) * (isLong ? 20 : 1)))
            .maxPoll(Duration.ofSeconds(isLong ? 300 : 256))
            .inReadCheck(isInReadCheck)
            .slewAllowancePpm(500)
            .build();
    SimulatedCycle started =
        SimulatedCycle.start(
            scene.world,
            config,
            SimulatedCycle.NO_LOOKS_NANOS,
            (status, events) -> {
              majority.follow(status);
              wrongStamps.hear(events);
            });
    this.cycle = started.cycle();
    this.clock = started.clock();
    script.plan(scene);
    if (isLong) {
      scene.world.after(Duration.ofDays(1), scene::calm);
    }
  }

  /** Any day of these years; one in eight worlds crosses the end of NTP's first era. */
  private static Instant start(SplittableRandom random) {
    return random.nextInt(8) == 0
        ? Instant.parse("2036-02-07T06:28:16Z").minusSeconds(random.nextLong(0, 5_000))
        : Instant.parse("2026-11-23T09:30:00Z").plusSeconds(random.nextLong(0, 100_000_000));
  }

  private static List<String> addresses(List<SimulatedServer> servers) {
    return servers.stream().map(server -> server.address().getAddress().getHostAddress()).toList();
  }

  /**
   * Runs the scenario.
   *
   * @param lengthNanos true time
   * @param groupCount how many groups of reads are spread over it
   */
  ScenarioTally run(long lengthNanos, int groupCount) {
    long spacing = lengthNanos / groupCount;
    for (int i = 0; i < groupCount; i++) {
      long at = i * spacing + random.nextLong(spacing);
      while (!scene.clockFaults.isEmpty() && scene.clockFaults.peek().atNanos() <= at) {
        fault(scene.clockFaults.remove());
      }
      goTo(at);
      cycle.runWithLook();
      reads(READS_IN_A_GROUP, LOOK_NANOS, false);
    }
    tally.scenarioCount = 1;
    tally.simulatedNanos = scene.elapsedNanos();
    tally.exchangeCount = cycle.status().sources().stream().mapToLong(SourceFacts::sentCount).sum();
    return tally;
  }

  /** A fault of the own clocks, with the looks of a real monitor around it. */
  private void fault(Scene.ClockFault fault) {
    long phase = random.nextLong(1, LOOK_NANOS);
    goTo(fault.atNanos() - (LOOK_NANOS - phase));
    cycle.runWithLook();
    goTo(fault.atNanos());
    fault.action().run();
    long lookAt = scene.elapsedNanos() + phase;
    reads(READS_BEFORE_THE_LOOK, phase, true);
    goTo(lookAt);
    cycle.runWithLook();
    tally.keptCount += wrongStamps.takeKept();
    reads(READS_IN_A_GROUP, LOOK_NANOS, false);
    cycle.runWithLook();
    reads(READS_IN_A_GROUP, LOOK_NANOS, false);
  }

  private void goTo(long elapsedNanos) {
    long nanos = elapsedNanos - scene.elapsedNanos();
    if (nanos > 0) {
      scene.world.runFor(Duration.ofNanos(nanos));
    }
  }

  private void reads(int count, long withinNanos, boolean isApart) {
    for (int i = 0; i < count; i++) {
      scene.world.runFor(Duration.ofNanos(random.nextLong(withinNanos / count)));
      read(isApart);
    }
  }

  private void read(boolean isApart) {
    clock.read(reading);
    tally.readCount++;
    long truth = scene.world.trueEpochNanos();
    if (reading.epochNanos() < latestEpochNanos) {
      tally.violated(false, name + ": time went back: " + reading);
    }
    latestEpochNanos = reading.epochNanos();
    if (!reading.isTrusted() || majority.isOutnumbered()) {
      return;
    }
    tally.trustedCount++;
    tally.apartCount += isApart ? 1 : 0;
    if (truth < reading.earliestEpochNanos() || truth > reading.latestEpochNanos()) {
      wrongStamps.add(reading.epochNanos());
      tally.violated(
          isApart,
          String.format(
              Locale.ROOT,
              "%s, after %.3f s: %s is wrong by %d ns",
              name,
              scene.elapsedNanos() / 1e9,
              reading,
              reading.epochNanos() - truth));
    }
    if (tally.trustedCount % EACH_SIZE == 0) {
      tally.size(reading.epochNanos() - truth, reading.errorBoundNanos());
    }
  }
}
