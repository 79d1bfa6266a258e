package com.ibstream.clocksync.examples.cli;

import com.ibstream.clocksync.examples.requalify.Requalifier;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Adds to recorded ticks what their stamps meant. */
@Command(
    name = "requalify",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Copies recorded ticks (v2 or v3, JSON Lines) and adds to each the corrected time of its"
            + " host stamp, the error bound of that, and a quality mark. What stands in a record"
            + " stays as it is.",
    footer = {
      "",
      "v3 gets cst and cse (microseconds) and csq; v2 gets clock_time, clock_error_us and",
      "clock_quality. Marks: good, untrusted, withdrawn, ambiguous, unmonitored, no_stamp; the last",
      "two come without a time.",
      "",
      "Exit status: 0 every line is a tick and has a mark, 1 some lines are no ticks and were copied",
      "as they are, 2 the history is not as it was written, 3 there is none, 64 wrong usage,",
      "70 internal failure."
    })
final class RequalifyCommand implements Callable<Integer> {

  private static final int BUFFER = 1 << 18;

  @Spec private CommandSpec spec;

  @Option(
      names = "--history",
      paramLabel = "DIR",
      required = true,
      description = "The history of the monitor on the host that stamped.")
  private Path history = Path.of(".");

  @Option(
      names = "--clock",
      paramLabel = "system|trusted",
      description = "Which clock stamped. Default: ${DEFAULT-VALUE}.")
  private StampingClock clock = StampingClock.SYSTEM;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to write; must not exist. Default: standard output.")
  private Optional<Path> output = Optional.empty();

  @Parameters(
      paramLabel = "TICKS",
      description = "A file of ticks, one a line; - for standard input.")
  private String ticks = "-";

  RequalifyCommand() {}

  @Override
  public Integer call() throws IOException {
    if (output.filter(Files::exists).isPresent()) {
      throw new ParameterException(spec.commandLine(), output.get() + " exists already");
    }
    PrintWriter err = spec.commandLine().getErr();
    ProvedHistory.Opened opened = ProvedHistory.open(history, err);
    if (opened.qualifier().isEmpty()) {
      return opened.exitStatus();
    }
    Requalifier requalifier = new Requalifier(clock.of(opened.qualifier().get()));
    try (InputStream from = new BufferedInputStream(input(), BUFFER);
        OutputStream to = new BufferedOutputStream(out(), BUFFER)) {
      requalifier.copy(from, to);
    }
    err.println(summary(requalifier));
    return requalifier.foreignCount() == 0 ? ExitStatus.HEALTHY : ExitStatus.WARNING;
  }

  private InputStream input() throws IOException {
    return ticks.equals("-") ? System.in : Files.newInputStream(Path.of(ticks));
  }

  private OutputStream out() throws IOException {
    return output.isPresent()
        ? Files.newOutputStream(output.get(), StandardOpenOption.CREATE_NEW)
        : System.out;
  }

  private static String summary(Requalifier done) {
    String marks =
        done.counts().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(mark -> String.format(Locale.ROOT, "%,d %s", mark.getValue(), mark.getKey()))
            .collect(Collectors.joining(", "));
    return String.format(Locale.ROOT, "%,d lines: %s", done.lineCount(), marks)
        + (done.doneBeforeCount() > 0
            ? String.format(Locale.ROOT, ", %,d were marked before", done.doneBeforeCount())
            : "")
        + (done.foreignCount() > 0
            ? String.format(
                Locale.ROOT,
                ", %,d are no ticks (lines %s%s)",
                done.foreignCount(),
                done.namedLines().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                done.foreignCount() > done.namedLines().size() ? ", ..." : "")
            : "");
  }
}
