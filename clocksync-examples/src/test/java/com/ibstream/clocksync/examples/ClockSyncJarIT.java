package com.ibstream.clocksync.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The executable jar as it is shipped: its manifest, its merged services, its logging. */
class ClockSyncJarIT {

  private static final Path JAR = Path.of("target", "clocksync.jar");
  private static final long LIMIT_SECONDS = 60;

  @TempDir private Path folder;

  private record Run(int exitStatus, String output, String error) {}

  private Run run(String... arguments) throws Exception {
    assumeThat(JAR).as("the jar is built by mvn package").exists();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                JAR.toString()));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output");
    Path error = folder.resolve("error");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(error.toFile())
            .start();
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ended by itself").isTrue();
      return new Run(process.exitValue(), Files.readString(output), Files.readString(error));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void shouldRunTheDemoWithItsHealthEndpoint() throws Exception {
    Path ticks = folder.resolve("ticks.jsonl");

    Run run = run("demo", "--for", "3s", "--port", "0", "--out", ticks.toString());

    assertThat(run.exitStatus()).as(run.error()).isZero();
    assertThat(run.output()).contains("lying server", "/system/health", "100.000 %");
    assertThat(Files.readAllLines(ticks)).hasSizeGreaterThan(1_000);
  }

  @Test
  void shouldPutOneDocumentAndNothingElseOnStandardOutput() throws Exception {
    Run run = run("time-drift", "--servers", "127.0.0.1:9", "--samples", "1", "--json");

    assertThat(run.exitStatus()).isEqualTo(3);
    assertThat(run.output()).startsWith("{\"status\":\"error\"").endsWith("}\n").hasLineCount(1);
    assertThat(run.output()).contains("port_unreachable");
  }

  @Test
  void shouldKnowItsVersion() throws Exception {
    assertThat(run("--version").output()).startsWith("clocksync 0.");
  }
}
