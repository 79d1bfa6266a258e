package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.history.stamps.Qualification;
import com.ibstream.clocksync.history.stamps.StampQualifier;
import com.ibstream.clocksync.history.stamps.StampQuality;
import com.ibstream.clocksync.testing.SimulatedWorld;
import com.ibstream.clocksync.time.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stamps taken in a simulated world, and judged later by the history, against the truth. */
class StampQualifierScenarioTest {

  private static final Instant START = Instant.parse("2026-11-23T09:30:00Z");
  private static final long SECOND = 1_000_000_000L;

  @TempDir private Path directory;
  private final List<Stamp> stamps = new ArrayList<>();

  /** What two clocks showed, and what it really was. */
  private record Stamp(long wall, long trusted, boolean isTrusted, long truth) {}

  private static ClockMonitor monitor(SimulatedWorld world, Path directory) {
    for (int i = 1; i <= 4; i++) {
      world.server("192.0.2." + i).path(5_000_000, 5_000_000, 300_000);
    }
    return ClockMonitor.start(
        ClockMonitorConfig.builder()
            .servers("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4")
            .slewAllowancePpm(500)
            .setting("history.directory", directory.toString())
            .build(),
        world.seams());
  }

  private void stampFor(SimulatedWorld world, ClockMonitor monitor, Duration span, long stepNanos) {
    SplittableRandom random = new SplittableRandom(3);
    Reading reading = new Reading();
    for (long done = 0; done < span.toNanos(); ) {
      long step = random.nextLong(stepNanos) + 1;
      world.runFor(Duration.ofNanos(step));
      done += step;
      monitor.clock().read(reading);
      stamps.add(
          new Stamp(
              world.wallClock().epochNanos(),
              reading.epochNanos(),
              reading.isTrusted(),
              world.trueEpochNanos()));
    }
  }

  private static boolean holds(Qualification found, long truth) {
    return found.earliestEpochNanos() <= truth && truth <= found.latestEpochNanos();
  }

