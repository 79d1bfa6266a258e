package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.TimeService;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** The real chronyd reads what we write; with {@code -p} it only prints it. */
class GeneratedChronyConfigIT {

  private static final Path CHRONYD = Path.of("/usr/sbin/chronyd");

  @TempDir private Path directory;

  @Test
  void shouldBeAcceptedByChronyd() throws Exception {
    for (List<String> servers :
        List.of(
            TimeServiceConfig.DEFAULT_SERVERS,
            List.of("192.0.2.1"),
            List.of("a.example", "2001:db8::1", "pool.ntp.org."))) {
      String text = TimeServiceConfig.generate(TimeService.CHRONY, servers);

      Outcome outcome = print(text);

      assertThat(outcome.exitStatus()).as(outcome.output()).isZero();
      assertThat(outcome.output().lines())
          .containsAll(text.lines().filter(line -> line.matches("[a-z].*")).toList());
    }
  }

  @Test
  void shouldReportTheCommentThatChronydDoesNotAccept() throws Exception {
    String text = "pool pool.ntp.org iburst # four of them\nmakestep 1 3\nrtcsync\ndriftfile /d\n";

    assertThat(print(text).exitStatus()).isNotZero();
    assertThat(TimeServiceConfig.check("chrony.conf", text)).hasSize(1);
  }

  private record Outcome(int exitStatus, String output) {}

  private Outcome print(String text) throws Exception {
    boolean isRequired = Boolean.parseBoolean(System.getenv("REQUIRE_NTP_PEERS"));
    if (!isRequired && !Files.isExecutable(CHRONYD)) {
      String message = "SKIPPED: no chronyd on this machine (package chrony)";
      System.err.println(message);
      throw new TestAbortedException(message);
    }
    Path file = Files.writeString(directory.resolve("generated.conf"), text);
    Process process =
        new ProcessBuilder(CHRONYD.toString(), "-p", "-f", file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), output);
  }
}
