package com.ibstream.clocksync.examples.cli;

import com.ibstream.clocksync.history.stamps.Qualification;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks a history what a stamp meant. */
@Command(
    name = "qualify",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Tells when it really was when this host's clock showed a stamp.",
    footer = {
      "",
      "Exit status: 0 the stamp is good, 1 it is known and not to be trusted, 2 the history is not as it",
      "was written, 3 nobody looked then, 64 wrong usage, 70 internal failure."
    })
final class HistoryQualifyCommand implements Callable<Integer> {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR", description = "The directory of the history.")
  private Path directory = Path.of(".");

  @Parameters(
      index = "1",
      paramLabel = "STAMP",
      description = "ISO-8601 with a zone, or nanoseconds since 1970.")
  private String stamp = "";

  @Option(
      names = "--clock",
      paramLabel = "system|trusted",
      description = "Which clock stamped. Default: ${DEFAULT-VALUE}.")
  private StampingClock clock = StampingClock.SYSTEM;

  HistoryQualifyCommand() {}

  @Override
  public Integer call() throws IOException {
    long nanos = nanos();
    ProvedHistory.Opened opened = ProvedHistory.open(directory, spec.commandLine().getErr());
    if (opened.qualifier().isEmpty()) {
      return opened.exitStatus();
    }
    Qualification found =
        clock.of(opened.qualifier().get()).of(nanos, Long.MIN_VALUE, Long.MAX_VALUE);
    PrintWriter out = spec.commandLine().getOut();
    out.println(text(nanos, found));
    if (out.checkError()) {
      throw new IOException("standard output cannot be written");
    }
    return switch (found.quality()) {
      case GOOD -> ExitStatus.HEALTHY;
      case UNMONITORED -> ExitStatus.NO_ANSWER;
      default -> ExitStatus.WARNING;
    };
  }

  private long nanos() {
    try {
      if (stamp.matches("-?\\d{1,19}")) {
        return Long.parseLong(stamp);
      }
      Instant instant = OffsetDateTime.parse(stamp).toInstant();
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw new ParameterException(
          spec.commandLine(),
          "STAMP must be ISO-8601 with a zone, or nanoseconds since 1970, but is \"" + stamp + "\"",
          e);
    }
  }

  private static String text(long nanos, Qualification found) {
    return found.isKnown()
        ? String.format(
            Locale.ROOT,
            "%s: %s +- %.3f ms, the stamp was off by %.3f ms",
            found.quality().word(),
            Instant.EPOCH.plusNanos(found.correctedEpochNanos()),
            found.errorBoundNanos() / 1e6,
            (nanos - found.correctedEpochNanos()) / 1e6)
        : found.quality().word();
  }
}
