package com.ibstream.clocksync.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.history.chain.ChainCheck;
import com.ibstream.clocksync.history.chain.ChainVerdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that writes, at random moments, again and again on the same chain. */
class KilledWriterTest {

  private static final int KILLS = Integer.getInteger("history.kills", 20);
  private static final int MOST_MILLIS = 150;

  @TempDir private Path directory;

  @Test
  void shouldLoseNothingThatWasWrittenWhenItIsKilled() throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(5);
    long before = 0;
    for (int i = 0; i < KILLS; i++) {
      long told = writeAndKill(random.nextInt(MOST_MILLIS));
      ChainVerdict verdict = ChainCheck.of(directory);

      assertThat(verdict.firstBreak()).as("kill %d", i).isEmpty();
      assertThat(told).as("kill %d", i).isGreaterThan(before);
      assertThat(verdict.recordCount()).as("kill %d", i).isGreaterThanOrEqualTo(told);
      before = verdict.recordCount();
    }
    System.out.printf("killed %d times; the chain has %,d records%n", KILLS, before);
  }

  /** Gives how many records it said that it had written. */
  private long writeAndKill(long millis) throws IOException, InterruptedException {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledWriter.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
      String last = lines.readLine();
      assertThat(last).as("the writer has begun").isNotNull();
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      while (System.nanoTime() - end < 0) {
        last = lines.readLine();
      }
      writer
          .toHandle()
          .destroyForcibly(); // unlike the process's own method it leaves the pipe open
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = line.matches("\\d+") ? line : last;
      }
      assertThat(writer.waitFor(10, TimeUnit.SECONDS)).isTrue();
      return Long.parseLong(last);
    } finally {
      writer.destroyForcibly();
    }
  }
}
