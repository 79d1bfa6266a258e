package com.ibstream.clocksync.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.seam.CommandRunner.CommandResult;
import com.ibstream.clocksync.seam.CommandRunner.CommandResult.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A process that cannot be ended, such as root's under sudo. */
class UnendedProcessTest {

  private final List<Process> left = new ArrayList<>();
  private final ProcessCommandRunner runner = new ProcessCommandRunner(left::add);

  private CommandResult sleep(String seconds) {
    return runner.run(List.of("/bin/sleep", seconds), Duration.ofMillis(50));
  }

  @Test
  void shouldKeepTheSameProgramFromBeingStartedAgain() throws InterruptedException {
    assertThat(sleep("60").outcome()).isEqualTo(Outcome.TIMED_OUT);

    CommandResult again = sleep("0");
    CommandResult other = runner.run(List.of("/bin/true"), Duration.ofSeconds(10));
    assertThat(left).hasSize(1);
    left.get(0).destroyForcibly();
    assertThat(left.get(0).waitFor(10, TimeUnit.SECONDS)).isTrue();

    assertThat(again.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(again.error()).contains("could not be ended and lives");
    assertThat(other.outcome()).isEqualTo(Outcome.EXITED);
    CommandResult after = runner.run(List.of("/bin/sleep", "0"), Duration.ofSeconds(10));
    assertThat(after.outcome()).isEqualTo(Outcome.EXITED);
  }
}
