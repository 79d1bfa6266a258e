package com.ibstream.clocksync.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.ClockMonitor;
import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.examples.loopback.FiveServers;
import com.ibstream.clocksync.examples.loopback.ServedTime;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.TrustReason;
import com.ibstream.clocksync.time.TrustedClock;
import com.ibstream.clocksync.time.WallClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's Java lines, compiled and run. */
class ReadmeExampleTest {

  private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern COMMENT = Pattern.compile("\\s*//.*");

  private final List<Long> stored = new ArrayList<>();

  private void store(String tick, long epochNanos, long errorBoundNanos) {
    assertThat(errorBoundNanos).as(tick).isPositive();
    stored.add(epochNanos);
  }

  private void refuse(String tick, TrustReason reason) {
    throw new AssertionError(tick + " refused: " + reason);
  }

  @Test
  void shouldStampATickAsTheReadmeShows() throws Exception {
    String tick = "a tick";
    try (FiveServers servers =
        FiveServers.start(ServedTime.of(Ruler.system(), WallClock.system()))) {
      ClockMonitorConfig config = ClockMonitorConfig.builder().servers(servers.addresses()).build();
      ClockMonitor monitor = ClockMonitor.start(config);
      monitor.awaitTrusted(Duration.ofSeconds(10));
      TrustedClock clock = monitor.clock();
      Reading reading = new Reading();

      clock.read(reading);
      if (reading.isTrusted()) {
        store(tick, reading.epochNanos(), reading.errorBoundNanos());
      } else {
        refuse(tick, reading.reason());
      }
      monitor.close();
    }

    assertThat(stored).hasSize(1);
  }

  @Test
  void shouldBeTheSameLinesAsInTheReadme() throws IOException {
    Matcher block = JAVA_BLOCK.matcher(Files.readString(Path.of("../README.md")));
    assertThat(block.find()).isTrue();
    List<String> readme =
        Arrays.stream(block.group(1).split("\n"))
            .map(line -> COMMENT.matcher(line).replaceAll("").strip())
            .filter(line -> !line.isEmpty())
            .toList();
    String source =
        Files.readString(
            Path.of("src/test/java/com/ibstream/clocksync/examples/ReadmeExampleTest.java"));

    assertThat(readme).hasSizeGreaterThan(8);
    assertThat(readme.get(0))
        .contains(
            "ClockMonitor.start(ClockMonitorConfig.builder().environment(System.getenv()).build())");
    assertThat(readme.subList(1, readme.size())).allMatch(source::contains);
  }
}
