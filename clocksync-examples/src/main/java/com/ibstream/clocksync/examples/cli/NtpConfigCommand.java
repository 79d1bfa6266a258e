package com.ibstream.clocksync.examples.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The configuration of the host's time service; does nothing without a subcommand. */
@Command(
    name = "ntp-config",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {NtpConfigCheckCommand.class, NtpConfigGenerateCommand.class},
    description =
        "Checks the configuration of a time service for mistakes, or writes a good one. Changes"
            + " nothing on this host but the file that it is told to write.")
final class NtpConfigCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing: " + String.join(", ", spec.subcommands().keySet()));
  }
}
