package com.ibstream.clocksync.market;

import static com.ibstream.clocksync.market.FeedScene.MILLI;
import static com.ibstream.clocksync.market.FeedScene.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.time.Ruler;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the trading code's side takes and refuses, near every overflow and from many threads. */
class FeedCheckTest {

  private static final FeedSettings SETTINGS =
      FeedSettings.of("x").withAllowance(Duration.ofMillis(20));

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE - 5_000_000_000L, Long.MAX_VALUE})
  void shouldProveTheSameWhereverTheRulerBegins(long startMonoNanos) {
    FeedScene scene = new FeedScene(startMonoNanos, SETTINGS);
    scene.wall.step(-37 * SECOND);

    scene.ticks(Duration.ofMinutes(1), Duration.ofMillis(100), 5 * MILLI);

    assertThat(scene.systemSlowNanos()).isBetween(36_974 * MILLI, 36_975 * MILLI);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, true",
    "0, false",
    "1, false",
    "3999999999, false",
    "4000000000, false",
    "4000000001, true",
    "9223372036854775807, true",
    "-9223372036854775808, true"
  })
  void shouldRefuseAReadingFromTheFutureOrTooLongAgo(long agoNanos, boolean isRefused) {
    FeedScene scene = new FeedScene(SETTINGS);
    scene.run(10 * SECOND);

    scene.check.observe(scene.utcEpochNanos, scene.ruler.monoNanos() - agoNanos);
    scene.look();

    assertThat(scene.facts.refusedCount()).isEqualTo(isRefused ? 1 : 0);
    assertThat(scene.facts.observedCount()).isEqualTo(isRefused ? 0 : 1);
  }

  @Test
  void shouldRefuseAReadingFromBeforeTheCheckWasMade() {
    FeedScene scene = new FeedScene(SETTINGS); // two seconds ago

    scene.check.observe(scene.utcEpochNanos, scene.ruler.monoNanos() - 2 * SECOND - 1);
    scene.check.observe(scene.utcEpochNanos, scene.ruler.monoNanos() - 2 * SECOND);

    assertThat(scene.look().refusedCount()).isEqualTo(1);
    assertThat(scene.facts.observedCount()).isEqualTo(1);
  }

  @Test
  void shouldNotCountTheTimeBetweenSocketAndCallWhenItIsTold() {
    FeedScene scene = new FeedScene(SETTINGS);
    scene.wall.step(-37 * SECOND);

    for (int i = 0; i < 60; i++) {
      long stamp = scene.utcEpochNanos;
      long socketMonoNanos = scene.ruler.monoNanos();
      scene.run(3_900 * MILLI); // a pause of the JVM, in each second with a tick
      scene.check.observe(stamp, socketMonoNanos);
    }

    assertThat(scene.systemSlowNanos()).isBetween(36_978 * MILLI, 36_980 * MILLI);
  }

  @Test
  void shouldReadTheRulerOncePerTick() {
    int[] reads = {0};
    Ruler counting = () -> reads[0]++;
    FeedCheck check = new FeedCheck(counting, SETTINGS);

    check.observe(FeedScene.START_EPOCH_NANOS);
    assertThat(reads[0]).isEqualTo(2); // the first when it was made
    check.observe(FeedScene.START_EPOCH_NANOS, 1);
    assertThat(reads[0]).isEqualTo(3);
  }

  @Test
  void shouldCountEveryTickAndLoseNoMaximumWhenManyThreadsObserveDuringLooks()
      throws InterruptedException, ExecutionException {
    FeedScene scene = new FeedScene(SETTINGS);
    scene.wall.step(-37 * SECOND);
    int threads = 4;
    int ticks = 20_000;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (int second = 0; second < 16; second++) { // the ruler stands while the threads run
        int seed = second;
        List<Future<?>> running =
            IntStream.range(0, threads)
                .<Future<?>>mapToObj(i -> pool.submit(() -> observe(scene, 100 * seed + i, ticks)))
                .toList();
        for (Future<?> thread : running) {
          while (!thread.isDone()) {
            scene.look();
          }
          thread.get();
        }
        scene.run(SECOND);
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(scene.look().observedCount()).isEqualTo(16L * threads * ticks);
    // One tick of each second was not delayed: if a maximum were lost, 100 ms would be missing.
    assertThat(scene.systemSlowNanos()).isBetween(36_979 * MILLI, 36_980 * MILLI);
  }

  private static void observe(FeedScene scene, int seed, int ticks) {
    SplittableRandom random = new SplittableRandom(seed);
    int fastest = random.nextInt(ticks);
    for (int i = 0; i < ticks; i++) {
      scene.tick(i == fastest ? 0 : random.nextLong(100 * MILLI, 200 * MILLI));
    }
  }
}
