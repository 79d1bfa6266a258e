package com.ibstream.clocksync.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.ClockMonitor;
import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.testing.SimulatedWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says of a history. */
class HistoryCommandTest {

  @TempDir private Path directory;
  private Path history;

  @BeforeEach
  void simulate() {
    history = directory.resolve("history");
    SimulatedWorld world = new SimulatedWorld(1, Instant.parse("2026-11-26T12:00:00Z"));
    for (int i = 1; i <= 4; i++) {
      world.server("192.0.2." + i);
    }
    try (ClockMonitor monitor =
        ClockMonitor.start(
            ClockMonitorConfig.builder()
                .servers("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4")
                .slewAllowancePpm(500)
                .setting("history.directory", history.toString())
                .build(),
            world.seams())) {
      world.runFor(Duration.ofMinutes(3));
      assertThat(monitor.status().isSafeToStamp()).isTrue();
    }
  }

  private Path file() {
    return history.resolve("clocksync-2026-11-26.jsonl");
  }

  @Test
  void shouldProveAHistory() throws IOException {
    long lines = Files.readAllLines(file()).size();
    Outcome text = Outcome.of("history", "verify", history.toString());
    Outcome json = Outcome.of("history", "verify", "--json", history.toString());

    assertThat(text.exitStatus()).isZero();
    assertThat(text.out()).startsWith("intact: " + lines + " records in 1 files\nnewest hash: ");
    assertThat(json.document().get("intact").asBoolean()).isTrue();
    assertThat(json.document().get("newest_hash").asText()).hasSize(64);
  }

  @Test
  void shouldNameTheFirstBreak() throws IOException {
    String text = Files.readString(file());
    int second = text.indexOf('\n', text.indexOf('\n') + 1) + 1;
    Files.writeString(file(), text.substring(0, second) + "X" + text.substring(second + 1));

    Outcome outcome = Outcome.of("history", "verify", history.toString());

    assertThat(outcome.exitStatus()).isEqualTo(2);
    assertThat(outcome.out())
        .startsWith("broken: 2 records in 1 files are in order before the break at\n")
        .contains("clocksync-2026-11-26.jsonl line 3: the record is not as it was written");
  }

  @Test
  void shouldProveTheHistoriesOfOtherMonitorsInsideToo() throws IOException {
    Path other = Files.createDirectory(history.resolve("jvm-2"));
    String text = Files.readString(file());
    Files.writeString(other.resolve(file().getFileName()), text);
    Outcome intact = Outcome.of("history", "verify", history.toString());
    Files.writeString(other.resolve(file().getFileName()), text.replaceFirst("trust", "tru5t"));
    Outcome broken = Outcome.of("history", "verify", history.toString());
    Outcome json = Outcome.of("history", "verify", "--json", history.toString());

    assertThat(intact.exitStatus()).isZero();
    assertThat(intact.out()).startsWith("intact: ").contains("\njvm-2: intact: ");
    assertThat(broken.exitStatus()).isEqualTo(2);
    assertThat(broken.out()).startsWith("intact: ").contains("\njvm-2: broken: ");
    assertThat(json.document().get("intact").asBoolean()).isTrue();
    assertThat(json.document().at("/inside/jvm-2/intact").asBoolean(true)).isFalse();
    assertThat(Outcome.of("report", history.toString()).err())
        .contains("jvm-2 is the history of another monitor");
  }

  @Test
  void shouldFindNoHistoryWhereThereIsNone() {
    assertThat(Outcome.of("history", "verify", directory.toString()).exitStatus()).isEqualTo(3);
    assertThat(Outcome.of("history", "verify", directory.resolve("no").toString()).exitStatus())
        .isEqualTo(3);
    assertThat(Outcome.of("history").exitStatus()).isEqualTo(64);
  }

  @Test
  void shouldTellWhatAStampMeant() {
    Outcome good =
        Outcome.of("history", "qualify", history.toString(), "2026-11-26T12:01:30.5+00:00");
    Outcome unseen = Outcome.of("history", "qualify", history.toString(), "0");
    Outcome wrong = Outcome.of("history", "qualify", history.toString(), "2026-11-26 12:01:30");

    assertThat(good.exitStatus()).isZero();
    assertThat(good.out()).startsWith("good: 2026-11-26T12:01:30.").contains(" ms, the stamp was");
    assertThat(unseen.exitStatus()).isEqualTo(3);
    assertThat(unseen.out()).isEqualTo("unmonitored\n");
    assertThat(wrong.exitStatus()).isEqualTo(64);
    assertThat(wrong.err()).contains("STAMP must be ISO-8601 with a zone").contains("12:01:30");
  }

  @Test
  void shouldAnswerNothingFromAHistoryThatIsNotAsItWasWritten() throws IOException {
    String text = Files.readString(file());
    Files.writeString(file(), text.replaceFirst("\"wall_ns\":1", "\"wall_ns\":2"));
    Path ticks = Files.writeString(directory.resolve("ticks.jsonl"), "{\"st\":1}\n");

    Outcome qualified = Outcome.of("history", "qualify", history.toString(), "0");
    Outcome ticked = Outcome.of("requalify", "--history", history.toString(), ticks.toString());
    Outcome report = Outcome.of("report", history.toString(), "--format", "json");

    assertThat(qualified.exitStatus()).isEqualTo(2);
    assertThat(qualified.out()).isEmpty();
    assertThat(qualified.err()).contains("proves nothing: clocksync-2026-11-26.jsonl line 2");
    assertThat(ticked.exitStatus()).isEqualTo(2);
    assertThat(report.exitStatus()).isEqualTo(2);
    assertThat(report.document().get("chain").asText()).startsWith("broken: clocksync-2026-11-26");
  }

  @Test
  void shouldRequalifyTicksIntoANewFileOnly() throws IOException {
    Path ticks = directory.resolve("ticks.jsonl");
    Path done = directory.resolve("done.jsonl");
    long micros = Instant.parse("2026-11-26T12:01:30Z").getEpochSecond() * 1_000_000;
    Files.writeString(ticks, "{\"ts\":" + micros + ",\"st\":" + micros + "}\nnonsense\n");
    String[] command = {
      "requalify", "--history", history.toString(), "-o", done.toString(), ticks.toString()
    };
    Outcome first = Outcome.of(command);
    Outcome second = Outcome.of(command);

    assertThat(first.exitStatus()).isEqualTo(1);
    assertThat(first.err()).contains("2 lines: 1 good, 1 are no ticks (lines 2)");
    assertThat(Files.readAllLines(done).get(0)).endsWith(",\"csq\":\"good\"}");
    assertThat(Files.readAllLines(done).get(1)).isEqualTo("nonsense");
    assertThat(second.exitStatus()).isEqualTo(64);
    assertThat(second.err()).contains(done + " exists already");
    assertThat(Outcome.of("requalify", "--history", directory.toString(), ticks.toString()).err())
        .contains("there is no history in");
  }
}
