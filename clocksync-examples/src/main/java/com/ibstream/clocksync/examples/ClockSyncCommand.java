package com.ibstream.clocksync.examples;

import com.ibstream.clocksync.examples.cli.CommandLines;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Entry point of {@code clocksync.jar}. */
public final class ClockSyncCommand {

  private ClockSyncCommand() {}

  /**
   * Runs one command and ends the process with its exit status.
   *
   * @param args command and options; {@code --help} lists them
   */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /**
   * An error of ours must not end with status 1, which the virtual machine has for it: that means a
   * warning.
   */
  private static int run(String... args) {
    try {
      CommandLine commandLine = CommandLines.create(System.getenv());
      commandLine.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
      commandLine.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
      return commandLine.execute(args);
    } catch (Error | RuntimeException e) {
      System.err.println("clocksync: " + e);
      return CommandLines.OUR_FAILURE;
    }
  }
}
