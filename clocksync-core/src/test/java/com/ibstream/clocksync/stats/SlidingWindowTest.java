package com.ibstream.clocksync.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SlidingWindowTest {

  @Test
  void shouldDropWhatIsTooOldAlsoWhenTheRulerOverflows() {
    SlidingWindow window = new SlidingWindow(10, 100);
    window.add(Long.MAX_VALUE - 5, 1);
    window.add(Long.MAX_VALUE, 2);
    window.add(Long.MIN_VALUE + 4, 3); // 5 after the overflow: 10 after the first value
    double[] atLimit = window.values();
    window.add(Long.MIN_VALUE + 5, 4);

    assertThat(atLimit).containsExactly(1, 2, 3);
    assertThat(window.values()).containsExactly(2, 3, 4);
  }

  @Test
  void shouldKeepNoMoreThanItsCapacity() {
    SlidingWindow window = new SlidingWindow(1_000, 2);
    window.add(1, 1);
    window.add(2, 2);
    window.add(3, 3);

    assertThat(window.values()).containsExactly(2, 3);
  }

  @Test
  void shouldRejectAWindowThatKeepsNothing() {
    assertThatThrownBy(() -> new SlidingWindow(0, 1)).hasMessageContaining("0");
    assertThatThrownBy(() -> new SlidingWindow(1, -1)).hasMessageContaining("-1");
  }
}
