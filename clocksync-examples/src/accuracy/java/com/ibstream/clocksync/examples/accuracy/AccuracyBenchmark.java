package com.ibstream.clocksync.examples.accuracy;

import com.google.common.math.Quantiles;
import com.ibstream.clocksync.examples.loopback.ServedTime;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.WallClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Compares what clients make of five honest servers behind an unsteady network.
 *
 * <pre>
 * mvn -q -Pbenchmarks -DskipTests package
 * java -cp clocksync-examples/target/benchmarks.jar \
 *     com.ibstream.clocksync.examples.accuracy.AccuracyBenchmark
 * </pre>
 *
 * The servers serve the system clock's time, which is the truth of this test: whatever a client
 * finds between the two is its error. In each round every other library has its single shot at one
 * server, the same for all of them and the next one in the next round, in an order that turns with
 * the rounds; then we measure once. Nobody runs while another does.
 *
 * <p>Exit status 0 if the truth was within our bound every time and our median error is at most a
 * third of the best other one's; 1 if not; 2 for wrong usage, which so few rounds are that they
 * decide nothing; 3 if nothing can be said: the system clock was stepped meanwhile, or there is no
 * other median to compare with.
 */
@Command(
    name = "AccuracyBenchmark",
    mixinStandardHelpOptions = true,
    version = "clocksync accuracy benchmark",
    description = "Compares the errors of NTP clients on an unsteady network in this process.")
public final class AccuracyBenchmark implements Callable<Integer> {

  private static final int REACHED = 0;
  private static final int MISSED = 1;
  private static final int NOTHING_TO_SAY = 3;

  /** Each of the five servers is asked four times; with fewer, medians are a matter of luck. */
  private static final int LEAST_ROUNDS = 20;

  private static final double GREATEST_RATIO = 1.0 / 3;
  private static final long GREATEST_STEP_NANOS = 50_000L;
  private static final int LOOKS = 10;
  private static final int ROUNDS_PER_MESSAGE = 10;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double PERCENT = 100;
  private static final int P99 = 99;

  private final Ruler ruler = Ruler.system();
  private final WallClock wallClock = WallClock.system();
  private final List<SingleShot> others =
      List.of(new CommonsNetShot(), new KronosShot(ruler, wallClock), new Time4jShot(wallClock));
  private final Map<SingleShot, Magnitudes> errorsOf = new LinkedHashMap<>();

  @Spec private CommandSpec spec;

  @Option(
      names = "--rounds",
      defaultValue = "200",
      paramLabel = "N",
      description = "How often everybody measures, 20 times or more. Default: ${DEFAULT-VALUE}.")
  private int roundCount;

