package com.ibstream.clocksync.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.examples.report.DriftReport;
import com.ibstream.clocksync.examples.report.Statuses;
import org.junit.jupiter.api.Test;

class StatusLineTest {

  @Test
  void shouldSayALiarsErrorWithTheSumOfBothBoundsWhenItIsKnown() {
    // system clock ahead of UTC by 3 ms, give or take 2; behind the liar by 247 ms, give or take 1
    assertThat(StatusLine.liars(DriftReport.of(Statuses.ahead())))
        .containsExactly("liar.example (ahead by 250.000 ms to within 3.000 ms)");
  }

  @Test
  void shouldNameALiarWithoutItsErrorWhenUtcIsNotKnown() {
    assertThat(StatusLine.liars(DriftReport.of(Statuses.untrusted())))
        .containsExactly("liar.example");
  }
}
