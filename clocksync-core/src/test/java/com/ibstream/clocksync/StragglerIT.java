package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ibstream.clocksync.facts.NtpRejection;
import com.ibstream.clocksync.facts.SourceFacts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Second and late answers over real sockets on loopback. */
class StragglerIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  private static ClockMonitor start(LoopbackServer server) {
    return ClockMonitor.start(
        ClockMonitorConfig.builder()
            .servers(List.of(server.name()))
            .timeout(Duration.ofMillis(100))
            .build());
  }

  private static SourceFacts source(ClockMonitor monitor) {
    return monitor.status().sources().get(0);
  }

  private static long count(ClockMonitor monitor, NtpRejection reason) {
    return source(monitor).rejections().getOrDefault(reason, 0L);
  }

  @Test
  void shouldCountEachSecondAnswerAndTrustTheFirst() throws Exception {
    try (LoopbackServer server = new LoopbackServer(LoopbackServer.Manner.TWICE);
        ClockMonitor monitor = start(server)) {
      await().atMost(SOON).until(() -> count(monitor, NtpRejection.DUPLICATE) >= 3);

      assertThat(source(monitor).acceptedCount()).isGreaterThanOrEqualTo(3);
      assertThat(source(monitor).rejection()).isEmpty();
      assertThat(monitor.clock().isTrusted()).isTrue();
    }
  }

  @Test
  void shouldCountLateRepliesAndTakeNoneOfThemForASample() throws Exception {
    try (LoopbackServer server = new LoopbackServer(LoopbackServer.Manner.LATE);
        ClockMonitor monitor = start(server)) {
      await().atMost(SOON).until(() -> count(monitor, NtpRejection.LATE_REPLY) >= 2);

      assertThat(source(monitor).acceptedCount()).isZero();
      assertThat(source(monitor).reach()).isZero();
      assertThat(source(monitor).rejection()).contains(NtpRejection.TIMEOUT);
      assertThat(monitor.clock().isTrusted()).isFalse();
    }
  }
}
