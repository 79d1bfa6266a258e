package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.testing.SimulatedServer;
import com.ibstream.clocksync.testing.SimulatedWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The published line in the long run, beside what chrony 4.3 does in the same networks under its
 * own simulator. One set of parameters for all rows.
 */
class LongRunTest {

  private static final int SEEDS = Integer.getInteger("longrun.seeds", 5);
  private static final double WANDER = 1e-9;
  private static final List<String> TABLE = new ArrayList<>();

  /** The networks. */
  enum Row {
    LAN(64, 4.4, (server, i) -> server.path(100_000, 100_000, 10_000)),
    METRO(64, 22, (server, i) -> server.path(2_000_000, 2_000_000, 200_000)),
    WAN(64, 97, (server, i) -> wan(server)),
    WAN_SLOW_POLL(256, 209, (server, i) -> wan(server)),
    ONE_FALSETICKER(
        64,
        107,
        (server, i) -> {
          wan(server);
          server.error(i == 0 ? 50 * Scene.MILLI : 0);
        }),
    LOSS_AND_HEAVY_TAIL(
        64,
        164,
        (server, i) -> {
          wan(server);
          server.path().loss(0.05, 0.05).heavyTail(0.1, 5e6, 1.5, 500e6);
        }),
    FIVE_MS_ONE_WAY_ON_TWO(
        64,
        Double.POSITIVE_INFINITY,
        (server, i) -> server.path(20 * Scene.MILLI, (i < 2 ? 25 : 20) * Scene.MILLI, 2e6));

    final long pollSeconds;
    final double goalMicros;

    @SuppressWarnings("ImmutableEnumChecker") // a stateless lambda
    final BiConsumer<SimulatedServer, Integer> path;

    Row(long pollSeconds, double goalMicros, BiConsumer<SimulatedServer, Integer> path) {
      this.pollSeconds = pollSeconds;
      this.goalMicros = goalMicros;
      this.path = path;
    }

    private static void wan(SimulatedServer server) {
      server.path(20 * Scene.MILLI, 20 * Scene.MILLI, 2e6);
    }
  }

  @AfterAll
  static void printTable() {
    TABLE.add(
        0, String.format("%n%-26s %-24s %10s %10s", "network", "quartz", "RMS us", "bound us"));
    TABLE.forEach(System.out::println);
  }

  private static LongRun.Result run(
      Row row, String quartz, double wander, BiConsumer<SimulatedWorld, SplittableRandom> machine) {
    double squares = 0;
    double bound = 0;
    int misses = 0;
    int reads = 0;
    int untrusted = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      LongRun.Result result = LongRun.run(seed, row.pollSeconds, wander, row.path, machine);
      squares += result.rmsMicros() * result.rmsMicros() / SEEDS;
      bound += result.medianBoundMicros() / SEEDS;
      misses += result.missCount();
      reads += result.readCount();
      untrusted += result.untrustedCount();
    }
    LongRun.Result all = new LongRun.Result(Math.sqrt(squares), bound, reads, misses, untrusted);
    TABLE.add(
        String.format(
            Locale.ROOT,
            "%-26s %-24s %10.1f %10.1f   %d reads, %d outside, %d untrusted",
            row,
            quartz,
            all.rmsMicros(),
            all.medianBoundMicros(),
            reads,
            misses,
            untrusted));
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void shouldBeNoWorseThanChronyAndHoldTheTruth(Row row) {
    LongRun.Result result = run(row, "1e-9 / sqrt(s)", WANDER, (world, random) -> {});

    assertThat(result.missCount()).as("reads outside their interval").isZero();
    assertThat(result.rmsMicros()).as("RMS error, us").isLessThanOrEqualTo(row.goalMicros);
  }

  @ParameterizedTest
  @EnumSource(names = {"LAN", "METRO", "WAN"})
  void shouldHoldTheTruthWhenTheWanderIsNotWhatIsAssumed(Row row) {
    LongRun.Result calm = run(row, "1e-10 / sqrt(s)", WANDER / 10, (world, random) -> {});
    LongRun.Result wild = run(row, "1e-8 / sqrt(s)", WANDER * 10, (world, random) -> {});

    assertThat(calm.missCount() + wild.missCount()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"LAN", "METRO", "WAN"})
  void shouldHoldTheTruthWhenTheTemperatureSteps(Row row) {
    LongRun.Result result = run(row, "steps of 0.5 ppm", WANDER, LongRunTest::temperatureSteps);

    assertThat(result.missCount()).isZero();
  }

  /** Warm and cool by turns, each for half an hour to an hour and a half. */
  private static void temperatureSteps(SimulatedWorld world, SplittableRandom random) {
    boolean isWarm = false;
    for (long at = 1_800; at < 40_000; at += random.nextLong(1_800, 5_400)) {
      isWarm = !isWarm;
      double ppm = isWarm ? 0.5 : -0.5;
      world.after(Duration.ofSeconds(at), () -> world.oscillator().stepPpm(ppm));
    }
  }

  @Test
  void shouldPublishATightBoundOnALan() {
    LongRun.Result result = run(Row.LAN, "1e-9, bound", WANDER, (world, random) -> {});

    assertThat(result.medianBoundMicros()).as("median bound, us").isLessThanOrEqualTo(200);
    assertThat(result.untrustedCount()).isZero();
  }
}
