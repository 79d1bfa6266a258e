package com.ibstream.clocksync.host;

import com.google.common.io.ByteStreams;
import com.ibstream.clocksync.seam.CommandRunner;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs programs of this machine: no shell, no input, output cut at a limit, ended when the time is
 * up. Safe for threads.
 *
 * <p>An ordinary user cannot end what runs as root, such as {@code sudo}, and nobody what hangs in
 * the kernel. While such a process lives, the same program is not started again.
 */
public final class ProcessCommandRunner implements CommandRunner {

  private static final int MAX_OUTPUT_BYTES = 256 * 1024;

  /** What is left for reading the output after the program has ended. */
  private static final Duration DRAIN = Duration.ofSeconds(1);

  private final Consumer<Process> ending;
  private final Map<String, Process> unended = new ConcurrentHashMap<>();

  /** A runner that has run nothing. */
  public ProcessCommandRunner() {
    this(ProcessCommandRunner::endWithChildren);
  }

  /** The same, with another way to end a process. */
  ProcessCommandRunner(Consumer<Process> ending) {
    this.ending = ending;
  }

  @Override
  public CommandResult run(List<String> command, Duration limit) {
    String program = command.get(0);
    unended.values().removeIf(process -> !process.isAlive());
    Process earlier = unended.get(program);
    if (earlier != null) {
      return new CommandResult(
          CommandResult.Outcome.TIMED_OUT,
          0,
          "",
          "an earlier "
              + program
              + ", process "
              + earlier.pid()
              + ", could not be ended and lives");
    }
    Process process;
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("LC_ALL", "C"); // outputs are parsed
      process = builder.start();
      process.getOutputStream().close();
    } catch (IOException e) {
      // A host without a file descriptor or a process to spare has the program all the same.
      return new CommandResult(
          Files.notExists(Path.of(program))
              ? CommandResult.Outcome.ABSENT
              : CommandResult.Outcome.NOT_STARTED,
          0,
          "",
          String.valueOf(e.getMessage()));
    }
    CompletableFuture<String> output = drain(process.getInputStream());
    CompletableFuture<String> error = drain(process.getErrorStream());
    try {
      boolean isEnded = process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
      if (!isEnded) {
        ending.accept(process);
        if (!process.waitFor(DRAIN.toNanos(), TimeUnit.NANOSECONDS)) {
          unended.put(program, process);
        }
      }
      CommandResult.Outcome outcome =
          isEnded ? CommandResult.Outcome.EXITED : CommandResult.Outcome.TIMED_OUT;
      return new CommandResult(
          outcome, isEnded ? process.exitValue() : 0, text(output), text(error));
    } catch (InterruptedException e) {
      ending.accept(process);
      unended.put(program, process);
      Thread.currentThread().interrupt();
      return new CommandResult(CommandResult.Outcome.TIMED_OUT, 0, "", "interrupted");
    }
  }

  private static void endWithChildren(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static CompletableFuture<String> drain(InputStream stream) {
    CompletableFuture<String> text = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try (stream) {
                byte[] head = ByteStreams.limit(stream, MAX_OUTPUT_BYTES).readAllBytes();
                text.complete(new String(head, StandardCharsets.UTF_8));
                ByteStreams.exhaust(stream);
              } catch (IOException e) {
                text.complete(""); // the program was ended while it wrote
              }
            },
            "clocksync-command-output");
    thread.setDaemon(true);
    thread.start();
    return text;
  }

  private static String text(CompletableFuture<String> output) {
    return output.completeOnTimeout("", DRAIN.toNanos(), TimeUnit.NANOSECONDS).join();
  }
}