  @Option(
      names = "--warmup",
      defaultValue = "5",
      paramLabel = "N",
      description = "Rounds before those, not counted. Default: ${DEFAULT-VALUE}.")
  private int warmupCount;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "SEED",
      description = "Of the network's delays. Default: ${DEFAULT-VALUE}.")
  private long seed;

  private AccuracyBenchmark() {
    others.forEach(other -> errorsOf.put(other, new Magnitudes()));
  }

  /**
   * Runs it and ends the process with its exit status.
   *
   * @param args options; {@code --help} lists them
   */
  public static void main(String[] args) {
    CommandLine commandLine = new CommandLine(new AccuracyBenchmark());
    commandLine.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    System.exit(commandLine.execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (roundCount < LEAST_ROUNDS) {
      throw wrongUsage(
          "--rounds must be at least %d: so few rounds as %d decide nothing",
          LEAST_ROUNDS, roundCount);
    }
    if (warmupCount < 0) {
      throw wrongUsage("--warmup must not be negative: %d", warmupCount);
    }
    ServedTime time = ServedTime.of(ruler, wallClock);
    try (UnsteadyNetwork network = UnsteadyNetwork.start(ruler, time, seed);
        OurMeasurements ours = OurMeasurements.of(network.addresses())) {
      for (int round = -warmupCount; round < roundCount; round++) {
        run(round, network.addresses(), ours);
        if (isStepped(time)) {
          System.err.println("the system clock was stepped: it is not what the servers serve");
          return NOTHING_TO_SAY;
        }
        if (round >= 0 && (round + 1) % ROUNDS_PER_MESSAGE == 0) {
          System.err.printf("round %d of %d%n", round + 1, roundCount);
        }
      }
      return report(network.lateNanos(), ours);
    }
  }

  /** Whether the system clock has left what is served; a pause between two looks does not count. */
  private boolean isStepped(ServedTime served) {
    for (int look = 0; look < LOOKS; look++) {
      long stepNanos = ServedTime.of(ruler, wallClock).epochNanos() - served.epochNanos();
      if (Math.abs(stepNanos) <= GREATEST_STEP_NANOS) {
        return false;
      }
    }
    return true;
  }

  private void run(int round, List<InetSocketAddress> servers, OurMeasurements ours)
      throws InterruptedException {
    InetSocketAddress server = servers.get(Math.floorMod(round, servers.size()));
    List<SingleShot> order = new ArrayList<>(others);
    Collections.rotate(order, round);
    for (SingleShot other : order) {
      try {
        long offsetNanos = other.offsetNanos(server);
        if (round >= 0) {
          errorsOf.get(other).add(offsetNanos);
        }
      } catch (IOException e) {
        System.err.printf("round %d, %s: %s%n", round + 1, other.name(), e);
      }
    }
    ours.measure(round >= 0);
  }

  private int report(List<Long> lateNanos, OurMeasurements ours) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "Five servers, each way %.0f ms + exponential jitter of mean %.0f ms, seed %d;"
            + " JDK %s, %d processors%n",
        millis(UnsteadyNetwork.FIXED_NANOS),
        millis(UnsteadyNetwork.MEAN_JITTER_NANOS),
        seed,
        Runtime.version().feature(),
        Runtime.getRuntime().availableProcessors());
    out.printf(
        "Datagrams held longer than drawn by %.3f ms (median), %.3f ms (99 %%), %.3f ms (max)%n%n",
        millis(Quantiles.median().compute(lateNanos)),
        millis(Quantiles.percentiles().index(P99).compute(lateNanos)),
        millis(Collections.max(lateNanos)));
    out.printf("%-12s %5s %15s %8s %8s%n", "client", "n", "median |error|", "p95", "max");
    errorsOf.forEach((other, errors) -> out.println(line(other.name(), errors)));
    out.println(line("clocksync", ours.errors()));
    out.printf(
        "%nclocksync: median bound %.3f ms, greatest %.3f ms; truth within the bound in %.1f %%;"
            + " %d without a trusted result%n",
        millis(ours.bounds().medianNanos()),
        millis(ours.bounds().maxNanos()),
        PERCENT * ours.coveredCount() / ours.errors().count(),
        ours.untrustedCount());
    return verdict(out, ours);
  }

  private int verdict(PrintWriter out, OurMeasurements ours) {
    boolean isCovered = ours.coveredCount() == roundCount;
    double bestNanos =
        errorsOf.values().stream()
            .mapToDouble(Magnitudes::medianNanos)
            .filter(medianNanos -> !Double.isNaN(medianNanos))
            .min()
            .orElse(Double.NaN);
    if (isCovered && !(bestNanos > 0)) {
      out.println(
          Double.isNaN(bestNanos)
              ? "nothing to compare with: no other client had an answer"
              : "nothing to compare with: the best other median is 0, in whole milliseconds;"
                  + " another seed or more rounds are needed");
      return NOTHING_TO_SAY;
    }
    String ratio =
        bestNanos > 0 && ours.errors().count() > 0
            ? String.format("%.2f", ours.errors().medianNanos() / bestNanos)
            : "none";
    boolean isReached = isCovered && ours.errors().medianNanos() <= GREATEST_RATIO * bestNanos;
    out.printf(
        "clocksync / best other median: %s (goal: at most %.2f, and the truth always within"
            + " the bound: %s)%n",
        ratio, GREATEST_RATIO, isReached ? "reached" : "missed");
    return isReached ? REACHED : MISSED;
  }

  private CommandLine.ParameterException wrongUsage(String format, Object... values) {
    return new CommandLine.ParameterException(
        spec.commandLine(), String.format(Locale.ROOT, format, values));
  }

  private static String line(String name, Magnitudes errors) {
    return String.format(
        "%-12s %5d %12.3f ms %8.3f %8.3f",
        name,
        errors.count(),
        millis(errors.medianNanos()),
        millis(errors.p95Nanos()),
        millis(errors.maxNanos()));
  }

  private static double millis(double nanos) {
    return nanos / NANOS_PER_MILLI;
  }
}
