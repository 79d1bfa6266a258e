package com.ibstream.clocksync.examples.benchmarks;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs {@link TrustedClockBenchmark} with one thread and with four, and holds each call against its
 * goal.
 *
 * <pre>
 * mvn -q -Pbenchmarks -DskipTests package
 * java -cp clocksync-examples/target/benchmarks.jar \
 *     com.ibstream.clocksync.examples.benchmarks.HotPathTable
 * </pre>
 *
 * In each round every call has a JVM of its own, one after the other, in an order that turns with
 * the rounds. Its many short iterations leave room between what else runs on the machine: what
 * counts is the quickest tenth. A call is compared with its reference of the same round, so that
 * what slows the machine for a while slows both; the table shows the median round. A round takes
 * about a minute.
 *
 * <p>Exit status 0 if every goal is reached: no call takes longer than its multiple of the
 * reference, and none allocates; 1 if not; 2 for wrong usage.
 */
@Command(
    name = "HotPathTable",
    mixinStandardHelpOptions = true,
    version = "clocksync hot path benchmark",
    description = "Measures what it costs to read the time, and holds it against the goals.")
public final class HotPathTable implements Callable<Integer> {

  private static final int REACHED = 0;
  private static final int MISSED = 1;
  private static final List<HotCall> CALLS = List.of(HotCall.values());

  @Spec private CommandSpec spec;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      paramLabel = "N",
      description = "How often each call gets a JVM of its own. Default: ${DEFAULT-VALUE}.")
  private int roundCount;

  @Option(
      names = "--threads",
      defaultValue = "1,4",
      split = ",",
      paramLabel = "N",
      description = "With how many threads. Default: ${DEFAULT-VALUE}.")
  private List<Integer> threadCounts;

  @Option(
      names = "--warmups",
      defaultValue = "25",
      paramLabel = "N",
      description = "Iterations that do not count. Default: ${DEFAULT-VALUE}.")
  private int warmupCount;

  @Option(
      names = "--iterations",
      defaultValue = "60",
      paramLabel = "N",
      description = "Iterations that count, in each JVM. Default: ${DEFAULT-VALUE}.")
  private int iterationCount;

  @Option(
      names = "--millis",
      defaultValue = "20",
      paramLabel = "MS",
      description = "How long an iteration takes. Default: ${DEFAULT-VALUE}.")
  private long iterationMillis;

  private HotPathTable() {}

  /**
   * Runs it and ends the process with its exit status.
   *
   * @param args options; {@code --help} lists them
   */
  public static void main(String[] args) {
    CommandLine commandLine = new CommandLine(new HotPathTable());
    commandLine.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    System.exit(commandLine.execute(args));
  }

  @Override
  public Integer call() throws RunnerException {
    boolean isSensible =
        roundCount >= 1
            && warmupCount >= 1
            && iterationCount >= 1
            && iterationMillis >= 1
            && !threadCounts.isEmpty()
            && Collections.min(threadCounts) >= 1;
    if (!isSensible) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "all figures must be at least 1");
    }
    List<HotPathScores> tables = new ArrayList<>();
    threadCounts.forEach(threadCount -> tables.add(new HotPathScores(threadCount)));
    for (int round = 0; round < roundCount; round++) {
      for (HotPathScores table : tables) {
        measure(round, table);
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "JDK %s, %d processors; quickest tenth of %d x %d ms, median of %d rounds%n",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        iterationCount,
        iterationMillis,
        roundCount);
    tables.forEach(table -> table.print(out));
    boolean isReached = tables.stream().allMatch(HotPathScores::isReached);
    out.printf("%nAll goals: %s%n", isReached ? "reached" : "missed");
    return isReached ? REACHED : MISSED;
  }

  private void measure(int round, HotPathScores table) throws RunnerException {
    List<HotCall> order = new ArrayList<>(CALLS);
    Collections.rotate(order, round);
    for (HotCall call : order) {
      BenchmarkResult result = measureOnce(call, table.threadCount());
      table.add(call, result.getIterationResults());
    }
    System.err.printf(
        "round %d of %d, %d threads: done%n", round + 1, roundCount, table.threadCount());
  }

  private BenchmarkResult measureOnce(HotCall call, int threadCount) throws RunnerException {
    TimeValue time = TimeValue.milliseconds(iterationMillis);
    RunResult result =
        new Runner(
                new OptionsBuilder()
                    .include(call.pattern())
                    .forks(1)
                    .threads(threadCount)
                    .warmupIterations(warmupCount)
                    .warmupTime(time)
                    .measurementIterations(iterationCount)
                    .measurementTime(time)
                    .addProfiler(GCProfiler.class)
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .runSingle();
    return result.getBenchmarkResults().iterator().next();
  }
}
