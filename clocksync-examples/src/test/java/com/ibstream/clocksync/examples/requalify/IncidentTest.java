package com.ibstream.clocksync.examples.requalify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.ibstream.clocksync.ClockMonitor;
import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.history.stamps.StampQualifier;
import com.ibstream.clocksync.testing.SimulatedWorld;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first incident again, simulated: a system clock that is set back by 37 s, ticks stamped with
 * it for a day and a half, and set right. {@code -Drequalify.ticks=10000000} for the full size.
 */
class IncidentTest {

  private static final int TICKS = Integer.getInteger("requalify.ticks", 200_000);
  private static final long SECOND = 1_000_000_000L;
  private static final long STEP_NANOS = 5 * SECOND;
  private static final int STEPS = 2 * 24 * 720;
  private static final double ENOUGH = 0.9999;

  @TempDir private Path directory;

  /** Stamps ticks in simulated time; each tells the truth beside. */
  private void simulate(Path ticks) throws IOException {
    SimulatedWorld world = new SimulatedWorld(37, Instant.parse("2026-11-23T00:00:00Z"));
    world.rulerErrorPpm(18);
    for (int i = 1; i <= 4; i++) {
      world.server("192.0.2." + i).path(5_000_000, 5_000_000, 300_000);
    }
    try (ClockMonitor monitor =
            ClockMonitor.start(
                ClockMonitorConfig.builder()
                    .servers("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4")
                    .slewAllowancePpm(500)
                    .lookInterval(Duration.ofSeconds(5))
                    .setting("history.directory", directory.resolve("history").toString())
                    .build(),
                world.seams());
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(ticks), 1 << 18)) {
      world.runFor(Duration.ofMinutes(2));
      for (int step = 0; step < STEPS; step++) {
        if (step == 720) {
          world.wallClock().step(-37 * SECOND);
        } else if (step == STEPS - 720) {
          world.wallClock().step(37 * SECOND);
        }
        world.runFor(Duration.ofNanos(STEP_NANOS));
        write(world, step, out);
      }
      world.runFor(Duration.ofMinutes(2));
      assertThat(monitor.status().isSafeToStamp()).isTrue();
    }
  }

  private static void write(SimulatedWorld world, int step, OutputStream out) throws IOException {
    long from = (long) TICKS * step / STEPS;
    long to = (long) TICKS * (step + 1) / STEPS;
    long wall = world.wallClock().epochNanos() / 1_000;
    long truth = world.trueEpochNanos() / 1_000;
    for (long i = 0; i < to - from; i++) {
      String tick =
          String.format(
              Locale.ROOT,
              "{\"ts\":%d,\"st\":%d,\"truth\":%d,\"cid\":711280073,\"tt\":\"bid_ask\",\"rid\":%d,\"bp\":23260.25,"
                  + "\"bs\":4.0,\"ap\":23260.75,\"as\":2.0}%n",
              (truth + i) / 1_000_000 * 1_000_000,
              wall + i,
              truth + i,
              from + i);
      out.write(tick.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void shouldPutTheTicksOfAnIncidentRight() throws IOException {
    Path ticks = directory.resolve("ticks.jsonl");
    Path done = directory.resolve("done.jsonl");
    simulate(ticks);

    StampQualifier qualifier = StampQualifier.of(directory.resolve("history"));
    Requalifier requalifier = new Requalifier(qualifier::qualifySystemClock);
    long begin = System.nanoTime();
    try (InputStream from = new BufferedInputStream(Files.newInputStream(ticks), 1 << 18);
        OutputStream to = new BufferedOutputStream(Files.newOutputStream(done), 1 << 18)) {
      requalifier.copy(from, to);
    }
    double seconds = (System.nanoTime() - begin) / 1e9;

    long right = 0;
    long marked = 0;
    long worst = 0;
    ObjectMapper json = new ObjectMapper();
    try (BufferedReader lines = Files.newBufferedReader(done)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode tick = json.readTree(line);
        long error = Math.abs(tick.path("cst").asLong() - tick.get("truth").asLong());
        boolean isRight = tick.has("cst") && error <= tick.get("cse").asLong() + 1;
        if (tick.get("csq").asText().equals("good")) {
          assertThat(isRight).as(line).isTrue();
          right++;
          worst = Math.max(worst, tick.get("cse").asLong());
        } else {
          marked++;
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%,d ticks in %.1f s, %,.0f a second: %,d corrected within their bound (%.4f %%), at most"
            + " %.1f ms; %,d marked: %s%n",
        right + marked,
        seconds,
        (right + marked) / seconds,
        right,
        100.0 * right / (right + marked),
        worst / 1e3,
        marked,
        requalifier.counts());
    assertThat(right + marked).isEqualTo(TICKS);
    assertThat((double) right / TICKS).isGreaterThanOrEqualTo(ENOUGH);
    assertThat(Files.size(done)).isGreaterThan(Files.size(ticks));
  }
}
