package com.ibstream.clocksync.examples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.ibstream.clocksync.history.chain.ChainCheck;
import com.ibstream.clocksync.history.chain.ChainLock;
import com.ibstream.clocksync.history.chain.ChainVerdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Proves that a history is as it was written. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Proves the chain of a history: that no byte of it was changed, and that no record before"
            + " the newest is missing, doubled or out of order. Names the first break.",
    footer = {
      "",
      "The histories of other monitors (jvm-2 and so on) inside DIR are proved, too.",
      "That the newest records were cut off cannot be seen in the files alone: compare the hash that",
      "is printed with one that was noted elsewhere.",
      "",
      "Exit status: 0 as it was written, 2 broken, 3 there is no history or it cannot be read,",
      "64 wrong usage, 70 internal failure."
    })
final class HistoryVerifyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The directory of the history.")
  private Path directory = Path.of(".");

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean isJson;

  HistoryVerifyCommand() {}

  @Override
  public Integer call() throws IOException {
    Map<String, ChainVerdict> verdicts = new LinkedHashMap<>();
    try {
      verdicts.put("", ChainCheck.of(directory));
      for (Path other : ChainLock.inside(directory)) {
        verdicts.put(String.valueOf(other.getFileName()), ChainCheck.of(other));
      }
    } catch (IOException e) {
      spec.commandLine().getErr().println("clocksync: " + directory + " cannot be read: " + e);
      return ExitStatus.NO_ANSWER;
    }
    verdicts.values().removeIf(verdict -> verdict.recordCount() == 0 && verdict.isIntact());
    if (verdicts.isEmpty()) {
      spec.commandLine().getErr().println("clocksync: there is no history in " + directory);
      return ExitStatus.NO_ANSWER;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(isJson ? json(verdicts) : text(verdicts));
    if (out.checkError()) {
      throw new IOException("standard output cannot be written");
    }
    return verdicts.values().stream().allMatch(ChainVerdict::isIntact)
        ? ExitStatus.HEALTHY
        : ExitStatus.CRITICAL;
  }

  private static String text(Map<String, ChainVerdict> verdicts) {
    return verdicts.entrySet().stream()
        .map(
            entry ->
                (entry.getKey().isEmpty() ? "" : entry.getKey() + ": ") + text(entry.getValue()))
        .collect(Collectors.joining("\n"));
  }

  /** The chain that was asked for, and those of other monitors inside its directory. */
  private static String json(Map<String, ChainVerdict> verdicts) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    verdicts.forEach(
        (name, verdict) ->
            put(name.isEmpty() ? json : json.withObject("inside").putObject(name), verdict));
    return json.toString();
  }

  private static String text(ChainVerdict verdict) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %,d records in %d files",
            verdict.isIntact() ? "intact" : "broken",
            verdict.recordCount(),
            verdict.fileCount()));
    verdict
        .firstBreak()
        .ifPresent(
            found -> text.append(" are in order before the break at\n").append(found.text()));
    verdict.notes().forEach(note -> text.append("\nnote: ").append(note));
    return text.append("\nnewest hash: ").append(verdict.lastHash()).toString();
  }

  private static void put(ObjectNode json, ChainVerdict verdict) {
    json.put("intact", verdict.isIntact());
    json.put("records", verdict.recordCount());
    json.put("files", verdict.fileCount());
    verdict
        .firstBreak()
        .ifPresent(
            found ->
                json.putObject("first_break")
                    .put("file", found.file())
                    .put("line", found.line())
                    .put("reason", found.reason()));
    ArrayNode notes = json.putArray("notes");
    verdict.notes().forEach(notes::add);
    json.put("newest_hash", verdict.lastHash());
  }
}
