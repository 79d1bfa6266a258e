package com.ibstream.clocksync.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.ibstream.clocksync.examples.loopback.FiveServers;
import com.ibstream.clocksync.examples.loopback.ServedTime;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.WallClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The commands that look at this host, on which nothing may be changed: its clock is right by these
 * servers, and whatever could act is a dry run.
 */
class HostCommandsIT {

  private static final List<String> STATES =
      List.of(
          "synchronised",
          "starting",
          "unsynchronised",
          "disputed",
          "inactive",
          "failed",
          "unknown",
          "not_applicable");

  private final ServedTime truth = ServedTime.of(Ruler.system(), WallClock.system());
  @TempDir private Path directory;

  private Outcome run(FiveServers servers, String... words) {
    List<String> args = new ArrayList<>(Arrays.asList(words));
    args.addAll(List.of("--servers", String.join(",", servers.addresses())));
    return Outcome.of(
        Map.of(
            "CLOCKSYNC_HOST_INTERVAL",
            "2s",
            "CLOCKSYNC_REPAIR_DIRECTORY",
            directory.resolve("state").toString()),
        args.toArray(new String[0]));
  }

  @Test
  void shouldSayInOneDocumentHowTimeAndItsServiceStand() throws IOException {
    try (FiveServers servers = FiveServers.start(truth)) {
      Outcome outcome = run(servers, "status", "--json");

      assertThat(outcome.documents()).hasSize(1);
      JsonNode json = outcome.document();
      assertThat(json.get("drift_ms").isNumber()).as(outcome.out()).isTrue();
      assertThat(json.at("/clocksync/ntp_service/state").textValue()).isIn(STATES);
      assertThat(json.at("/clocksync/ntp_service/reason").textValue()).isNotEmpty();
      assertThat(json.at("/clocksync/repair/mode").textValue()).isEqualTo("observe");
      assertThat(json.at("/clocksync/repair/settled").booleanValue()).isTrue();
      assertThat(outcome.exitStatus()).isIn(0, 1);
      assertThat(Files.exists(directory.resolve("state"))).as("it leaves no trace").isFalse();
    }
  }

  @Test
  void shouldSayTheSameForPeopleAndThatNoServiceAnswers() throws IOException {
    try (FiveServers servers = FiveServers.start(truth)) {
      Outcome outcome = run(servers, "status", "--health", "http://127.0.0.1:1/system/health");

      assertThat(outcome.out())
          .contains("system clock", "time service  ", "repair        observe: ")
          .contains("services      http://127.0.0.1:1/system/health does not answer");
    }
  }

  /** As on a host with a running unit, whose file of keys is given. */
  @ParameterizedTest
  @ValueSource(strings = {"status", "check-hwclock", "sync-time --dry-run"})
  void shouldLeaveHistoryAndPortToTheMonitorThatRuns(String words) throws IOException {
    Path history = directory.resolve("history");
    try (FiveServers servers = FiveServers.start(truth);
        ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<String> args = new ArrayList<>(Arrays.asList(words.split(" ", -1)));
      args.addAll(List.of("--servers", String.join(",", servers.addresses())));
      Outcome outcome =
          Outcome.of(
              Map.of(
                  "CLOCKSYNC_HOST_INTERVAL",
                  "2s",
                  "CLOCKSYNC_REPAIR_DIRECTORY",
                  directory.resolve("state").toString(),
                  "CLOCKSYNC_HISTORY_DIRECTORY",
                  history.toString(),
                  "CLOCKSYNC_HEALTH_HOST",
                  "127.0.0.1",
                  "CLOCKSYNC_HEALTH_PORT",
                  String.valueOf(busy.getLocalPort())),
              args.toArray(new String[0]));

      assertThat(outcome.exitStatus()).as(outcome.err()).isLessThan(ExitStatus.USAGE);
      assertThat(Files.exists(history)).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "watchdog --once --dry-run",
    "sync-time --dry-run",
    "sync-time --dry-run --in-trading-hours",
    "watchdog --once"
  })
  void shouldLookOnceAndChangeNothing(String words) throws IOException {
    try (FiveServers servers = FiveServers.start(truth)) {
      List<String> args = new ArrayList<>(Arrays.asList(words.split(" ", -1)));
      args.add("--json");
      Outcome outcome = run(servers, args.toArray(new String[0]));

      assertThat(outcome.documents()).hasSize(1);
      JsonNode repair = outcome.document().at("/clocksync/repair");
      assertThat(repair.get("mode").textValue())
          .isEqualTo(words.contains("dry-run") ? "dry_run" : "observe");
      assertThat(repair.get("decision").textValue()).isNotEmpty();
      for (JsonNode attempt : repair.get("attempts")) {
        assertThat(attempt.get("outcome").textValue()).isEqualTo("not_done");
      }
    }
  }

