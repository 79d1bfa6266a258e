package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.testing.SimulatedServer;
import com.ibstream.clocksync.testing.SimulatedWorld;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.TrustedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Random worlds with a known truth: an honest majority, liars, asymmetric and lossy paths, outages,
 * steps of the system clock, and a ruler that is wrong by as much as is allowed. Every trusted
 * reading must hold the truth.
 */
class RandomWorldsTest {

  private static final int WORLDS = Integer.getInteger("worlds", 150);
  private static final long MILLI = 1_000_000L;
  private static final double RULER_ERROR_PPM = 514; // the allowance is 515

  private long readCount;
  private long trustedCount;

  @Test
  void shouldHoldTheTruthInEveryTrustedReadingAndNeverGoBackWhenAMajorityIsHonest() {
    for (int seed = 0; seed < WORLDS; seed++) {
      new Run(seed).check();
    }

    System.out.printf(
        "random worlds: %,d reads, %,d of them trusted, in %d worlds%n",
        readCount, trustedCount, WORLDS);
    assertThat(trustedCount).isGreaterThan(readCount / 2);
  }

  /** One world. */
  private final class Run {

    private final int seed;
    private final SplittableRandom random;
    private final SimulatedWorld world;
    private final List<SimulatedServer> servers = new ArrayList<>();
    private final HonestMajority majority;
    private final TrustedClock clock;
    private final Reading reading = new Reading();
    private long latest = Long.MIN_VALUE;

    Run(int seed) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      this.world = new SimulatedWorld(seed, Instant.parse("2026-11-23T09:30:00Z"));
      int liars = random.nextInt(0, 4);
      int honest = Math.max(2, liars + 1 + random.nextInt(0, 3));
      List<String> addresses = new ArrayList<>();
      for (int i = 0; i < honest + liars; i++) {
        addresses.add("192.0.2." + (i + 1));
        SimulatedServer server = world.server("192.0.2." + (i + 1));
        path(server);
        long claimed = random.nextLong(0, 5 * MILLI);
        server.root(random.nextLong(0, 20 * MILLI), claimed);
        boolean isHonest = i < honest;
        server.error(isHonest ? random.nextLong(-claimed, claimed + 1) : lie(random.nextInt(4)));
        servers.add(server);
      }
      this.majority = new HonestMajority(addresses.subList(0, honest));
      ClockMonitorConfig config =
          ClockMonitorConfig.builder()
              .servers(addresses)
              .tolerance(Duration.ofMillis(200))
              .slewAllowancePpm(500)
              .build();
      world.rulerErrorPpm(random.nextDouble(-RULER_ERROR_PPM, RULER_ERROR_PPM));
      this.clock =
          SimulatedCycle.start(
                  world,
                  config,
                  config.lookIntervalNanos(),
                  (status, events) -> majority.follow(status))
              .clock();
    }

    private void path(SimulatedServer server) {
      server
          .path(
              random.nextLong(50_000, 60 * MILLI),
              random.nextLong(50_000, 60 * MILLI),
              random.nextDouble(0, 5.0 * MILLI))
          .loss(random.nextDouble(0, 0.05));
    }

    private long lie(int kind) {
      return switch (kind) {
        case 0 -> random.nextLong(-100 * MILLI, 100 * MILLI);
        case 1 -> 37_000 * MILLI;
        case 2 -> -61_200_000 * MILLI;
        default -> random.nextLong(-5_000 * MILLI, 5_000 * MILLI);
      };
    }

    void check() {
      for (int i = 0; i < 1_500; i++) {
        disturb();
        world.runFor(Duration.ofMillis(random.nextLong(1, 4_000)));
        clock.read(reading);
        readCount++;
        if (reading.isTrusted() && !majority.isOutnumbered()) {
          trustedCount++;
          assertThat(world.trueEpochNanos())
              .as("truth in world %d at read %d: %s", seed, i, reading)
              .isBetween(reading.earliestEpochNanos(), reading.latestEpochNanos());
        }
        assertThat(reading.epochNanos())
            .as("time in world %d at read %d", seed, i)
            .isGreaterThanOrEqualTo(latest);
        latest = reading.epochNanos();
      }
    }

    private void disturb() {
      switch (random.nextInt(60)) {
        case 0 -> world.rulerErrorPpm(random.nextDouble(-RULER_ERROR_PPM, RULER_ERROR_PPM));
        case 1 -> world.rulerErrorPpm(random.nextBoolean() ? RULER_ERROR_PPM : -RULER_ERROR_PPM);
        case 2 -> world.wallClock().step(random.nextLong(-5_000 * MILLI, 5_000 * MILLI));
        case 3 -> path(servers.get(random.nextInt(servers.size())));
        case 4 -> servers.forEach(server -> server.silent(true));
        case 5, 6, 7 -> servers.forEach(server -> server.silent(false));
        default -> {}
      }
    }
  }
}
