package com.ibstream.clocksync.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlidingWindowTest {

  @Test
  void shouldDropWhatIsTooOldAlsoWhenTheRulerOverflows() {
    SlidingWindow window = new SlidingWindow(10, 100);
    window.add(Long.MAX_VALUE - 5, 1);
    window.add(Long.MAX_VALUE, 2);
    window.add(Long.MIN_VALUE + 4, 3); // 5 after the overflow: 10 after the first value
    double[] atLimit = window.ascending();
    window.add(Long.MIN_VALUE + 5, 4);

    assertThat(atLimit).containsExactly(1, 2, 3);
    assertThat(window.ascending()).containsExactly(2, 3, 4);
  }

  @Test
  void shouldKeepNoMoreThanItsCapacity() {
    SlidingWindow window = new SlidingWindow(1_000, 2);
    window.add(1, 1);
    window.add(2, 2);
    window.add(3, 3);

    assertThat(window.ascending()).containsExactly(2, 3);
  }

  @Test
  void shouldGiveItsValuesInOrderOfSizeWhateverCameAndWent() {
    Random random = new Random(1);
    SlidingWindow window = new SlidingWindow(1_000, 50);
    List<Double> expected = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      double value = random.nextInt(20) - 10; // many values more than once
      window.add(i, value);
      expected.add(value);
      double[] last = expected.stream().skip(Math.max(0, i - 49)).mapToDouble(v -> v).toArray();
      Arrays.sort(last);

      assertThat(window.ascending()).containsExactly(last);
      assertThat(window.size()).isEqualTo(last.length);
    }
  }

  @Test
  void shouldRejectAWindowThatKeepsNothing() {
    assertThatThrownBy(() -> new SlidingWindow(0, 1)).hasMessageContaining("0");
    assertThatThrownBy(() -> new SlidingWindow(1, -1)).hasMessageContaining("-1");
  }
}
