package com.ibstream.clocksync.examples.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command without a subcommand, which is wrong usage. */
@Command(
    name = "clocksync",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Says what time it really is, and how wrong this machine's clock is.",
    footer = {
      "",
      "Exit status: 0 healthy, 1 warning, 2 critical, 3 no trustworthy answer,",
      "64 wrong usage or configuration, 70 internal failure."
    })
final class RootCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing: " + String.join(", ", spec.subcommands().keySet()));
  }
}
