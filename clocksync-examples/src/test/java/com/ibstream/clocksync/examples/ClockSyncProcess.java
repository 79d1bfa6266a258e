package com.ibstream.clocksync.examples;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command line in a process of its own. */
public record ClockSyncProcess(int exitStatus, String out, String err) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * Runs it to its end.
   *
   * @param wrapper program and arguments in front, may be empty
   * @param environment added to ours, from which our configuration is taken away
   * @param args the command's
   * @return what it did
   */
  public static ClockSyncProcess run(
      List<String> wrapper, Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    return run(wrapper, environment, "", args);
  }

  /**
   * Runs it until it has said something, then tells it to stop as a service manager does.
   *
   * @param said part of its standard output
   * @param args the command's
   * @return what it did
   */
  public static ClockSyncProcess runUntil(String said, String... args)
      throws IOException, InterruptedException {
    return run(List.of(), Map.of(), said, args);
  }

  private static ClockSyncProcess run(
      List<String> wrapper, Map<String, String> environment, String said, String... args)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("clocksync-out", ".txt");
    Path err = Files.createTempFile("clocksync-err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command(wrapper, args))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("CLOCKSYNC_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!said.isEmpty()) {
        await().atMost(PATIENCE).until(() -> Files.readString(out).contains(said));
        process.destroy();
      }
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("still running: " + builder.command() + Files.readString(err));
      }
      return new ClockSyncProcess(
          process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }

  /** With few threads: under a false clock each of them costs much. */
  private static List<String> command(List<String> wrapper, String... args) {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), ClockSyncCommand.class.getName()));
    command.addAll(List.of(args));
    return command;
  }

  /**
   * Standard output as JSON.
   *
   * @return the one document that it must be
   */
  public JsonNode document() throws IOException {
    if (out.lines().count() != 1) {
      throw new AssertionError("not one line: " + this);
    }
    return new ObjectMapper().readTree(out);
  }
}
