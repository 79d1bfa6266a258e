package com.ibstream.clocksync.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.RepairFacts;
import com.ibstream.clocksync.facts.RepairFacts.Attempt;
import com.ibstream.clocksync.facts.RepairFacts.Outcome;
import com.ibstream.clocksync.facts.ServiceFacts.State;
import com.ibstream.clocksync.repair.HostStatuses;
import com.ibstream.clocksync.repair.RepairAudit;
import com.ibstream.clocksync.repair.RepairAudit.Entry;
import com.ibstream.clocksync.repair.TradingHours.Trading;
import com.ibstream.clocksync.seam.CommandRunner.CommandResult;
import com.ibstream.clocksync.testing.ScriptedCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the record holds of a decision and of an action. */
class AuditTrailTest {

  @TempDir private Path folder;
  private final ScriptedCommands commands = new ScriptedCommands();

  private Path file() {
    return folder.resolve("audit").resolve("repair-audit.jsonl");
  }

  private AuditTrail audit() {
    return new AuditTrail(folder.resolve("audit"), commands);
  }

  private static Entry entry(String text) {
    return new Entry(
        RepairAudit.Kind.ENDED,
        RepairFacts.Mode.ACT,
        HostStatuses.good().offset(-5, 7).state(State.FAILED).build(),
        new Trading(true, "open"),
        Optional.of(RepairAction.RESTART_SERVICE),
        text,
        true,
        Optional.of(
            new Attempt(
                RepairAction.RESTART_SERVICE,
                3,
                "it failed",
                Outcome.HELPED,
                "systemctl restart: exit status 0",
                9,
                OptionalLong.of(-5),
                OptionalLong.of(1))),
        List.of("/usr/bin/systemctl restart ntpsec.service"));
  }

  private List<JsonNode> written() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> all = new ArrayList<>();
    for (String line : Files.readAllLines(file())) {
      all.add(mapper.readTree(line));
    }
    return all;
  }

  @Test
  void shouldHoldInputsDecisionCommandsAndOutcome() throws IOException {
    assertThat(audit().write(entry("helped"))).isEmpty();
    assertThat(audit().write(entry("again"))).isEmpty();

    assertThat(written()).hasSize(2);
    JsonNode line = written().get(0);
    assertThat(line.at("/utc").textValue()).isEqualTo("2026-11-22T12:00:00Z");
    assertThat(line.at("/kind").textValue()).isEqualTo("ended");
    assertThat(line.at("/mode").textValue()).isEqualTo("act");
    assertThat(line.at("/action").textValue()).isEqualTo("restart_service");
    assertThat(line.at("/attempt/outcome").textValue()).isEqualTo("helped");
    assertThat(line.at("/attempt/detail").textValue()).contains("exit status 0");
    assertThat(line.at("/attempt/duration_ns").longValue()).isEqualTo(9);
    assertThat(line.at("/attempt/offset_before_ns").longValue()).isEqualTo(-5);
    assertThat(line.at("/attempt/offset_after_ns").longValue()).isEqualTo(1);
    assertThat(line.at("/commands/0").textValue()).endsWith("restart ntpsec.service");
    assertThat(line.at("/inputs/trust").textValue()).isEqualTo("trusted");
    assertThat(line.at("/inputs/voters").intValue()).isEqualTo(4);
    assertThat(line.at("/inputs/offset_ns").longValue()).isEqualTo(-5);
    assertThat(line.at("/inputs/error_bound_ns").longValue()).isEqualTo(7);
    assertThat(line.at("/inputs/service_state").textValue()).isEqualTo("failed");
    assertThat(line.at("/inputs/is_trading_assumed").booleanValue()).isTrue();
  }

  @Test
  void shouldTellTheHostsLogInOnePlainLine() {
    audit().write(entry("two\nlines\u001b[2J " + "x".repeat(500)));

    List<String> call = commands.calls().get(0);
    assertThat(call.subList(0, 6))
        .containsExactly("/usr/bin/logger", "-t", "clocksync", "-p", "daemon.warning", "--");
    assertThat(call.get(6))
        .startsWith("repair ended: two lines [2J xxx")
        .hasSize(400)
        .doesNotContainPattern("\\p{Cntrl}");
  }

  @Test
  void shouldNotLetATornLineSwallowTheNext() throws IOException {
    audit().write(entry("first"));
    Files.writeString(file(), "{\"torn", StandardOpenOption.APPEND);

    audit().write(entry("second"));

    List<String> lines = Files.readAllLines(file());
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).isEqualTo("{\"torn");
    assertThat(lines.get(2)).contains("second");
  }

  @Test
  void shouldSayWhyItCannotBeWritten() throws IOException {
    Files.writeString(folder.resolve("audit"), "a file");

    assertThat(audit().write(entry("lost")).orElseThrow()).contains("repair-audit.jsonl");
  }

  @Test
  void shouldBeWrittenBeforeTheHostsLogWhichMayHang() {
    boolean[] wasWritten = new boolean[1];
    AuditTrail audit =
        new AuditTrail(
            folder.resolve("audit"),
            (command, limit) -> {
              wasWritten[0] = Files.exists(file());
              return new CommandResult(CommandResult.Outcome.TIMED_OUT, 0, "", "");
            });

    assertThat(audit.write(entry("told"))).isEmpty();
    assertThat(wasWritten[0]).isTrue();
  }

  @Test
  void shouldNotFollowALink() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "kept");
    Files.createDirectories(folder.resolve("audit"));
    Files.createSymbolicLink(file(), other);

    assertThat(audit().write(entry("lost"))).isPresent();
    assertThat(other).hasContent("kept");
  }
}
