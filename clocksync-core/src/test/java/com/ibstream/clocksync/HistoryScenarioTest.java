package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.ibstream.clocksync.history.HistoryState;
import com.ibstream.clocksync.history.chain.ChainCheck;
import com.ibstream.clocksync.history.chain.ChainVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole monitor that writes its history. */
class HistoryScenarioTest extends SimulatedMonitor {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  @TempDir private Path directory;

  private Duration look = Duration.ofSeconds(1);

  private ClockMonitor monitor() {
    for (int i = 0; i < 4; i++) {
      servers.add(world.server(ADDRESSES[i]).path(5_000_000, 5_000_000, 300_000));
    }
    return restart();
  }

  private ClockMonitor restart() {
    ClockMonitor monitor =
        ClockMonitor.start(
            ClockMonitorConfig.builder()
                .servers(List.of(ADDRESSES).subList(0, 4))
                .slewAllowancePpm(500)
                .lookInterval(look)
                .setting("history.directory", directory.toString())
                .setting("history.retention.days", "2")
                .build(),
            world.seams());
    monitor.addListener(events::add);
    return monitor;
  }

  private List<JsonNode> records() throws IOException {
    List<JsonNode> records = new ArrayList<>();
    ObjectMapper json = new ObjectMapper();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          records.add(json.readTree(line));
        }
      }
    }
    return records;
  }

  private static List<JsonNode> ofKind(List<JsonNode> records, String kind) {
    return records.stream().filter(r -> r.get("kind").asText().equals(kind)).toList();
  }

  @Test
  void shouldWriteARecordEveryMinuteAndForEveryEvent() throws IOException {
    ClockMonitor monitor = monitor();
    world.runFor(Duration.ofHours(1));
    monitor.close();

    List<JsonNode> records = records();
    ChainVerdict verdict = ChainCheck.of(directory);
    assertThat(verdict.firstBreak()).isEmpty();
    assertThat(verdict.recordCount()).isEqualTo(records.size());
    assertThat(verdict.lastHash()).isEqualTo(monitor.history().orElseThrow().lastHash());
    assertThat(ofKind(records, "start")).hasSize(1);
    assertThat(ofKind(records, "stop")).hasSize(1);
    List<JsonNode> statuses = ofKind(records, "status");
    assertThat(statuses).hasSizeBetween(60, 90);
    long told = statuses.stream().mapToLong(r -> r.path("events").size()).sum();
    assertThat(told).isEqualTo(events.size());
    for (int i = 1; i < statuses.size(); i++) {
      long apart =
          statuses.get(i).get("mono_ns").asLong() - statuses.get(i - 1).get("mono_ns").asLong();
      assertThat(apart).isLessThan(62 * NANOS_PER_SECOND);
    }
    JsonNode last = statuses.get(statuses.size() - 1);
    assertThat(last.get("trust").asText()).isEqualTo("trusted");
    assertThat(last.get("by").asText()).isEqualTo("utc");
    assertThat(last.get("details").get("sources")).hasSize(4);
    assertThat(last.get("since").get("gap_ns").asLong()).isBetween(1L, 2 * NANOS_PER_SECOND);
  }

  @Test
  void shouldBeginADayByTheTrustedClockHoweverWrongTheSystemClockIs() throws IOException {
    look = Duration.ofSeconds(5);
    ClockMonitor monitor = monitor();
    world.runFor(Duration.ofMinutes(5));
    world.wallClock().step(-17 * 3_600 * NANOS_PER_SECOND);
    world.runFor(Duration.ofDays(3));
    monitor.close();

    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted())
          .containsExactly(
              "anchor.json",
              "clocksync-2026-11-25.jsonl.gz",
              "clocksync-2026-11-26.jsonl",
              "history.lock",
              "reports");
    }
    assertThat(ChainCheck.of(directory).firstBreak()).isEmpty();
  }

  @Test
  void shouldLeaveAWrongDateOfTheStartAsSoonAsTimeIsTrusted() throws IOException {
    world.wallClock().step(Duration.ofDays(4_000).toNanos());
    ClockMonitor monitor = monitor();
    world.runFor(Duration.ofMinutes(5));
    monitor.close();

    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(n -> n.contains("json")))
          .containsExactlyInAnyOrder("clocksync-2037-11-05.jsonl.gz", "clocksync-2026-11-23.jsonl");
    }
    assertThat(ChainCheck.of(directory).firstBreak()).isEmpty();
  }

  @Test
  void shouldWriteTheLastSightingBeforeAJumpAndLetNoSpanReachOverIt() throws IOException {
    ClockMonitor monitor = monitor();
    world.runFor(Duration.ofMinutes(5).plusSeconds(30));
    world.wallClock().step(-37 * NANOS_PER_SECOND);
    world.runFor(Duration.ofMinutes(2));
    monitor.close();

    List<JsonNode> statuses = ofKind(records(), "status");
    int jump = 0;
    while (!statuses.get(jump).path("events").toString().contains("ClockJumped")) {
      jump++;
    }
    JsonNode before = statuses.get(jump - 1);
    JsonNode at = statuses.get(jump);
    assertThat(at.has("since")).isFalse();
    assertThat(before.has("since")).isTrue();
    assertThat(at.get("mono_ns").asLong() - before.get("mono_ns").asLong())
        .isLessThan(2 * NANOS_PER_SECOND);
    long jumped =
        (at.get("utc_ns").asLong() - at.get("wall_ns").asLong())
            - (before.get("utc_ns").asLong() - before.get("wall_ns").asLong());
    assertThat(jumped / 1e9).isCloseTo(37, within(0.01));
  }

  @Test
  void shouldGoOnWithTheChainWhereTheLastMonitorEnded() throws IOException {
    ClockMonitor first = monitor();
    world.runFor(Duration.ofMinutes(3));
    first.close();
    HistoryState ended = first.history().orElseThrow();
    ClockMonitor second = restart();
    world.runFor(Duration.ofMinutes(3));
    second.close();

    assertThat(ChainCheck.of(directory).isIntact()).isTrue();
    assertThat(ended.failure()).isEmpty();
    assertThat(second.history().orElseThrow().recordCount()).isGreaterThan(ended.recordCount());
    assertThat(Files.readString(directory.resolve("clocksync-2026-11-23.jsonl")))
        .contains("\"prev\":\"" + ended.lastHash() + "\",\"kind\":\"start\"");
  }

  @Test
  void shouldWriteTwoMonitorsOfAHostToTwoChains() throws IOException {
    ClockMonitor first = monitor();
    ClockMonitor second = restart();
    world.runFor(Duration.ofMinutes(3));

    assertThat(first.history().orElseThrow().directory()).isEqualTo(directory);
    assertThat(second.history().orElseThrow().directory()).isEqualTo(directory.resolve("jvm-2"));
    first.close();
    second.close();
    assertThat(ChainCheck.of(directory).isIntact()).isTrue();
    assertThat(ChainCheck.of(directory.resolve("jvm-2")).isIntact()).isTrue();
    assertThat(ChainCheck.of(directory.resolve("jvm-2")).recordCount()).isGreaterThan(3);
  }

  @Test
  void shouldMonitorOnWhereNothingCanBeWrittenAndTellAfterwards() throws IOException {
    Path blocked = directory.resolve("clocksync-2026-11-23.jsonl");
    Files.createDirectories(blocked.resolve("in the way"));
    ClockMonitor monitor = monitor();
    world.runFor(Duration.ofMinutes(3));
    HistoryState failing = monitor.history().orElseThrow();
    boolean isTrusted = monitor.status().isSafeToStamp();
    Files.delete(blocked.resolve("in the way"));
    Files.delete(blocked);
    world.runFor(Duration.ofMinutes(2));
    monitor.close();

    assertThat(isTrusted).isTrue();
    assertThat(failing.failure()).isPresent();
    assertThat(failing.lostCount()).isGreaterThan(3);
    assertThat(ChainCheck.of(directory).firstBreak()).isEmpty();
    List<JsonNode> gaps = ofKind(records(), "gap");
    assertThat(gaps).hasSize(1);
    assertThat(gaps.get(0).get("records_lost").asLong())
        .isEqualTo(monitor.history().orElseThrow().lostCount());
    assertThat(Instant.parse(gaps.get(0).get("since").asText()))
        .isBetween(START.minusSeconds(1), START.plusSeconds(1));
  }
}