  @Test
  void shouldHoldTheHardwareClockAgainstTrustedTimeAndChangeNothing() throws IOException {
    try (FiveServers servers = FiveServers.start(truth)) {
      Outcome outcome = run(servers, "check-hwclock", "--json");

      JsonNode clock = outcome.document().get("hardware_clock");
      assertThat(clock.get("reason").textValue()).isNotEmpty();
      assertThat(clock.at("/battery/verdict").textValue()).isNotEmpty();
      assertThat(outcome.document().at("/repair/mode").textValue()).isEqualTo("observe");
      if (clock.get("state").textValue().equals("not_applicable")) {
        assertThat(outcome.exitStatus()).isZero();
        assertThat(clock.get("drift_ms").isNull()).isTrue();
      }
      assertThat(run(servers, "check-hwclock").out()).contains("hw clock  ", "repair   ");
    }
  }

  @Test
  void shouldNotFixAndOnlySaySoAtOnce() {
    Outcome outcome = Outcome.of("check-hwclock", "--fix", "--dry-run");

    assertThat(outcome.exitStatus()).isEqualTo(ExitStatus.USAGE);
    assertThat(outcome.err()).contains("contradict");
  }

  @Test
  void shouldEndWithNoAnswerWhereNobodyCanBeAsked() {
    Outcome outcome =
        Outcome.of("status", "--json", "--timeout", "500ms", "--servers", "127.0.0.1:1");

    assertThat(outcome.exitStatus()).isEqualTo(ExitStatus.NO_ANSWER);
    assertThat(outcome.document().get("drift_ms").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"watchdog --once --dry-run, 64", "sync-time --dry-run, 64", "status, 3"})
  void shouldNotWaitForAHostThatNobodyLooksAt(String words, int exitStatus) {
    List<String> args = new ArrayList<>(Arrays.asList(words.split(" ", -1)));
    args.addAll(List.of("--timeout", "300ms", "--servers", "127.0.0.1:1"));
    Outcome outcome =
        Outcome.of(Map.of("CLOCKSYNC_HOST_WATCH", "false"), args.toArray(new String[0]));

    assertThat(outcome.exitStatus()).isEqualTo(exitStatus);
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "watchdog --once --dry-run", "sync-time --dry-run"})
  void shouldRefuseAModeThatIsNoneAlsoWhereItIsReplaced(String words) {
    Outcome outcome = Outcome.of(Map.of("CLOCKSYNC_REPAIR_MODE", "ACT_NOW"), words.split(" ", -1));

    assertThat(outcome.exitStatus()).isEqualTo(ExitStatus.USAGE);
    assertThat(outcome.err()).contains("ACT_NOW");
  }

  @ParameterizedTest
  @CsvSource({
    "CLOCKSYNC_REPAIR_MODE, perhaps, 'observe, dry-run, act'",
    "CLOCKSYNC_REPAIR_ACTIONS, reboot, write_rtc",
    "CLOCKSYNC_TRADING_SESSIONS, 'MON-FRI 09:30', MON-FRI 09:30",
    "CLOCKSYNC_REPAIR_DIRECTORY, relative/path, an absolute path",
    "CLOCKSYNC_TRADING_URL, https://example.org, http://HOST:PORT/trading-hours/CONTRACT",
    "CLOCKSYNC_REPAIR_MOD, act, CLOCKSYNC_REPAIR_MODE"
  })
  void shouldRefuseAMistakeAndNameIt(String variable, String value, String said) {
    Outcome outcome = Outcome.of(Map.of(variable, value), "watchdog", "--once");

    assertThat(outcome.exitStatus()).isEqualTo(ExitStatus.USAGE);
    assertThat(outcome.err()).contains(said);
    assertThat(outcome.out()).isEmpty();
  }
}
