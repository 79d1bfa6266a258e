package com.ibstream.clocksync.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class SimulatedPathTest {

  private static final int PACKETS = 200_000;

  private final SplittableRandom random = new SplittableRandom(1);
  private final SimulatedPath path = new SimulatedPath();

  private double mean(ToLongFunction<SplittableRandom> draw) {
    double sum = 0;
    for (int i = 0; i < PACKETS; i++) {
      sum += draw.applyAsLong(random);
    }
    return sum / PACKETS;
  }

  @Test
  void shouldTakeTheLeastDelayWhenQuiet() {
    path.delay(3_000, 4_000);

    assertThat(path.thereNanos(random)).isEqualTo(3_000);
    assertThat(path.backNanos(random)).isEqualTo(4_000);
    assertThat(path.requestCount(random)).isEqualTo(1);
    assertThat(path.answerCount(random)).isEqualTo(1);
  }

  @Test
  void shouldAddExponentialJitterEachWay() {
    path.delay(1_000_000, 2_000_000).jitter(300_000, 100_000);
    // The mean of 200,000 draws has a standard error of 0.22 %.
    Percentage tolerance = Percentage.withPercentage(1);

    assertThat(mean(path::thereNanos) - 1_000_000).isCloseTo(300_000, tolerance);
    assertThat(mean(path::backNanos) - 2_000_000).isCloseTo(100_000, tolerance);
    double beyondTwoMeans = mean(r -> path.thereNanos(r) > 1_600_000 ? 1 : 0);
    assertThat(beyondTwoMeans).isCloseTo(Math.exp(-2), within(0.004));
  }

  @Test
  void shouldAddAParetoTailWithTheGivenChance() {
    path.delay(0, 0).heavyTail(0.1, 5e6, 1.5, 500e6);

    assertThat(mean(r -> path.thereNanos(r) > 0 ? 1 : 0)).isCloseTo(0.1, within(0.004));
    assertThat(mean(r -> path.thereNanos(r) >= 5_000_000 ? 1 : 0)).isCloseTo(0.1, within(0.004));
    // P(X > 20 ms) = (20 / 5)^-1.5 = 1/8
    assertThat(mean(r -> path.backNanos(r) > 20_000_000 ? 1 : 0)).isCloseTo(0.0125, within(0.001));
    // E[min(X, cap)] = scale * (3 - 2 * (cap / scale)^-0.5) = 5 ms * 2.8
    assertThat(mean(path::backNanos)).isCloseTo(0.1 * 14e6, Percentage.withPercentage(7));
    for (int i = 0; i < PACKETS; i++) {
      assertThat(path.thereNanos(random)).isLessThanOrEqualTo(500_000_000);
    }
  }

  @Test
  void shouldLoseAndDoublePacketsWithTheGivenChance() {
    path.loss(0.2, 0.05).duplication(0.1);

    assertThat(mean(r -> path.requestCount(r) == 0 ? 1 : 0)).isCloseTo(0.2, within(0.004));
    assertThat(mean(r -> path.answerCount(r) == 0 ? 1 : 0)).isCloseTo(0.05, within(0.002));
    assertThat(mean(r -> path.answerCount(r) == 2 ? 1 : 0)).isCloseTo(0.095, within(0.003));
  }

  @Test
  void shouldLetNothingThroughWhenSilent() {
    path.duplication(1).silent(true);

    assertThat(path.requestCount(random)).isZero();
    assertThat(path.answerCount(random)).isZero();

    path.silent(false);

    assertThat(path.answerCount(random)).isEqualTo(2);
  }

  @Test
  void shouldRefuseWhatCannotBe() {
    assertThatThrownBy(() -> path.delay(-1, 0)).hasMessageContaining("-1");
    assertThatThrownBy(() -> path.jitter(0, Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> path.loss(0, 1.1)).hasMessageContaining("1.1");
    assertThatThrownBy(() -> path.heavyTail(0.1, 1, 0, 1)).hasMessageContaining("shape");
  }
}
