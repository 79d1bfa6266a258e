package com.ibstream.clocksync.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong usage ends with status 64 and names the culprit; nothing is measured. */
class CommandLinesTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "time-drift --timeout -1s | --timeout must be positive: -1000ms",
        "time-drift --timeout 0s | --timeout must be positive: 0ms",
        "time-drift --timeout soon | 'soon' is not a duration",
        "time-drift --interval -5ms | --interval must not be negative: -5ms",
        "time-drift --samples 0 | --samples must be 1 to 64: 0",
        "time-drift --samples many | 'many' is not an int",
        "time-drift --repeat 0 | --repeat must be 1 to 1000000: 0",
        "time-drift --servers , | --servers names no server",
        "time-drift --servers a..b | a..b",
        "time-drift --servers a,a | a",
        "time-drift --servers a:99999 | 99999",
        "time-drift --config /no/such/file.properties | /no/such/file.properties",
        "time-drift --smaples 3 | --smaples",
        "time-drft | time-drft",
        "demo --for -3s | --for must be positive: -3000ms",
        "demo --port 65536 | --port must be 0 to 65535: 65536",
        "demo --rate 0 | --rate must be 1 to 100000: 0",
        "monitor --for 0s | --for must be positive: 0ms",
        "monitor --port -1 | --port must be 0 to 65535: -1",
        "ntp-config | a command is missing: check, generate",
        "ntp-config check | FILE",
        "ntp-config check --service ntp /etc/ntp.conf | 'ntp'",
        "ntp-config generate | --service",
        "ntp-config generate --service chrony --servers a..b | a..b",
        "ntp-config generate --service chrony --servers , | --servers",
        "ntp-config generate --service chrony --servers 127.127.1.0,a | host's own clock"
      })
  void shouldNameTheCulpritWhenAnOptionIsWrong(String args, String culprit) {
    Outcome outcome = Outcome.of(args.strip().split(" "));

    assertThat(outcome.err()).contains(culprit.strip());
    assertThat(outcome.exitStatus()).isEqualTo(64);
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void shouldNameTheCommandsWhenNoneIsGiven() {
    Outcome outcome = Outcome.of();

    assertThat(outcome.exitStatus()).isEqualTo(64);
    assertThat(outcome.err()).contains("time-drift", "demo", "monitor");
  }

  @Test
  void shouldNameKeyAndNearestKeyWhenAFileHoldsAnUnknownOne() throws IOException {
    Path file =
        Files.writeString(directory.resolve("clocksync.properties"), "clocksync.tolerence=5ms\n");

    Outcome outcome = Outcome.of("time-drift", "--config", file.toString());

    assertThat(outcome.exitStatus()).isEqualTo(64);
    assertThat(outcome.err()).contains("tolerence", "tolerance", file.toString());
  }

  @Test
  void shouldNameTheVariableWhenTheEnvironmentIsWrong() {
    Outcome outcome = Outcome.of(Map.of("CLOCKSYNC_TIMEOUT", "-2s"), "time-drift");

    assertThat(outcome.exitStatus()).isEqualTo(64);
    assertThat(outcome.err()).contains("CLOCKSYNC_TIMEOUT", "-2s");
  }

  @Test
  void shouldNameTheLineWhenAnEnvironmentFileIsWrong() throws IOException {
    Path file = Files.writeString(directory.resolve(".env"), "IB_HOST=tws\nCLOCKSYNC_SERVRES=a\n");

    Outcome outcome = Outcome.of("monitor", "--env-file", file.toString(), "--for", "1s");

    assertThat(outcome.exitStatus()).isEqualTo(64);
    assertThat(outcome.err()).contains("CLOCKSYNC_SERVRES", "CLOCKSYNC_SERVERS", "line 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "time-drift --help",
        "demo --help",
        "monitor --help",
        "ntp-config --help",
        "ntp-config check --help",
        "ntp-config generate --help",
        "--version"
      })
  void shouldAnswerOnStandardOutputWhenHelpIsWanted(String args) {
    Outcome outcome = Outcome.of(args.split(" "));

    assertThat(outcome.exitStatus()).isZero();
    assertThat(outcome.out()).contains("clocksync");
    assertThat(outcome.err()).isEmpty();
  }
}
