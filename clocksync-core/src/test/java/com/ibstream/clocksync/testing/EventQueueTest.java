package com.ibstream.clocksync.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EventQueueTest {

  private final EventQueue queue = new EventQueue();
  private final List<Integer> done = new ArrayList<>();

  private void runAll() {
    while (!queue.isEmpty()) {
      queue.remove().run();
    }
  }

  @Test
  void shouldKeepTheOrderOfPlanningWhenInstantsAreEqual() {
    SplittableRandom random = new SplittableRandom(1);
    List<long[]> expected = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      int number = i;
      long atNanos = random.nextLong(50);
      expected.add(new long[] {atNanos, i});
      queue.add(atNanos, () -> done.add(number));
    }
    expected.sort(Comparator.comparingLong(e -> e[0])); // stable

    runAll();

    assertThat(done).containsExactlyElementsOf(expected.stream().map(e -> (int) e[1]).toList());
  }

  @Test
  void shouldKeepTheOrderWhenTheRulerOverflows() {
    queue.add(Long.MIN_VALUE + 1, () -> done.add(3));
    queue.add(Long.MAX_VALUE - 1, () -> done.add(1));
    queue.add(Long.MIN_VALUE, () -> done.add(2));

    assertThat(queue.headNanos()).isEqualTo(Long.MAX_VALUE - 1);
    runAll();

    assertThat(done).containsExactly(1, 2, 3);
  }

  @Test
  void shouldKeepTheOrderWhenEventsComeAndGo() {
    SplittableRandom random = new SplittableRandom(2);
    long nowNanos = 0;
    for (int i = 0; i < 10_000; i++) {
      queue.add(nowNanos + random.nextLong(1_000), () -> {});
      if (random.nextInt(3) > 0) {
        assertThat(queue.headNanos()).isGreaterThanOrEqualTo(nowNanos);
        nowNanos = queue.headNanos();
        queue.remove();
      }
    }

    assertThat(nowNanos).isPositive();
  }
}
