package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.ibstream.clocksync.facts.Consensus;
import com.ibstream.clocksync.facts.NtpRejection;
import com.ibstream.clocksync.facts.SourceFacts;
import com.ibstream.clocksync.facts.SourceState;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.time.WallClock;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real threads and real packets, on loopback. */
class ClockMonitorTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  private LoopbackServer server(LoopbackServer.Manner manner) throws Exception {
    LoopbackServer server = new LoopbackServer(manner);
    open.add(server);
    return server;
  }

  private static ClockMonitorConfig config(String... servers) {
    return ClockMonitorConfig.builder().servers(servers).timeout(Duration.ofMillis(300)).build();
  }

  private ClockMonitor start(String... servers) {
    ClockMonitor monitor = ClockMonitor.start(config(servers));
    open.add(monitor);
    return monitor;
  }

  private static SourceFacts source(ClockStatus status, String server) {
    return status.sources().stream()
        .filter(s -> s.server().equals(server))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldStampTicksWithTimeThatIsRightWithinItsBound() throws Exception {
    ClockMonitor monitor =
        start(
            server(LoopbackServer.Manner.HONEST).name(),
            server(LoopbackServer.Manner.HONEST).name(),
            server(LoopbackServer.Manner.HONEST).name());

    monitor.awaitTrusted(SOON);

    // The servers serve this machine's system clock, so that is the truth here.
    Reading reading = new Reading();
    long before = WallClock.system().epochNanos();
    monitor.clock().read(reading);
    long after = WallClock.system().epochNanos();
    assertThat(reading.latestEpochNanos()).isGreaterThanOrEqualTo(before);
    assertThat(reading.earliestEpochNanos()).isLessThanOrEqualTo(after);
    assertThat(reading.isTrusted()).isTrue();
    assertThat(monitor.status().consensus()).isEqualTo(Consensus.MAJORITY);
    await().atMost(SOON).until(() -> monitor.status().systemClock().isPresent());
    assertThat(Math.abs(monitor.status().systemClock().orElseThrow().offsetNanos()))
        .isLessThanOrEqualTo(monitor.status().systemClock().orElseThrow().errorBoundNanos());
  }

  @Test
  void shouldNameEachCulpritAndGoOnWithTheOthersWhenSomeServersAreBad() throws Exception {
    String silent = server(LoopbackServer.Manner.SILENT).name();
    String rubbish = server(LoopbackServer.Manner.RUBBISH).name();
    String unsynchronised = server(LoopbackServer.Manner.UNSYNCHRONISED).name();
    int closedPort;
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      closedPort = socket.getLocalPort();
    }
    String closed = "127.0.0.1:" + closedPort;
    ClockMonitor monitor =
        start(
            silent,
            rubbish,
            unsynchronised,
            closed,
            "no-such-host.invalid",
            server(LoopbackServer.Manner.HONEST).name(),
            server(LoopbackServer.Manner.HONEST).name());

    monitor.awaitTrusted(SOON);

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              ClockStatus status = monitor.status();
              assertThat(source(status, silent).rejection()).contains(NtpRejection.TIMEOUT);
              assertThat(source(status, rubbish).rejection()).contains(NtpRejection.SHORT_PACKET);
              assertThat(source(status, rubbish).state()).isEqualTo(SourceState.REFUSED);
              assertThat(source(status, unsynchronised).rejection())
                  .contains(NtpRejection.NOT_SYNCHRONISED);
              assertThat(source(status, closed).rejection())
                  .contains(NtpRejection.PORT_UNREACHABLE);
              assertThat(source(status, closed).state()).isEqualTo(SourceState.UNREACHABLE);
              assertThat(source(status, "no-such-host.invalid").rejection())
                  .contains(NtpRejection.UNKNOWN_HOST);
            });
  }

  @Test
  void shouldSayWhyForEachServerWhenItDoesNotBecomeTrusted() throws Exception {
    String silent = server(LoopbackServer.Manner.SILENT).name();
    ClockMonitor monitor = start(silent, "no-such-host.invalid");

    await().atMost(SOON).until(() -> source(monitor.status(), silent).rejection().isPresent());
    await()
        .atMost(SOON)
        .until(() -> source(monitor.status(), "no-such-host.invalid").rejection().isPresent());
    assertThatThrownBy(() -> monitor.awaitTrusted(Duration.ofMillis(50)))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining(silent + ": TIMEOUT")
        .hasMessageContaining("no-such-host.invalid: UNKNOWN_HOST");
  }

  @Test
  void shouldAskOverIpv6WhenTheHostHasIt() throws Exception {
    LoopbackServer server;
    try {
      server =
          new LoopbackServer(
              LoopbackServer.Manner.HONEST, com.google.common.net.InetAddresses.forString("::1"));
    } catch (java.net.SocketException e) {
      org.junit.jupiter.api.Assumptions.abort("this host has no IPv6 loopback: " + e.getMessage());
      return;
    }
    open.add(server);
    ClockMonitor monitor = start(server.name());

    monitor.awaitTrusted(SOON);

    assertThat(monitor.status().sources().get(0).address()).startsWith("[::1]:");
    assertThat(monitor.status().consensus()).isEqualTo(Consensus.SINGLE_SOURCE);
  }

  @Test
  void shouldTellListenersEachChangeAlsoWhenOneOfThemThrows() throws Exception {
    List<ClockEvent> events = new CopyOnWriteArrayList<>();
    ClockMonitor monitor =
        start(
            server(LoopbackServer.Manner.HONEST).name(),
            server(LoopbackServer.Manner.HONEST).name());
    monitor.addListener(
        event -> {
          throw new IllegalStateException("a listener of somebody else");
        });
    monitor.addListener(events::add);

    monitor.close();

    assertThat(monitor.clock().isTrusted()).isFalse();
    assertThatThrownBy(() -> monitor.awaitTrusted(Duration.ZERO))
        .isInstanceOf(TimeoutException.class);
    monitor.close(); // a second time does nothing

    ClockMonitor again =
        start(
            server(LoopbackServer.Manner.HONEST).name(),
            server(LoopbackServer.Manner.HONEST).name());
    again.addListener(
        event -> {
          throw new IllegalStateException("a listener of somebody else");
        });
    again.addListener(events::add);
    await()
        .atMost(SOON)
        .until(() -> events.stream().anyMatch(ClockEvent.TrustChanged.class::isInstance));
  }

  @Test
  void shouldEndItsThreadsWithinASecondWhenClosed() throws Exception {
    ClockMonitor monitor = start(server(LoopbackServer.Manner.SILENT).name());
    long start = System.nanoTime();

    monitor.close();

    assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(1).toNanos());
    await()
        .atMost(SOON)
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("clocksync-monitor")));
  }

  @Test
  void shouldMeasureOnceAndAskNoMoreThanTold() throws Exception {
    LoopbackServer first = server(LoopbackServer.Manner.HONEST);
    LoopbackServer second = server(LoopbackServer.Manner.HONEST);
    List<Integer> done = new ArrayList<>();

    ClockStatus status;
    try (DriftProbe probe = DriftProbe.open(config(first.name(), second.name()))) {
      status = probe.measure(3, (doneCount, totalCount) -> done.add(doneCount));
    }

    assertThat(status.consensus()).isEqualTo(Consensus.MAJORITY);
    assertThat(status.sampleStatistics().count()).isEqualTo(6);
    assertThat(status.systemClock()).isPresent();
    assertThat(first.requestCount()).isEqualTo(3);
    assertThat(done).isSorted().endsWith(6);
  }

  @Test
  void shouldEndAMeasurementOfUnknownHostsWithoutAnAnswer() throws Exception {
    ClockStatus status;
    try (DriftProbe probe = DriftProbe.open(config("no-such-host.invalid", "neither.invalid"))) {
      status = probe.measure(1, (doneCount, totalCount) -> {});
      assertThatThrownBy(() -> probe.measure(0, (doneCount, totalCount) -> {}))
          .hasMessageContaining("0");
      assertThatThrownBy(() -> probe.measure(65, (doneCount, totalCount) -> {}))
          .hasMessageContaining("65");
    }

    assertThat(status.utc()).isEmpty();
    assertThat(status.sources())
        .allMatch(s -> s.rejection().orElseThrow() == NtpRejection.UNKNOWN_HOST);
  }

  @Test
  void shouldMeasureWithoutConsensusWhenMostServersWereNotFound() throws Exception {
    String[] servers = {
      server(LoopbackServer.Manner.HONEST).name(),
      server(LoopbackServer.Manner.HONEST).name(),
      "no-such-host.invalid",
      "neither.invalid",
      "nor.invalid"
    };

    ClockStatus status;
    try (DriftProbe probe = DriftProbe.open(config(servers))) {
      status = probe.measure(1, (doneCount, totalCount) -> {});
    }

    assertThat(status.consensus()).isEqualTo(Consensus.NONE);
    assertThat(status.trust()).isNotEqualTo(TrustLevel.TRUSTED);
  }

  @Test
  void shouldMeasureWhenOneOfThreeServersIsNotFound() throws Exception {
    String[] servers = {
      server(LoopbackServer.Manner.HONEST).name(),
      server(LoopbackServer.Manner.HONEST).name(),
      "no-such-host.invalid"
    };

    ClockStatus status;
    try (DriftProbe probe = DriftProbe.open(config(servers))) {
      status = probe.measure(1, (doneCount, totalCount) -> {});
    }

    assertThat(status.consensus()).isEqualTo(Consensus.MAJORITY);
    assertThat(status.trust()).isEqualTo(TrustLevel.TRUSTED);
  }
}
