package com.ibstream.clocksync.watch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.ibstream.clocksync.facts.RepairFacts.Attempt;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.repair.RepairAudit;
import com.ibstream.clocksync.seam.CommandRunner;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The record of what was decided and done: {@code repair-audit.jsonl}, only ever appended to, and a
 * line each for the host's log. The file is what counts; that the log got its line is not waited
 * for long and not insisted on.
 */
public final class AuditTrail implements RepairAudit {

  private static final Duration LOGGER_LIMIT = Duration.ofSeconds(5);
  private static final int MOST_LOGGED = 400;

  private final StateDirectory directory;
  private final Path file;
  private final CommandRunner runner;

  /**
   * The record in a directory, which need not exist yet.
   *
   * @param directory where it is kept
   * @param runner runs {@code logger}
   */
  public AuditTrail(Path directory, CommandRunner runner) {
    this.directory = new StateDirectory(directory);
    file = this.directory.file("repair-audit.jsonl");
    this.runner = runner;
  }

  @Override
  public Optional<String> write(Entry entry) {
    Optional<String> unwritten = Optional.empty();
    try {
      directory.prepare();
      append(json(entry).toString());
    } catch (IOException | SecurityException e) {
      unwritten = Optional.of("the audit, " + file + ": " + e);
    }
    log(entry); // last, since it may hang
    return unwritten;
  }

  private void log(Entry entry) {
    runner.run(
        List.of(
            "/usr/bin/logger",
            "-t",
            "clocksync",
            "-p",
            entry.isWarning() ? "daemon.warning" : "daemon.notice",
            "--",
            PlainText.line("repair " + word(entry.kind()) + ": " + entry.text(), MOST_LOGGED)),
        LOGGER_LIMIT);
  }

  private void append(String line) throws IOException {
    // A line that a crash has torn must not swallow this one.
    String text = (isTorn() ? "\n" : "") + line + "\n";
    try (FileChannel channel =
        directory.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      StateDirectory.writeAll(channel, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private boolean isTorn() throws IOException {
    try (FileChannel channel = directory.open(file, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return channel.size() > 0
          && channel.read(last, channel.size() - 1) == 1
          && last.get(0) != '\n';
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static ObjectNode json(Entry entry) {
    ClockStatus status = entry.status();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    status.utc().ifPresent(utc -> json.put("utc", AttemptLine.utc(utc.epochNanos())));
    json.put("mono_ns", status.asOfMonoNanos());
    json.put("kind", word(entry.kind()));
    json.put("mode", word(entry.mode()));
    entry.action().ifPresent(action -> json.put("action", action.word()));
    json.put("text", entry.text());
    entry.attempt().ifPresent(attempt -> json.set("attempt", json(attempt)));
    if (!entry.commands().isEmpty()) {
      entry.commands().forEach(json.putArray("commands")::add);
    }
    ObjectNode inputs = json.putObject("inputs");
    inputs.put("trust", word(status.trust()));
    inputs.put("trust_reason", status.reason().text());
    inputs.put("is_stalled", status.isStalled());
    status.voteAgeNanos().ifPresent(nanos -> inputs.put("vote_age_ns", nanos));
    inputs.put("voters", status.agreeingVoiceCount());
    status.systemClock().ifPresent(clock -> put(inputs, status, clock));
    status
        .host()
        .service()
        .ifPresent(
            service -> {
              inputs.put("service_state", word(service.state()));
              inputs.put("service_reason", service.reason());
              service.unit().ifPresent(unit -> inputs.put("unit", unit.name()));
              inputs.put("service_age_ns", status.asOfMonoNanos() - service.measuredMonoNanos());
            });
    inputs.put("is_trading_assumed", entry.trading().isAssumed());
    inputs.put("trading_reason", entry.trading().reason());
    return json;
  }

  private static void put(ObjectNode inputs, ClockStatus status, SystemClockFacts clock) {
    inputs.put("offset_ns", clock.offsetNanos());
    inputs.put("error_bound_ns", clock.errorBoundNanos());
    inputs.put("offset_age_ns", status.asOfMonoNanos() - clock.measuredMonoNanos());
  }

  private static ObjectNode json(Attempt attempt) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("began_mono_ns", attempt.monoNanos());
    json.put("outcome", word(attempt.outcome()));
    json.put("reason", attempt.reason());
    json.put("detail", attempt.detail());
    json.put("duration_ns", attempt.durationNanos());
    attempt.offsetBeforeNanos().ifPresent(nanos -> json.put("offset_before_ns", nanos));
    attempt.offsetAfterNanos().ifPresent(nanos -> json.put("offset_after_ns", nanos));
    return json;
  }

  private static String word(Enum<?> value) {
    return AttemptLine.word(value);
  }
}
