package com.ibstream.clocksync.examples.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.ibstream.clocksync.examples.loopback.LoopbackNtpServer;
import com.ibstream.clocksync.examples.loopback.ServedTime;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.WallClock;
import com.ibstream.clocksync.verdict.OffsetCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process under a false system clock that is stepped while it runs. The clock of this machine is
 * not touched; the servers are in this process, which sees the true one.
 */
class SteppedClockIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000 * MILLI;
  private static final long MOST_DELAY_NANOS = 500 * MILLI;
  private static final String TRUSTED = "TRUSTED";
  private static final double MOST_SIZE_ERROR_NANOS = 2.0 * MILLI;

  /** A jump, and what the host of New York is to make of it. */
  private record Step(long nanos, String cause) {}

  private static final List<Step> STEPS =
      List.of(
          new Step(37 * SECOND, OffsetCause.TAI_MINUS_UTC.name()),
          new Step(-3_600 * SECOND, OffsetCause.DAYLIGHT_SHIFT.name()),
          new Step(-61_200 * SECOND, OffsetCause.ZONE_AND_TWELVE_HOURS.name()),
          new Step(300 * MILLI, "NONE"));

  @TempDir private Path directory;

  private final List<LoopbackNtpServer> servers = new ArrayList<>();

  @Test
  void shouldDeclareEachStepAtOnceWithSizeDirectionAndCauseAndStampRightThroughout()
      throws IOException, InterruptedException {
    Path library = Peers.faketimeLibrary();
    Path shift = directory.resolve("shift");
    Path out = directory.resolve("out");
    shiftTo(shift, 0);
    ServedTime truth = ServedTime.of(Ruler.system(), WallClock.system());
    for (String kind : List.of("GPS", "PPS", "DCFA")) {
      servers.add(LoopbackNtpServer.start(kind, truth));
    }
    ProcessBuilder builder = new ProcessBuilder(command(utcMinusMonoNanos(truth)));
    builder.environment().keySet().removeIf(name -> name.startsWith("CLOCKSYNC_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", shift.toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "DONT_FAKE_MONOTONIC", "1"));
    Process process =
        builder
            .redirectOutput(out.toFile())
            .redirectError(directory.resolve("err").toFile())
            .start();
    try {
      awaitLines(out, "READY", 1);
      long shifted = 0;
      for (int i = 0; i < STEPS.size(); i++) {
        shifted += STEPS.get(i).nanos();
        long trusted = lines(out).stream().filter(TRUSTED::equals).count();
        shiftTo(shift, shifted);
        awaitLines(out, "JUMPED ", i + 1);
        awaitLines(out, "CHANGED ", i + 1);
        awaitLines(out, TRUSTED, trusted + 1);
      }
      process.getOutputStream().close();
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertSteps(lines(out));
    } finally {
      process.destroyForcibly();
      servers.forEach(LoopbackNtpServer::close);
      System.out.println(Files.readString(directory.resolve("err")).strip());
    }
  }

  private static void assertSteps(List<String> lines) {
    lines.forEach(System.out::println);
    List<String[]> changes = fields(lines, "CHANGED ");
    List<String[]> jumps = fields(lines, "JUMPED ");
    List<String[]> heldUps = fields(lines, "HELD_UP ");
    assertThat(jumps).as("one declaration for each step").hasSize(STEPS.size());
    for (int i = 0; i < STEPS.size(); i++) {
      Step step = STEPS.get(i);
      long delayNanos = Long.parseLong(jumps.get(i)[1]) - Long.parseLong(changes.get(i)[1]);
      System.out.printf(
          Locale.ROOT,
          "step of %.3f s declared %.1f ms after it was seen to happen, wrong by %.3f ms%n",
          step.nanos() / 1e9,
          delayNanos / 1e6,
          (Long.parseLong(jumps.get(i)[2]) - step.nanos()) / 1e6);
      long heldUpNanos = Long.parseLong(heldUps.get(i)[1]);
      assertThat(delayNanos)
          .as("declared, beside %d ns in which the process did not run", heldUpNanos)
          .isLessThanOrEqualTo(MOST_DELAY_NANOS + heldUpNanos);
      assertThat((double) Long.parseLong(jumps.get(i)[2]))
          .isCloseTo((double) step.nanos(), within(MOST_SIZE_ERROR_NANOS));
      assertThat(jumps.get(i)[3]).as("the kernel rules a sleep out").isEqualTo("STEPPED");
      assertThat(jumps.get(i)[4]).isEqualTo(step.cause());
    }
    String[] reads = fields(lines, "READS ").get(0);
    assertThat(Long.parseLong(reads[1])).as("reads").isGreaterThan(1_000);
    assertThat(Long.parseLong(reads[2])).as("trusted reads").isGreaterThan(1_000);
    assertThat(Long.parseLong(reads[3])).as("reads further off than their bound").isZero();
    assertThat(Long.parseLong(reads[4])).as("reads that went back").isZero();
  }

  private static List<String[]> fields(List<String> lines, String word) {
    return lines.stream()
        .filter(line -> line.startsWith(word))
        .map(line -> line.split(" "))
        .toList();
  }

  /** The narrowest of many: known to far less than any bound on loopback. */
  private static long utcMinusMonoNanos(ServedTime truth) {
    Ruler ruler = Ruler.system();
    long best = Long.MAX_VALUE;
    long difference = 0;
    for (int i = 0; i < 1_000; i++) {
      long first = ruler.monoNanos();
      long utc = truth.epochNanos();
      long width = ruler.monoNanos() - first;
      if (width < best) {
        best = width;
        difference = utc - first - width / 2;
      }
    }
    return difference;
  }

  private List<String> command(long utcMinusMonoNanos) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-Duser.timezone=America/New_York");
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), StepObserver.class.getName()));
    command.add(Long.toString(utcMinusMonoNanos));
    servers.forEach(server -> command.add(server.address()));
    return command;
  }

  /** In one go, so that nobody reads half of it. */
  private static void shiftTo(Path shift, long nanos) throws IOException {
    Path next = shift.resolveSibling("next");
    Files.writeString(next, String.format(Locale.ROOT, "%+.3f%n", nanos / 1e9));
    Files.move(next, shift, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void awaitLines(Path out, String word, long count) {
    await()
        .atMost(PATIENCE)
        .until(() -> lines(out).stream().filter(line -> line.startsWith(word)).count() >= count);
  }

  private static List<String> lines(Path out) throws IOException {
    return Files.readAllLines(out);
  }
}
