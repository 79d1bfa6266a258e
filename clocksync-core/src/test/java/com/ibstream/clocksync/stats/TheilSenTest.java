package com.ibstream.clocksync.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The robust line against worked cases and against chance. */
class TheilSenTest {

  private static double[] count(int n) {
    double[] x = new double[n];
    Arrays.setAll(x, i -> i);
    return x;
  }

  @Test
  void shouldFindALineExactly() {
    double[] x = {0, 1, 3, 4, 9};
    double[] y = {2, 5, 11, 14, 29};

    TheilSen line = TheilSen.fit(x, y).orElseThrow();

    assertThat(line.slope()).isEqualTo(3);
    assertThat(line.intercept()).isEqualTo(2);
    assertThat(line.count()).isEqualTo(5);
  }

  @Test
  void shouldReproduceSensWorkedExample() {
    // Sen 1968, the data of Graybill: slope 4, interval 3.71 to 4.18 at 93 %, so a little wider
    // here
    double[] x = {1, 2, 3, 4, 10, 12, 18};
    double[] y = {9, 15, 19, 20, 45, 55, 78};

    TheilSen line = TheilSen.fit(x, y).orElseThrow();

    assertThat(line.slope()).isEqualTo(4);
    assertThat(line.lowSlope()).isBetween(3.0, 3.72);
    assertThat(line.highSlope()).isBetween(4.17, 5.0);
    assertThat(line.isSignificant()).isTrue();
  }

  @Test
  void shouldBearThatAQuarterOfThePointsIsAnything() {
    double[] x = count(40);
    double[] y = new double[40];
    Arrays.setAll(y, i -> i % 4 == 0 ? 1e9 * (i % 8 - 3) : 2 * i);

    assertThat(TheilSen.fit(x, y).orElseThrow().slope()).isCloseTo(2, offset(0.5));
  }

  @Test
  void shouldSeeNoTrendInEqualValuesAndNoLineInEqualTimes() {
    TheilSen flat = TheilSen.fit(count(10), new double[10]).orElseThrow();

    assertThat(flat.slope()).isZero();
    assertThat(flat.isSignificant()).isFalse();
    assertThat(TheilSen.fit(new double[10], count(10))).isEmpty();
    assertThat(TheilSen.fit(count(3), count(3))).isEmpty();
    assertThat(TheilSen.fit(new double[0], new double[0])).isEmpty();
  }

  @Test
  void shouldRefuseWhatIsNoData() {
    assertThatThrownBy(() -> TheilSen.fit(count(4), count(5))).hasMessage("4 x, but 5 y");
    assertThatThrownBy(() -> TheilSen.fit(count(4), new double[] {0, 1, Double.NaN, 3}))
        .hasMessageContaining("point 2 is not finite");
    assertThatThrownBy(() -> TheilSen.fit(count(4_001), count(4_001)))
        .hasMessageContaining("4001 points are more than 4000");
  }

  @Test
  void shouldHoldTheTrueSlopeAsOftenAsItSaysAndAlarmAsSeldom() {
    int covered = 0;
    int alarms = 0;
    int runs = 1_000;
    for (int seed = 0; seed < runs; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double[] x = new double[30];
      double[] rising = new double[30];
      double[] level = new double[30];
      for (int i = 0; i < 30; i++) {
        x[i] = random.nextDouble(100);
        rising[i] = 0.5 * x[i] + random.nextGaussian() * 10;
        level[i] = random.nextGaussian();
      }
      TheilSen line = TheilSen.fit(x, rising).orElseThrow();
      covered += line.lowSlope() <= 0.5 && 0.5 <= line.highSlope() ? 1 : 0;
      alarms += TheilSen.fit(x, level).orElseThrow().isSignificant() ? 1 : 0;
    }
    assertThat(covered).isBetween(930, 970);
    assertThat(alarms).isBetween(30, 70);
  }
}
