package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.host.ProcessCommandRunner;
import com.ibstream.clocksync.seam.CommandRunner;
import com.ibstream.clocksync.seam.Seams;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.Ruler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A tool of the host hangs for a minute: real threads, a real process, real packets on loopback.
 */
class HungCommandIT {

  private static final List<String> A_MINUTE = List.of("/bin/sleep", "60");

  private final Ruler ruler = Ruler.system();
  private final CountDownLatch hung = new CountDownLatch(1);

  private Seams hanging(Seams real) {
    CommandRunner runner = new ProcessCommandRunner();
    return ChangedSeams.of(real)
        .commands(
            (command, limit) -> {
              hung.countDown();
              return runner.run(A_MINUTE, Duration.ofMinutes(1));
            })
        .seams();
  }

  @Test
  void shouldDelayNeitherSamplesNorStampsNorTheEnd() throws Exception {
    try (LoopbackServer first = new LoopbackServer(LoopbackServer.Manner.HONEST);
        LoopbackServer second = new LoopbackServer(LoopbackServer.Manner.HONEST)) {
      HostSeams host = new HostSeams();
      ClockMonitor monitor =
          ClockMonitor.start(
              ClockMonitorConfig.builder()
                  .servers(first.name(), second.name())
                  .minPoll(Duration.ofMillis(250))
                  .maxPoll(Duration.ofMillis(500))
                  .timeout(Duration.ofMillis(200))
                  .build(),
              hanging(host.seams()),
              host::close);
      host.start(() -> {});
      assertThat(hung.await(10, TimeUnit.SECONDS)).as("the command was called").isTrue();
      monitor.awaitTrusted(Duration.ofSeconds(20));

      long accepted = acceptedCount(monitor);
      List<String> refused = new ArrayList<>();
      Reading reading = new Reading();
      long endMonoNanos = ruler.monoNanos() + Duration.ofSeconds(5).toNanos();
      while (ruler.monoNanos() - endMonoNanos < 0) {
        if (!monitor.clock().read(reading).isTrusted()) {
          refused.add(reading.toString());
        }
        TimeUnit.MILLISECONDS.sleep(1);
      }
      assertThat(acceptedCount(monitor) - accepted).as("samples meanwhile").isGreaterThan(10);
      assertThat(refused).as("stamps refused meanwhile").isEmpty();
      assertThat(monitor.status().host().service()).as("it still hangs").isEmpty();

      long beginMonoNanos = ruler.monoNanos();
      monitor.close();
      long closedNanos = ruler.monoNanos() - beginMonoNanos;
      System.out.printf("closed in %d ms while a command hung%n", closedNanos / 1_000_000);
      assertThat(closedNanos).isLessThan(Duration.ofSeconds(5).toNanos());
      assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
          .as("nothing is left running")
          .noneMatch(process -> process.info().command().orElse("").endsWith("sleep"));
    }
  }

  private static long acceptedCount(ClockMonitor monitor) {
    return monitor.status().sources().stream().mapToLong(source -> source.acceptedCount()).sum();
  }
}
