package com.ibstream.clocksync.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.google.common.base.Splitter;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Looks for hostile input, guided by the branches it reaches: Jazzer, in a process of its own for
 * each target. {@code -Dfuzz.seconds} for all targets together, {@code -Dfuzz.seed}; 0 is another
 * seed each time.
 */
class GuidedFuzzIT {

  private static final int SECONDS = Integer.getInteger("fuzz.seconds", 30);
  private static final int SEED = Integer.getInteger("fuzz.seed", 1);
  private static final String REQUIRE = "REQUIRE_FUZZER";
  private static final long SLACK_SECONDS = 180;
  private static final int SLOWEST_INPUT_SECONDS = 20;
  private static final Pattern NEEDED =
      Pattern.compile(
          "classes/?$|(?:clocksync-core|guava|jackson|commons-net|slf4j|jazzer)[^/\\\\]*\\.jar$");
  private static final Pattern RUNS = Pattern.compile("stat::number_of_executed_units: *(\\d+)");
  private static final Pattern COVERED = Pattern.compile("cov: (\\d+)");
  private static final Pattern CANNOT_RUN =
      Pattern.compile("UnsatisfiedLinkError|Unsupported (?:OS|CPU|architecture)");

  @ParameterizedTest
  @EnumSource
  void shouldFindNoInputThatBreaksAPromise(FuzzTarget target)
      throws IOException, InterruptedException {
    Path folder = Path.of("target", "fuzz", target.folder()).toAbsolutePath();
    if (Files.exists(folder)) {
      MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    }
    Files.createDirectories(folder.resolve("corpus"));
    Path log = folder.resolve("fuzzer.log");
    int seconds = Math.max(1, SECONDS / FuzzTarget.values().length);

    Process fuzzer =
        new ProcessBuilder(command(target, folder, seconds))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean hasEnded = fuzzer.waitFor(seconds + SLACK_SECONDS, TimeUnit.SECONDS);
    fuzzer.destroyForcibly();

    String output = Files.readString(log, StandardCharsets.ISO_8859_1);
    assertThat(hasEnded).as("the fuzzer ends; see %s", log).isTrue();
    List<Path> findings = findings(folder);
    if (findings.isEmpty() && CANNOT_RUN.matcher(output).find()) {
      String message = "no guided fuzzing: Jazzer's native part does not run here; see " + log;
      assertThat(System.getenv(REQUIRE)).as(message).isNotEqualTo("true");
      abort(message);
    }
    assertThat(findings).as("%s", replay(target, findings, output)).isEmpty();
    assertThat(fuzzer.exitValue()).as("exit value; see %s%n%s", log, tail(output)).isZero();
    // The seeds are tried also where a machine is too busy for more.
    assertThat(last(RUNS, output)).as("inputs tried; see %s", log).isGreaterThan(5);
    assertThat(last(COVERED, output)).as("branches reached; see %s", log).isGreaterThan(20);
    System.out.printf(
        "guided fuzzing of %s: %,d inputs, %,d branches in %d s%n",
        target, last(RUNS, output), last(COVERED, output), seconds);
  }

  private static List<String> command(FuzzTarget target, Path folder, int seconds) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    command.add("-XX:+EnableDynamicAgentLoading");
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", classPath()));
    command.add("com.code_intelligence.jazzer.Jazzer");
    command.add("--target_class=" + target.className());
    command.add("--instrumentation_includes=com.ibstream.clocksync.**");
    command.add("--custom_hook_includes=com.ibstream.clocksync.**");
    command.add("--disabled_hooks=com.code_intelligence.jazzer.sanitizers.FilePathTraversal");
    command.add("--reproducer_path=" + folder);
    command.add("-artifact_prefix=" + folder + "/");
    command.add("-max_total_time=" + seconds);
    command.add("-max_len=" + target.longestInput());
    command.add("-timeout=" + SLOWEST_INPUT_SECONDS);
    command.add("-rss_limit_mb=0");
    command.add("-seed=" + SEED);
    command.add("-print_final_stats=1");
    command.add(folder.resolve("corpus").toString());
    command.add(target.seeds().toAbsolutePath().toString());
    return command;
  }

  /** What the targets need; the fuzzer's start takes the longer, the more it has to search. */
  private static String classPath() {
    return Splitter.on(File.pathSeparator)
        .splitToStream(System.getProperty("java.class.path"))
        .filter(entry -> NEEDED.matcher(entry).find())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static List<Path> findings(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("(?:crash|timeout|oom|leak)-.*"))
          .toList();
    }
  }

  private static String replay(FuzzTarget target, List<Path> findings, String output) {
    return String.format(
        "%s%n%n%s breaks a promise of %s. To replay it, now and in every build:%n"
            + "  cp %s %s/%n  mvn test -pl clocksync-core -Dtest=FuzzSeedTest%n",
        tail(output),
        findings,
        target,
        findings.isEmpty() ? "" : findings.get(0),
        Path.of("clocksync-core").resolve(target.seeds()));
  }

  private static String tail(String output) {
    int from = output.indexOf("== Java Exception");
    return output.substring(from >= 0 ? from : Math.max(0, output.length() - 3_000));
  }

  private static long last(Pattern pattern, String output) {
    long value = 0;
    for (Matcher matcher = pattern.matcher(output); matcher.find(); ) {
      value = Long.parseLong(matcher.group(1));
    }
    return value;
  }
}
