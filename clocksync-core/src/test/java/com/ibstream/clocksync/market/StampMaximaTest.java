package com.ibstream.clocksync.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No maximum is lost, none is told of another time, and nothing is rounded up. */
class StampMaximaTest {

  private static final long BUCKET_NANOS = 1L << StampMaxima.BUCKET_SHIFT;
  private static final long VALUE = 1_795_426_200_000_000_000L;

  private static final int THREADS = 2;
  private static final int ROUNDS = 20_000;
  private static final int STEPS = 20;
  private static final int LAST_STEP = STEPS * THREADS - 1;

  private final StampMaxima maxima = new StampMaxima();
  private int lostCount;

  private static long nanosOf(long bucket) {
    return bucket * BUCKET_NANOS + 5;
  }

  private long maximumOf(long bucket) {
    long found = StampMaxima.EMPTY;
    for (int slot = 0; slot < StampMaxima.SLOTS; slot++) {
      long content = maxima.at(slot);
      if (content != StampMaxima.EMPTY
          && StampMaxima.bucketOf(slot, content, bucket + 2) == bucket) {
        found = StampMaxima.valueOf(content);
      }
    }
    return found;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 7, 8, 1023, 1024, 8191, 8192, 8193, 1L << 33, -1, -9})
  void shouldKnowTheBucketOfEachMaximum(long bucket) {
    maxima.offer(nanosOf(bucket), VALUE);

    assertThat(maximumOf(bucket)).isEqualTo(VALUE & ~1023);
    assertThat(maximumOf(bucket - 1)).isEqualTo(StampMaxima.EMPTY);
    assertThat(maximumOf(bucket + 1)).isEqualTo(StampMaxima.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(longs = {VALUE, VALUE + 1, VALUE + 1023, 0, 1, -1, -1024, -1025, -VALUE})
  void shouldRoundDownByLessThanTwoMicroseconds(long value) {
    maxima.offer(nanosOf(3), value);

    assertThat(maximumOf(3)).isBetween(value - 1023, value);
  }

  @Test
  void shouldKeepTheGreatestOfABucket() {
    maxima.offer(nanosOf(3), VALUE);
    maxima.offer(nanosOf(3), VALUE + 5000);
    maxima.offer(nanosOf(3), VALUE - 5000);

    assertThat(maximumOf(3)).isEqualTo((VALUE + 5000) & ~1023);
  }

  @Test
  void shouldGiveAPlaceToTheLaterBucketAndNotBack() {
    maxima.offer(nanosOf(3), VALUE + 9000);
    maxima.offer(nanosOf(11), VALUE);
    maxima.offer(nanosOf(3), VALUE + 9000); // a thread that slept

    assertThat(maximumOf(11)).isEqualTo(VALUE & ~1023);
    assertThat(maximumOf(3)).isEqualTo(StampMaxima.EMPTY);
  }

  @Test
  void shouldClearOnlyWhatHasNotChanged() {
    maxima.offer(nanosOf(3), VALUE);
    long content = maxima.at(3);
    maxima.offer(nanosOf(3), VALUE + 5000);

    maxima.clear(3, content);
    assertThat(maximumOf(3)).isEqualTo((VALUE + 5000) & ~1023);
    maxima.clear(3, maxima.at(3));
    assertThat(maxima.at(3)).isEqualTo(StampMaxima.EMPTY);
  }

  /** Lets the threads begin each round at the same nanosecond, as nearly as can be. */
  private static void meet(AtomicInteger arrived, int wanted) {
    arrived.incrementAndGet();
    for (int spins = 0; arrived.get() < wanted; spins++) {
      if (spins > 1_000) {
        LockSupport.parkNanos(1_000); // fewer processors than threads
      }
      Thread.onSpinWait();
    }
  }

  /** Raises the maximum of a bucket step by step, each thread with values of its own. */
  private void race(int thread, AtomicInteger arrived) {
    for (int round = 0; round < ROUNDS; round++) {
      meet(arrived, THREADS * (2 * round + 1));
      for (int step = 0; step < STEPS; step++) {
        maxima.offer(nanosOf(round), VALUE + (step * THREADS + thread) * 1024L);
      }
      meet(arrived, THREADS * (2 * round + 2));
      if (thread == 0 && maximumOf(round) != ((VALUE + LAST_STEP * 1024L) & ~1023)) {
        lostCount++;
      }
    }
  }

  @Test
  void shouldLoseNoMaximumWhenManyThreadsOffer() throws InterruptedException, ExecutionException {
    AtomicInteger arrived = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> running =
          IntStream.range(0, THREADS)
              .<Future<?>>mapToObj(thread -> pool.submit(() -> race(thread, arrived)))
              .toList();
      for (Future<?> thread : running) {
        thread.get();
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(lostCount).isZero();
  }
}
