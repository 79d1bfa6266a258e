package com.ibstream.clocksync.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedOscillatorTest {

  private static final long SECOND = 1_000_000_000L;
  private static final int SEEDS = 4_000;

  private long nowNanos;

  private SimulatedOscillator oscillator(long seed) {
    return new SimulatedOscillator(seed, () -> nowNanos);
  }

  @Test
  void shouldCountTrueTimeWhenNothingIsWrong() {
    nowNanos = 5;
    SimulatedOscillator oscillator = oscillator(1);

    nowNanos += 1_000 * SECOND;

    assertThat(oscillator.nanos()).isEqualTo(1_000 * SECOND);
    assertThat(oscillator.errorNanos()).isZero();
    assertThat(oscillator.frequencyPpm()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {12.3456789, -500, 0.001})
  void shouldNotLoseANanosecondWhenItIsReadForTenYears(double ppm) {
    SimulatedOscillator oscillator = oscillator(1).skewPpm(ppm);

    for (int i = 0; i < 1_000_000; i++) {
      nowNanos += 315_360_000_123L;
      oscillator.nanos();
    }

    long expected =
        BigDecimal.valueOf(ppm)
            .movePointLeft(6)
            .multiply(BigDecimal.valueOf(nowNanos))
            .setScale(0, RoundingMode.HALF_EVEN)
            .longValueExact();
    assertThat(oscillator.errorNanos()).isCloseTo(expected, within(1L));
  }

  /** After T: var(frequency) = q T, var(phase) = q T³ / 3, correlation √3 / 2, in any steps. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100})
  void shouldWanderAsARandomWalkOfTheFrequencyHoweverOftenItIsRead(int steps) {
    double perRootSecond = 1e-9;
    double seconds = 10_000;
    double sumFrequency = 0;
    double sumPhase = 0;
    double sumBoth = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      nowNanos = 0;
      SimulatedOscillator oscillator = oscillator(seed).wander(perRootSecond);
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = 1; i < steps; i++) {
        nowNanos += random.nextLong((long) (seconds * SECOND) / steps);
        oscillator.nanos();
      }
      nowNanos = (long) (seconds * SECOND);
      double phase = oscillator.exactErrorNanos() / SECOND;
      double frequency = oscillator.frequencyPpm() / 1e6;
      sumFrequency += frequency * frequency;
      sumPhase += phase * phase;
      sumBoth += frequency * phase;
    }

    double density = perRootSecond * perRootSecond;
    // A variance from 4,000 draws has a standard error of 2.2 %.
    Percentage tolerance = Percentage.withPercentage(9);
    assertThat(sumFrequency / SEEDS).isCloseTo(density * seconds, tolerance);
    assertThat(sumPhase / SEEDS).isCloseTo(density * Math.pow(seconds, 3) / 3, tolerance);
    assertThat(sumBoth / Math.sqrt(sumFrequency * sumPhase))
        .isCloseTo(Math.sqrt(3) / 2, within(0.02));
  }

  @Test
  void shouldChangeOnlyTheRateWhenTheFrequencySteps() {
    SimulatedOscillator oscillator = oscillator(1).skewPpm(10);
    nowNanos = 100 * SECOND;

    oscillator.stepPpm(-3);

    assertThat(oscillator.errorNanos()).isEqualTo(1_000_000);
    nowNanos += 100 * SECOND;
    assertThat(oscillator.errorNanos()).isEqualTo(1_700_000);
    assertThat(oscillator.frequencyPpm()).isCloseTo(7, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1_000})
  void shouldSwingWithTheTemperatureAndComeBack(int steps) {
    SimulatedOscillator oscillator = oscillator(1).swing(2, Duration.ofDays(1));
    long quarter = Duration.ofHours(6).toNanos();

    advance(oscillator, quarter, steps);
    assertThat(oscillator.frequencyPpm()).isCloseTo(2, within(1e-9));
    advance(oscillator, quarter, steps);
    assertThat(oscillator.frequencyPpm()).isCloseTo(0, within(1e-9));
    // 2 ppm * 86,400 s / π
    assertThat(oscillator.exactErrorNanos()).isCloseTo(2e-6 * 4 * quarter / Math.PI, within(0.01));
    advance(oscillator, 2 * quarter, steps);
    assertThat(oscillator.exactErrorNanos()).isCloseTo(0, within(0.01));
  }

  private void advance(SimulatedOscillator oscillator, long nanos, int steps) {
    long endNanos = nowNanos + nanos;
    for (int i = 1; i < steps; i++) {
      nowNanos += nanos / steps;
      oscillator.nanos();
    }
    nowNanos = endNanos;
  }

  @Test
  void shouldNeverRunBackwardsWhenItIsReadAllTheTime() {
    SimulatedOscillator oscillator = oscillator(1).skewPpm(-200_000).wander(1e-3);
    long last = oscillator.nanos();
    for (int i = 0; i < 100_000; i++) {
      nowNanos++;
      long next = oscillator.nanos();
      assertThat(next).isGreaterThanOrEqualTo(last);
      last = next;
    }
  }

  @Test
  void shouldWanderTheSameWayWhenTheSeedIsTheSame() {
    SimulatedOscillator one = oscillator(7).wander(1e-8);
    SimulatedOscillator same = oscillator(7).wander(1e-8);
    SimulatedOscillator other = oscillator(8).wander(1e-8);

    nowNanos += 86_400 * SECOND;

    assertThat(one.nanos()).isEqualTo(same.nanos()).isNotEqualTo(other.nanos());
  }

  @Test
  void shouldRefuseWhatIsNoClock() {
    SimulatedOscillator oscillator = oscillator(1);

    assertThatThrownBy(() -> oscillator.skewPpm(200_001)).hasMessageContaining("200001");
    assertThatThrownBy(() -> oscillator.skewPpm(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> oscillator.wander(-1e-9)).hasMessageContaining("-1.0E-9");
    assertThatThrownBy(() -> oscillator.swing(1, Duration.ZERO)).hasMessageContaining("PT0S");
  }
}
