package com.ibstream.clocksync.history.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.history.report.PeriodDetails.DriftPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartDataTest {

  private static DriftPoint at(long seconds) {
    return new DriftPoint(seconds * 1_000_000_000L, 2e6, 1_000_000, 3_000_000);
  }

  @Test
  void shouldDrawNoLineAcrossATimeInWhichNobodyLooked() {
    assertThat(ChartData.of(List.of(at(0), at(900), at(3_000))))
        .isEqualTo(
            "[[0.000,900.000,1950.000,3000.000],"
                + "[-1.000000,-1.000000,null,-1.000000],"
                + "[-2.000000,-2.000000,null,-2.000000],"
                + "[-3.000000,-3.000000,null,-3.000000]]");
    assertThat(ChartData.of(List.of(at(0), at(80_000), at(240_000)))).doesNotContain("null");
    assertThat(ChartData.of(List.of())).isEqualTo("[[],[],[],[]]");
  }
}
