package com.ibstream.clocksync.health.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.NtpRejection;
import com.ibstream.clocksync.health.ClockHealthContributor;
import com.ibstream.clocksync.health.Statuses;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Counts that must not fall. Of the statuses one has a silent server, the other two. */
class RejectionTotalsTest {

  private Supplier<ClockStatus> now = Statuses.neverProved()::build;
  private final RejectionTotals totals =
      new RejectionTotals(new ClockHealthContributor(() -> now.get()));

  @Test
  void shouldAddUpByReasonAndByServer() {
    assertThat(totals.of(NtpRejection.TIMEOUT)).isEqualTo(6);
    assertThat(totals.of(NtpRejection.KISS_RATE)).isEqualTo(2);
    assertThat(totals.of(NtpRejection.LOOP)).isZero();
    assertThat(totals.of("a.test")).isEqualTo(4);
    assertThat(totals.of("b.test")).isEqualTo(4);
    assertThat(totals.of(NtpRejection.TIMEOUT)).isEqualTo(6); // asked again: nothing is new
  }

  @Test
  void shouldKeepWhatAReplacedSourceCounted() {
    assertThat(totals.of(NtpRejection.TIMEOUT)).isEqualTo(6);
    now = Statuses.healthy()::build; // a.test and b.test answer, gone.test is new

    assertThat(totals.of(NtpRejection.TIMEOUT)).isEqualTo(9);
    assertThat(totals.of("a.test")).isEqualTo(4);
    assertThat(totals.of("gone.test")).isEqualTo(4);
  }

  @Test
  void shouldKeepItsCountsWhereTheStatusCannotBeRead() {
    assertThat(totals.of(NtpRejection.TIMEOUT)).isEqualTo(6);
    now =
        () -> {
          throw new IllegalStateException("closed");
        };

    assertThat(totals.of(NtpRejection.TIMEOUT)).isEqualTo(6);
  }
}
