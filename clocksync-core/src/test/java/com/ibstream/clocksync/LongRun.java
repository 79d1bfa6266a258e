package com.ibstream.clocksync;

import com.ibstream.clocksync.history.StatusRecorder;
import com.ibstream.clocksync.testing.SimulatedServer;
import com.ibstream.clocksync.testing.SimulatedWorld;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.TrustedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/**
 * Eleven hours of a monitor on a host whose clock nobody steers, four servers and a quartz that is
 * 10 ppm off and wanders: how wrong the published line is in the long run.
 */
final class LongRun {

  private static final long SECONDS = 40_000;
  private static final long DISCARDED_SECONDS = 4_000;
  private static final int SERVERS = 4;
  private static final long ONE_NTP_SHORT_NANOS = 15_258;

  /**
   * What came of it.
   *
   * @param rmsMicros root mean square error of the published line
   * @param medianBoundMicros median error bound
   * @param readCount reads
   * @param missCount trusted reads that missed the truth
   * @param untrustedCount reads that were not trusted
   */
  record Result(
      double rmsMicros,
      double medianBoundMicros,
      int readCount,
      int missCount,
      int untrustedCount) {}

  private LongRun() {}

  /**
   * Runs one seed.
   *
   * @param pollSeconds the interval between polls of a server
   * @param wander of the quartz, per root second
   * @param path makes the way to a server, told its number
   * @param machine what happens to the quartz
   */
  static Result run(
      long seed,
      long pollSeconds,
      double wander,
      BiConsumer<SimulatedServer, Integer> path,
      BiConsumer<SimulatedWorld, SplittableRandom> machine) {
    SplittableRandom random = new SplittableRandom(seed);
    SimulatedWorld world = new SimulatedWorld(seed, Instant.parse("2026-11-23T09:30:00Z"));
    world.oscillator().skewPpm(10).wander(wander);
    world.wallClock().step(-10 * Scene.MILLI);
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < SERVERS; i++) {
      String address = "192.0.2." + (i + 1);
      addresses.add(address);
      SimulatedServer server = world.server(address);
      server.root(0, ONE_NTP_SHORT_NANOS);
      path.accept(server, i);
    }
    machine.accept(world, random);
    ClockMonitorConfig config =
        ClockMonitorConfig.builder()
            .servers(addresses)
            .minPoll(Duration.ofSeconds(pollSeconds))
            .maxPoll(Duration.ofSeconds(pollSeconds))
            .slewAllowancePpm(0)
            .build();
    TrustedClock clock =
        SimulatedCycle.start(world, config, SimulatedCycle.NO_LOOKS_NANOS, StatusRecorder.NONE)
            .clock();
    world.runFor(Duration.ofSeconds(DISCARDED_SECONDS));
    return measure(world, clock, random);
  }

  private static Result measure(SimulatedWorld world, TrustedClock clock, SplittableRandom random) {
    Reading reading = new Reading();
    List<Long> bounds = new ArrayList<>();
    double squares = 0;
    int misses = 0;
    int untrusted = 0;
    long endNanos = world.trueEpochNanos() + (SECONDS - DISCARDED_SECONDS) * Scene.SECOND;
    while (world.trueEpochNanos() < endNanos) {
      world.runFor(Duration.ofNanos(random.nextLong(10 * Scene.SECOND)));
      clock.read(reading);
      long truth = world.trueEpochNanos();
      double error = reading.epochNanos() - truth;
      squares += error * error;
      bounds.add(reading.errorBoundNanos());
      untrusted += reading.isTrusted() ? 0 : 1;
      misses += truth < reading.earliestEpochNanos() || truth > reading.latestEpochNanos() ? 1 : 0;
    }
    long[] sorted = bounds.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return new Result(
        Math.sqrt(squares / sorted.length) / 1e3,
        sorted[sorted.length / 2] / 1e3,
        sorted.length,
        misses,
        untrusted);
  }
}
