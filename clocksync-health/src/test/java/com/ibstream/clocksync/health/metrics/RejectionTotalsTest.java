package com.ibstream.clocksync.health.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.ClockMonitor;
import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.facts.NtpRejection;
import com.ibstream.clocksync.health.ClockHealthContributor;
import com.ibstream.clocksync.health.Statuses;
import com.ibstream.clocksync.testing.SimulatedWorld;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.time.Duration;
import java.time.Instant;
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

  @Test
  void shouldCountEachFailedLookupOnceWhenANameIsFoundAndLostAgain() {
    SimulatedWorld world = new SimulatedWorld(7, Instant.parse("2026-11-23T09:30:00Z"));
    world.names().failure("a.test", "SERVFAIL");
    world.server("192.0.2.2");
    world.server("192.0.2.3");
    ClockMonitor monitor =
        ClockMonitor.start(
            ClockMonitorConfig.builder().servers("a.test", "192.0.2.2", "192.0.2.3").build(),
            world.seams());
    now = monitor::status;
    world.runFor(Duration.ofSeconds(5)); // fails at once, at the first answer, and 2 s later
    assertThat(totals.of(NtpRejection.UNKNOWN_HOST)).isEqualTo(3);

    world.names().name("a.test", "192.0.2.1"); // nobody is there
    world.runFor(Duration.ofSeconds(5));
    assertThat(totals.of(NtpRejection.UNKNOWN_HOST)).isEqualTo(3);
    assertThat(monitor.status().sources()).hasSize(3);

    world.names().failure("a.test", "SERVFAIL");
    for (int i = 0; i < 3_600 && monitor.status().sources().size() == 3; i++) {
      world.runFor(Duration.ofSeconds(1));
    }
    assertThat(totals.of(NtpRejection.UNKNOWN_HOST)).isEqualTo(4);
    assertThat(totals.of("a.test") - totals.of(NtpRejection.TIMEOUT)).isEqualTo(4);
  }
}
