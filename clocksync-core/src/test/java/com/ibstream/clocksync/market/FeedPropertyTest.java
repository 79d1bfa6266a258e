package com.ibstream.clocksync.market;

import static com.ibstream.clocksync.market.FeedScene.MILLI;
import static com.ibstream.clocksync.market.FeedScene.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Random feeds whose clocks are right to their allowance, over random machines: whatever is proved
 * must be true.
 */
class FeedPropertyTest {

  private static final int TRIALS = 400;
  private static final int STEPS = 300;

  private long claimCount;

  /** Delays of every kind: none, ordinary, of minutes, and long tails. */
  private static long delayNanos(SplittableRandom random, long usualNanos) {
    return switch (random.nextInt(5)) {
      case 0 -> 0;
      case 1 -> random.nextLong(600 * SECOND);
      default -> usualNanos + (long) (-Math.log(1 - random.nextDouble()) * usualNanos);
    };
  }

  private void runOne(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long allowanceNanos = random.nextLong(100 * MILLI);
    boolean isCut = random.nextBoolean();
    FeedScene scene =
        new FeedScene(
            random.nextLong(),
            FeedSettings.of("x")
                .withAllowance(Duration.ofNanos(allowanceNanos))
                .withResolution(isCut ? Duration.ofSeconds(1) : Duration.ZERO));
    scene.quartzPpm = random.nextDouble(-FeedScene.ERROR_PPM, FeedScene.ERROR_PPM);
    long usualNanos = random.nextLong(1, 500 * MILLI);
    // From every 10 ms to every hour.
    double paceExponent = random.nextDouble(7, 12.5);
    for (int i = 0; i < STEPS; i++) {
      if (random.nextInt(40) == 0) {
        scene.slewPpm = random.nextBoolean() ? 0 : random.nextDouble(-100_000, 100_000);
      }
      if (random.nextInt(40) == 0) {
        scene.wall.step(random.nextLong(-40 * SECOND, 40 * SECOND));
      }
      if (random.nextInt(100) == 0) {
        scene.freeze(Duration.ofMillis(random.nextLong(100_000)));
      }
      long paceNanos = (long) Math.pow(10, paceExponent + random.nextDouble(-1, 1));
      for (long left = paceNanos; left > 0; left -= 60 * SECOND) {
        scene.run(Math.min(left, SECOND)); // looks at both ends of what nobody looks at
        scene.hang(Math.max(0, Math.min(left, 60 * SECOND) - SECOND));
        scene.look();
      }
      scene.hang(random.nextLong(FeedScene.LOOK_NANOS)); // the tick comes in between two looks
      long aheadNanos = random.nextLong(-allowanceNanos, allowanceNanos + 1);
      scene.tick(delayNanos(random, usualNanos) - aheadNanos);
      scene.hang(random.nextLong(FeedScene.LOOK_NANOS));
      long systemErrorNanos = scene.wall.epochNanos() - scene.utcEpochNanos;
      long lineErrorNanos = random.nextLong(-100 * MILLI, 100 * MILLI);
      scene.lineErrorNanos = Optional.of(lineErrorNanos);
      scene.lineBoundNanos = random.nextLong(50 * MILLI);
      check(seed, scene.systemSlowNanos(), -systemErrorNanos);
      check(seed, scene.trustedSlowNanos(), -lineErrorNanos - scene.lineBoundNanos);
    }
  }

  /** A claim is "at least so much": it must not exceed the truth, whatever that is. */
  private void check(long seed, long claimedSlowNanos, long slowNanos) {
    if (claimedSlowNanos != 0) {
      claimCount++;
      assertThat(claimedSlowNanos).as("seed %d", seed).isPositive().isLessThanOrEqualTo(slowNanos);
    }
  }

  @Test
  void shouldNeverClaimMoreThanTheTruthWhateverTheDelay() {
    for (int seed = 0; seed < TRIALS; seed++) {
      runOne(seed);
    }

    assertThat(claimCount).as("claims that could have been false").isGreaterThan(10_000);
  }
}