  private Map<StampQuality, Integer> judgeAll() throws IOException {
    StampQualifier qualifier = StampQualifier.of(directory);
    Map<StampQuality, Integer> counts = new EnumMap<>(StampQuality.class);
    for (Stamp stamp : stamps) {
      Qualification system = qualifier.qualifySystemClock(stamp.wall());
      counts.merge(system.quality(), 1, Integer::sum);
      if (system.quality() == StampQuality.GOOD || system.quality() == StampQuality.AMBIGUOUS) {
        assertThat(holds(system, stamp.truth())).as("%s in %s", stamp, system).isTrue();
      }
      if (stamp.isTrusted()) {
        Qualification trusted = qualifier.qualifyTrustedClock(stamp.trusted());
        if (trusted.quality() == StampQuality.GOOD) {
          assertThat(holds(trusted, stamp.truth())).as("%s in %s", stamp, trusted).isTrue();
        }
      }
    }
    assertThat(qualifier.skippedCount()).isZero();
    return counts;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldHoldTheTruthOfEveryStampWhateverTheSystemClockDid(long seed) throws IOException {
    SimulatedWorld world = new SimulatedWorld(seed, START);
    SplittableRandom random = new SplittableRandom(seed);
    world.rulerErrorPpm(random.nextDouble(-80, 80));
    world.wallClock().step(random.nextLong(-SECOND, SECOND));
    ClockMonitor monitor = monitor(world, directory);
    for (int i = 0; i < 12; i++) {
      stampFor(world, monitor, Duration.ofSeconds(random.nextLong(20, 900)), 2 * SECOND);
      switch (random.nextInt(4)) {
        case 0 -> world.wallClock().step(random.nextLong(-40 * SECOND, 40 * SECOND));
        case 1 -> world.slew(random.nextDouble(-400, 400));
        case 2 -> world.slew(0);
        default -> world.wallClock().step(random.nextLong(-SECOND, SECOND) / 100);
      }
    }
    monitor.close();

    Map<StampQuality, Integer> counts = judgeAll();
    System.out.printf("seed %d: %s%n", seed, counts);
    assertThat(counts.get(StampQuality.GOOD)).isGreaterThan(stamps.size() / 2);
    assertThat(counts.getOrDefault(StampQuality.UNMONITORED, 0)).isLessThan(stamps.size() / 50);
  }

  /** Nobody looked when it was set back, so what it showed before it may have shown twice. */
  @Test
  void shouldDoubtStampsThatAClockMayHaveShownAgainWhileNobodyLooked() throws IOException {
    SimulatedWorld world = new SimulatedWorld(11, START);
    ClockMonitor first = monitor(world, directory);
    stampFor(world, first, Duration.ofMinutes(30), 3 * SECOND);
    first.close();
    world.wallClock().step(-20 * 60 * SECOND);
    world.runFor(Duration.ofMinutes(10));
    ClockMonitor second = monitor(world, directory);
    world.runFor(Duration.ofMinutes(5));
    second.close();

    StampQualifier qualifier = StampQualifier.of(directory);
    long end = START.getEpochSecond() * SECOND + 30 * 60 * SECOND;
    int good = 0;
    for (Stamp stamp : stamps) {
      Qualification found = qualifier.qualifySystemClock(stamp.wall());
      boolean isTwice = stamp.wall() > end - 20 * 60 * SECOND;
      good += found.quality() == StampQuality.GOOD ? 1 : 0;
      if (isTwice) {
        assertThat(found.quality()).isNotEqualTo(StampQuality.GOOD);
        assertThat(holds(found, stamp.truth())).isTrue();
      }
    }
    assertThat(good).isPositive();
  }

  @Test
  void shouldNotTakeTheOnlyAnswerWhereSomethingElseExcludesIt() throws IOException {
    SimulatedWorld world = new SimulatedWorld(12, START);
    ClockMonitor monitor = monitor(world, directory);
    stampFor(world, monitor, Duration.ofMinutes(30), 3 * SECOND);
    monitor.close();
    Stamp stamp = stamps.get(stamps.size() - 20);

    StampQualifier qualifier = StampQualifier.of(directory);
    long hour = 3_600 * SECOND;

    assertThat(
            qualifier
                .qualifySystemClock(stamp.wall(), stamp.truth() - SECOND, stamp.truth() + SECOND)
                .quality())
        .isEqualTo(StampQuality.GOOD);
    assertThat(
            qualifier.qualifySystemClock(stamp.wall(), stamp.truth() + hour, stamp.truth() + hour))
        .extracting(Qualification::quality)
        .isEqualTo(StampQuality.UNMONITORED);
  }

  /** The process stood still: what the clock did meanwhile nobody saw. */
  @Test
  void shouldTellNothingOfATimeInWhichTheMonitorStoodStill() throws IOException {
    SimulatedWorld world = new SimulatedWorld(13, START);
    ClockMonitor monitor = monitor(world, directory);
    stampFor(world, monitor, Duration.ofMinutes(10), 3 * SECOND);
    long before = world.wallClock().epochNanos();
    world.stall(Duration.ofSeconds(40));
    long middle = before + 20 * SECOND;
    world.runFor(Duration.ofMinutes(5));
    monitor.close();

    StampQualifier qualifier = StampQualifier.of(directory);

    assertThat(qualifier.qualifySystemClock(middle).quality()).isNotEqualTo(StampQuality.GOOD);
    assertThat(judgeAll().get(StampQuality.GOOD)).isPositive();
  }

  @Test
  void shouldPutAClockRightThatWas37SecondsSlow() throws IOException {
    SimulatedWorld world = new SimulatedWorld(7, START);
    ClockMonitor monitor = monitor(world, directory);
    world.runFor(Duration.ofMinutes(2));
    world.wallClock().step(-37 * SECOND);
    world.runFor(Duration.ofMinutes(1));
    stampFor(world, monitor, Duration.ofHours(2), 3 * SECOND);
    monitor.close();

    StampQualifier qualifier = StampQualifier.of(directory);
    int good = 0;
    long widest = 0;
    for (Stamp stamp : stamps) {
      Qualification found = qualifier.qualifySystemClock(stamp.wall());
      if (found.quality() == StampQuality.GOOD) {
        good++;
        widest = Math.max(widest, found.errorBoundNanos());
        assertThat(Math.abs(found.correctedEpochNanos() - stamp.truth()))
            .isLessThanOrEqualTo(found.errorBoundNanos());
        assertThat(found.correctedEpochNanos() - stamp.wall())
            .isBetween(36_900_000_000L, 37_100_000_000L);
      }
    }
    assertThat(good).isGreaterThan(stamps.size() - 60); // the last minute was not recorded yet
    assertThat(widest).isLessThan(30_000_000L);
  }

  @Test
  void shouldKnowNothingOfWhatNobodySaw() throws IOException {
    SimulatedWorld world = new SimulatedWorld(7, START);
    ClockMonitor monitor = monitor(world, directory);
    world.runFor(Duration.ofMinutes(10));
    monitor.close();
    long end = world.wallClock().epochNanos();

    StampQualifier qualifier = StampQualifier.of(directory);
    assertThat(qualifier.qualifySystemClock(end + SECOND).quality())
        .isEqualTo(StampQuality.UNMONITORED);
    assertThat(qualifier.qualifySystemClock(0)).isEqualTo(qualifier.qualifyTrustedClock(0));
    assertThat(qualifier.qualifySystemClock(Long.MIN_VALUE).isKnown()).isFalse();
    assertThat(qualifier.qualifySystemClock(Long.MAX_VALUE).isKnown()).isFalse();
    assertThat(qualifier.qualifySystemClock(end - 300 * SECOND).quality())
        .isEqualTo(StampQuality.GOOD);
  }
}
