package com.ibstream.clocksync.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.ibstream.clocksync.estimate.LineFit.Line;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LineFitTest {

  @Test
  void shouldTakeTheOffsetOfASinglePointAndNoRate() {
    Line line = LineFit.fit(new Points(1).add(0, 123_456, 1_000), 15);

    assertThat(line.offsetNanos()).isEqualTo(123_456);
    assertThat(line.ratePpm()).isZero();
  }

  @Test
  void shouldFindOffsetAndRateWhenTheyAreKnown() {
    SplittableRandom random = new SplittableRandom(9);
    Points points = new Points(60);
    for (int i = 59; i >= 0; i--) {
      double age = i * 16;
      points.add(age, 5_000_000 - age * 12_000 + random.nextGaussian() * 20_000, 20_000);
    }

    Line line = LineFit.fit(points, 50);

    assertThat(line.offsetNanos())
        .isCloseTo(5_000_000, within(30_000.0)); // 3 sigma of what 60 points leave
    assertThat(line.ratePpm()).isCloseTo(12, within(0.2));
  }

  @Test
  void shouldListenToExactPointsMoreThanToVagueOnes() {
    Line line = LineFit.fit(new Points(2).add(1, 0, 1_000).add(1, 1_000_000, 1_000_000), 15);

    assertThat(line.offsetNanos()).isLessThan(10);
  }

  @Test
  void shouldForgetOldPointsAsTheRateWanders() {
    Line line = LineFit.fit(new Points(2).add(100_000, 50_000_000, 5_000).add(0, 0, 5_000), 15);

    assertThat(line.offsetNanos()).isCloseTo(0, within(100.0));
  }

  @Test
  void shouldRejectNoPoints() {
    assertThatThrownBy(() -> LineFit.fit(new Points(0), 15))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
