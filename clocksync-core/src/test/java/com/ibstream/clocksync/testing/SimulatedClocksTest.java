package com.ibstream.clocksync.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.ibstream.clocksync.seam.KernelClocks.KernelReading;
import com.ibstream.clocksync.seam.KernelClocks.KernelState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedClocksTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;

  private final SimulatedWorld world = new SimulatedWorld(1, Instant.parse("2026-11-23T09:30:00Z"));

  @BeforeEach
  void showTheKernel() {
    world.kernelClocks(true);
  }

  private KernelReading kernel() {
    return world.seams().kernelClocks().read().orElseThrow();
  }

  private KernelState state() {
    return world.seams().kernelClocks().state().orElseThrow();
  }

  /** How far each clock went: ruler, raw, boot, wall. */
  private long[] passed(Runnable happening) {
    KernelReading before = kernel();
    long wall = world.wallClock().epochNanos();
    happening.run();
    KernelReading after = kernel();
    assertThat(after.monoNanos()).isEqualTo(world.monoNanos());
    return new long[] {
      after.monoNanos() - before.monoNanos(),
      after.rawNanos() - before.rawNanos(),
      after.bootNanos() - before.bootNanos(),
      world.wallClock().epochNanos() - wall
    };
  }

  @Test
  void shouldRunAllClocksWithTheQuartz() {
    world.oscillator().skewPpm(20);

    long[] passed = passed(() -> world.runFor(Duration.ofSeconds(100)));

    assertThat(passed).containsOnly(100 * SECOND + 2 * MILLI);
  }

  @Test
  void shouldSlewRulerAndWallClockButNotTheRawClock() {
    world.oscillator().skewPpm(-20);
    world.slew(500);

    long[] passed = passed(() -> world.runFor(Duration.ofSeconds(100)));

    long raw = 100 * SECOND - 2 * MILLI;
    assertThat(passed[1]).isEqualTo(raw);
    assertThat(passed[0]).isCloseTo(raw + 50 * MILLI - 1_000, within(1L));
    assertThat(passed[2]).isEqualTo(passed[0]);
    assertThat(passed[3]).isEqualTo(passed[0]);
    assertThat(state().frequencyPpm()).isCloseTo(500, within(1e-9));

    world.slew(0);

    long[] afterwards = passed(() -> world.runFor(Duration.ofSeconds(100)));
    assertThat(afterwards).containsOnly(raw);
  }

  @Test
  void shouldStopRulerAndRawClockButNotBootTimeWhenSuspended() {
    world.slew(100);
    world.oscillator().wander(1e-9);

    long[] passed = passed(() -> world.suspend(Duration.ofHours(8), -3 * MILLI));

    assertThat(passed[0]).isZero();
    assertThat(passed[1]).isZero();
    assertThat(passed[2]).isEqualTo(Duration.ofHours(8).toNanos());
    assertThat(passed[3]).isEqualTo(Duration.ofHours(8).toNanos() - 3 * MILLI);
    long[] afterwards = passed(() -> world.runFor(Duration.ofSeconds(1)));
    assertThat(afterwards[1]).isCloseTo(SECOND, within(1_000L));
    assertThat(afterwards[0] - afterwards[1]).isCloseTo(100_000, within(1L));
  }

  @Test
  void shouldStopEveryClockWhenFrozen() {
    long before = world.trueEpochNanos();

    long[] passed = passed(() -> world.freeze(Duration.ofSeconds(30)));

    assertThat(passed).containsOnly(0);
    assertThat(world.trueEpochNanos() - before).isEqualTo(30 * SECOND);
    assertThat(world.trueEpochNanos() - world.wallClock().epochNanos()).isEqualTo(30 * SECOND);
  }

  @Test
  void shouldShowTheClocksOfASleepingMachineToTheWorldOutside() {
    long mono = world.monoNanos();
    long boot = kernel().bootNanos();
    List<Long> seen = new ArrayList<>();
    world.after(
        Duration.ofSeconds(5),
        () -> {
          seen.add(world.monoNanos() - mono);
          seen.add(kernel().bootNanos() - boot);
          assertThatThrownBy(() -> world.freeze(Duration.ofSeconds(1)))
              .isInstanceOf(IllegalStateException.class);
        });

    world.suspend(Duration.ofSeconds(10), 0);

    assertThat(seen).containsExactly(0L, 5 * SECOND);
  }

  @Test
  void shouldLoseOrKeepPacketsThatArriveInSleep() {
    SimulatedServer server = world.server("192.0.2.1");

    Asker lost = new Asker(world, server);
    world.suspend(Duration.ofSeconds(1), 0);
    world.suspend(Duration.ofSeconds(1), 0);
    world.runFor(Duration.ofSeconds(1));
    world.keepPacketsAsleep(true);
    Asker kept = new Asker(world, server);
    world.suspend(Duration.ofSeconds(1), 0);
    world.runFor(Duration.ofSeconds(1));

    assertThat(lost.answers).isEmpty();
    assertThat(kept.only().mono()).isEqualTo(kept.flight.sentMonoNanos());
  }

  @Test
  void shouldRunClocksAndServersButNothingOfTheProcessWhenStalled() {
    SimulatedServer server = world.server("192.0.2.1");
    List<String> ran = new ArrayList<>();
    world.seams().scheduler().schedule(world.monoNanos() + SECOND, () -> ran.add("task"));
    world.after(Duration.ofSeconds(2), () -> ran.add("world"));
    long sentEpochNanos = world.trueEpochNanos();
    Asker asker = new Asker(world, server);

    long[] passed = passed(() -> world.stall(Duration.ofSeconds(3)));

    assertThat(passed).containsOnly(3 * SECOND);
    assertThat(ran).containsExactly("world");
    assertThat(asker.answers).isEmpty();
    world.runFor(Duration.ZERO);
    assertThat(ran).containsExactly("world", "task");
    assertThat(asker.only().receiveEpochNanos()).isEqualTo(sentEpochNanos + 5 * MILLI);
    assertThat(asker.only().mono() - asker.flight.sentMonoNanos()).isEqualTo(3 * SECOND);
  }

  @Test
  void shouldSpendTimeInReadingClocksWhenTold() {
    world.rulerReadNanos(25);

    long first = world.monoNanos();
    long wall = world.wallClock().epochNanos();
    long second = world.monoNanos();

    assertThat(second - first).isEqualTo(50);
    assertThat(world.trueEpochNanos() - wall).isEqualTo(25);
    assertThat(kernel().widthNanos()).isEqualTo(50);
  }

  @Test
  void shouldShowTheKernelOnlyWhenTold() {
    assertThat(state().isSynchronised()).isTrue();
    world.synchronised(false);
    assertThat(state().isSynchronised()).isFalse();
    world.kernelClocks(false);
    assertThat(world.seams().kernelClocks().read()).isEmpty();
  }
}
