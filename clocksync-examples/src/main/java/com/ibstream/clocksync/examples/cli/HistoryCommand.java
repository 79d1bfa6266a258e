package com.ibstream.clocksync.examples.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The history on disk; does nothing without a subcommand. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {HistoryVerifyCommand.class, HistoryQualifyCommand.class},
    description = "Proves a history, or asks it what a stamp meant. Changes nothing.")
final class HistoryCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing: " + String.join(", ", spec.subcommands().keySet()));
  }
}
