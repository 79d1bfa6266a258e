package com.ibstream.clocksync.examples.cli;

import com.google.common.base.Throwables;
import java.time.Duration;
import java.util.Map;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Puts the command together: subcommands, converters and exit statuses. */
public final class CommandLines {

  /** The exit status for a failure of ours. */
  public static final int OUR_FAILURE = ExitStatus.OUR_FAILURE;

  private CommandLines() {}

  /**
   * The whole command line.
   *
   * @param environment the environment variables; those that begin with {@code CLOCKSYNC_} are
   *     configuration
   * @return a command whose exit status is 0 to 3 by the health of the clock, 64 for wrong usage or
   *     configuration, 70 for a failure of ours
   */
  public static CommandLine create(Map<String, String> environment) {
    CommandLine commandLine =
        new CommandLine(new RootCommand())
            .addSubcommand(new TimeDriftCommand(environment))
            .addSubcommand(new DemoCommand())
            .addSubcommand(new MonitorCommand(environment))
            .addSubcommand(new StatusCommand(environment))
            .addSubcommand(new WatchdogCommand(environment))
            .addSubcommand(new SyncTimeCommand(environment))
            .addSubcommand(new CheckHwclockCommand(environment))
            .addSubcommand(new NtpConfigCommand())
            .addSubcommand(new HistoryCommand())
            .addSubcommand(new ReportCommand())
            .addSubcommand(new ComplianceCommand())
            .addSubcommand(new RequalifyCommand());
    commandLine.registerConverter(Duration.class, DurationText::parse);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setParameterExceptionHandler(CommandLines::usageError);
    commandLine.setExecutionExceptionHandler(CommandLines::failure);
    return commandLine;
  }

  private static int usageError(CommandLine.ParameterException error, String[] args) {
    CommandLine command = error.getCommandLine();
    command.getErr().println("clocksync: " + error.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(error, command.getErr());
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitStatus.USAGE;
  }

  private static int failure(Exception error, CommandLine command, CommandLine.ParseResult parsed) {
    Throwable cause = Throwables.getRootCause(error);
    String more = cause == error ? "" : ": " + text(cause);
    command.getErr().println("clocksync: " + text(error) + more);
    LoggerFactory.getLogger(CommandLines.class).debug("failure", error);
    return ExitStatus.OUR_FAILURE;
  }

  private static String text(Throwable error) {
    String message = error.getMessage();
    return message == null || error instanceof NullPointerException ? error.toString() : message;
  }
}
