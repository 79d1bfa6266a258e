package com.ibstream.clocksync.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.math.Quantiles;
import com.google.common.math.Stats;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DriftStatisticsTest {

  @Test
  void shouldSayNothingOfNoValues() {
    assertThat(DriftStatistics.of()).isEqualTo(DriftStatistics.EMPTY);
    assertThat(DriftStatistics.EMPTY.rangeNanos()).isNaN();
  }

  @Test
  void shouldHaveNoSpreadForOneValue() {
    assertThat(DriftStatistics.of(-5)).isEqualTo(new DriftStatistics(1, -5, -5, 0, -5, -5, 5, 5));
  }

  @Test
  void shouldDescribeSeveralValues() {
    DriftStatistics statistics = DriftStatistics.of(4, -10, 2, 8);

    assertThat(statistics.meanNanos()).isCloseTo(1, within(1e-9));
    assertThat(statistics.medianNanos()).isEqualTo(3);
    assertThat(statistics.stdevNanos()).isCloseTo(7.745966692, within(1e-9));
    assertThat(statistics.rangeNanos()).isEqualTo(18);
    assertThat(statistics.p95AbsNanos()).isCloseTo(9.7, within(1e-9));
    assertThat(statistics.p99AbsNanos()).isCloseTo(9.94, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 20, 21, 100, 1_000})
  void shouldAgreeWithGuavasStatistics(int count) {
    double[] offsets = new Random(count).doubles(count, -1e9, 1.1e9).toArray();
    double[] sizes = Arrays.stream(offsets).map(Math::abs).toArray();
    DriftStatistics statistics = DriftStatistics.of(offsets);

    assertThat(statistics.medianNanos())
        .isCloseTo(Quantiles.median().compute(offsets), within(1e-3));
    assertThat(statistics.p95AbsNanos())
        .isCloseTo(Quantiles.percentiles().index(95).compute(sizes), within(1e-3));
    assertThat(statistics.p99AbsNanos())
        .isCloseTo(Quantiles.percentiles().index(99).compute(sizes), within(1e-3));
    assertThat(statistics.meanNanos()).isCloseTo(Stats.meanOf(offsets), within(1e-3));
    assertThat(statistics.stdevNanos())
        .isCloseTo(count == 1 ? 0 : Stats.of(offsets).sampleStandardDeviation(), within(1e-3));
  }

  @ParameterizedTest
  @CsvSource({
    "0,EXCELLENT",
    "999999,EXCELLENT",
    "1000000,GOOD",
    "-999999,EXCELLENT",
    "-1000000,GOOD",
    "4999999,GOOD",
    "5000000,ACCEPTABLE",
    "-49999999,ACCEPTABLE",
    "50000000,POOR",
    "499999999,POOR",
    "-500000000,CRITICAL",
    "500000000,CRITICAL",
    "9223372036854775807,CRITICAL",
    "-9223372036854775808,CRITICAL"
  })
  void shouldClassifyBySizeWithLimitsInTheWorseClass(long nanos, DriftClass expected) {
    assertThat(DriftClass.of(nanos)).isEqualTo(expected);
  }
}
