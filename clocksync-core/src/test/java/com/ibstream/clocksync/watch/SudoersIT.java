package com.ibstream.clocksync.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.ibstream.clocksync.host.ProcessCommandRunner;
import com.ibstream.clocksync.seam.CommandRunner.CommandResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** sudo itself reads the file that we give to operators. */
class SudoersIT {

  private static final Path VISUDO = Path.of("/usr/sbin/visudo");

  @Test
  void shouldBeValidForSudo() {
    boolean isRequired = Boolean.parseBoolean(System.getenv("REQUIRE_NTP_PEERS"));
    assumeThat(isRequired || Files.isExecutable(VISUDO)).as("visudo is not installed").isTrue();
    String file = Path.of("..", "docs", "operations", "sudoers").toAbsolutePath().toString();

    CommandResult result =
        new ProcessCommandRunner()
            .run(List.of(VISUDO.toString(), "-c", "-f", file), Duration.ofSeconds(20));

    assertThat(result.output() + result.error()).contains("parsed OK");
  }
}
