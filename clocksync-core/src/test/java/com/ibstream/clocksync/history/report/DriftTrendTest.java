package com.ibstream.clocksync.history.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DriftTrendTest {

  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

  private static List<DriftTrend.Day> days(int count, double start, double slope, double noise) {
    Random random = new Random(11);
    List<DriftTrend.Day> days = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      days.add(
          new DriftTrend.Day(FIRST.plusDays(i), start + slope * i + noise * random.nextGaussian()));
    }
    return days;
  }

  @Test
  void shouldTellWhenAGrowingErrorReachesTheLimit() {
    DriftTrend trend = DriftTrend.of(days(30, 5e6, 0.5e6, 0.3e6)).orElseThrow();

    assertThat(trend.isGrowing()).isTrue();
    assertThat(trend.nanosPerDay()).isCloseTo(0.5e6, within(0.05e6));
    assertThat(trend.leastNanosPerDay()).isLessThanOrEqualTo(0.5e6);
    assertThat(trend.mostNanosPerDay()).isGreaterThanOrEqualTo(0.5e6);
    assertThat(trend.reached().orElseThrow())
        .isBetween(FIRST.plusDays(84), FIRST.plusDays(98)); // 90 by the truth
  }

  @Test
  void shouldSayNothingOfNoiseOfAFallingErrorAndOfLessThanAWeek() {
    assertThat(DriftTrend.of(days(60, 5e6, 0, 1e6)).orElseThrow().isGrowing()).isFalse();
    DriftTrend falling = DriftTrend.of(days(60, 30e6, -0.2e6, 0.1e6)).orElseThrow();
    assertThat(falling.isSignificant()).isTrue();
    assertThat(falling.isGrowing()).isFalse();
    assertThat(falling.reached()).isEmpty();
    assertThat(DriftTrend.of(days(6, 5e6, 1e6, 0))).isEmpty();
  }
}
