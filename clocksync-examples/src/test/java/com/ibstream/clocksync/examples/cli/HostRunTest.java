package com.ibstream.clocksync.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.ClockMonitor;
import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.facts.RepairFacts.Outcome;
import com.ibstream.clocksync.market.MarketPhase;
import com.ibstream.clocksync.testing.SimulatedHost;
import com.ibstream.clocksync.testing.SimulatedWorld;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command that looks once, on a simulated host: it ends when what there is to do is done. */
class HostRunTest {

  private static final long HOUR_NANOS = 3_600_000_000_000L;

  private final SimulatedWorld world = new SimulatedWorld(1, Instant.parse("2026-11-23T09:30:00Z"));
  private final SimulatedHost host = new SimulatedHost(world);
  @TempDir private Path directory;

  private ClockStatus once() throws InterruptedException {
    String[] servers = {"192.0.2.1", "192.0.2.2", "192.0.2.3"};
    for (String server : servers) {
      world.server(server);
    }
    ClockMonitor monitor =
        ClockMonitor.start(
            ClockMonitorConfig.builder()
                .servers(servers)
                .slewAllowancePpm(500)
                .setting("repair.mode", "act")
                .setting("repair.directory", directory.toString())
                .build(),
            host.seams());
    monitor.marketHours(
        (earliest, latest) ->
            new MarketPhase(MarketPhase.State.CLOSED, "closed", OptionalLong.empty()));
    HostRun run =
        new HostRun(
            monitor::status,
            world,
            nanos -> {
              world.runFor(Duration.ofNanos(nanos));
              return false;
            },
            present -> true);
    ClockStatus status = run.settled(Duration.ofSeconds(15), Duration.ofMinutes(10));
    monitor.close();
    return status;
  }

  private List<Outcome> outcomes(ClockStatus status) {
    return status.host().repair().orElseThrow().attempts().stream()
        .map(attempt -> attempt.outcome())
        .toList();
  }

  @Test
  void shouldEndAtOnceWhereThereIsNothingToDo() throws InterruptedException {
    long start = world.monoNanos();
    ClockStatus status = once();

    assertThat(host.changes()).isEmpty();
    assertThat(HostRun.exitStatus(status, 0)).isZero();
    assertThat(world.monoNanos() - start).isLessThan(Duration.ofSeconds(10).toNanos());
  }

  @Test
  void shouldStartADeadServiceAndWaitUntilItLives() throws InterruptedException {
    host.fail("start-limit-hit");
    ClockStatus status = once();

    assertThat(host.isActive()).isTrue();
    assertThat(outcomes(status)).containsExactly(Outcome.HELPED);
    assertThat(HostRun.exitStatus(status, 0)).isZero();
  }

  @Test
  void shouldSetAClockAnHourSlowAndTheHardwareClockBeforeItEnds() throws InterruptedException {
    host.rtcOffset(HOUR_NANOS);
    world.wallClock().step(-HOUR_NANOS);
    ClockStatus status = once();

    assertThat(host.changes()).hasSize(2);
    assertThat(outcomes(status)).containsExactly(Outcome.HELPED, Outcome.HELPED);
    assertThat(Math.abs(host.rtcOffsetNanos())).isLessThan(10_000_000L);
    assertThat(HostRun.exitStatus(status, 0)).isZero();
  }

  @Test
  void shouldEndCriticallyWhereWhatIsCalledForIsRefused() throws InterruptedException {
    host.denied(true);
    host.stop();
    ClockStatus status = once();

    assertThat(outcomes(status)).containsExactly(Outcome.NOT_PERMITTED);
    assertThat(HostRun.exitStatus(status, 0)).isEqualTo(ExitStatus.CRITICAL);
  }
}
