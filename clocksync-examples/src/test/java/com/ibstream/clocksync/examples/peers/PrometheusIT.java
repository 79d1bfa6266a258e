package com.ibstream.clocksync.examples.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.ibstream.clocksync.ClockMonitor;
import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.examples.loopback.FiveServers;
import com.ibstream.clocksync.examples.loopback.ServedTime;
import com.ibstream.clocksync.health.plugin.ClockHealthPlugin;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.WallClock;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus reads the endpoint, and judges by the rules that come with it. */
class PrometheusIT {

  private static final Path RULES = Path.of("../docs/operations/clocksync.rules.yml");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private final HttpClient client = HttpClient.newHttpClient();

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private JsonNode query(int port, String expression) throws Exception {
    URI uri =
        URI.create(
            "http://127.0.0.1:"
                + port
                + "/api/v1/query?query="
                + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    HttpResponse<String> answer =
        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    return new ObjectMapper().readTree(answer.body()).at("/data/result");
  }

  private double value(int port, String expression) {
    try {
      JsonNode result = query(port, expression);
      return result.isEmpty() ? Double.NaN : result.at("/0/value/1").asDouble();
    } catch (Exception e) {
      return Double.NaN; // it may not listen yet
    }
  }

  /** Ends with the test. */
  private record Server(Process process) implements AutoCloseable {

    @Override
    public void close() {
      process.destroyForcibly();
      process.onExit().join();
    }
  }

  private Server start(int port, int target) throws IOException {
    Path config = directory.resolve("prometheus.yml");
    Files.writeString(
        config,
        "global: {scrape_interval: 1s, evaluation_interval: 1s}\nrule_files: ['"
            + RULES.toRealPath()
            + "']\nscrape_configs:\n  - job_name: clocksync\n    static_configs: [{targets: ['127.0.0.1:"
            + target
            + "']}]\n");
    return new Server(
        new ProcessBuilder(
                Peers.prometheus().toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start());
  }

  @Test
  void shouldBeScrapedAndJudgedByTheRules() throws Exception {
    int healthPort = freePort();
    int port = freePort();
    try (Server prometheus = start(port, healthPort)) {
      shouldBeScraped(port, healthPort);
      await().atMost(LIMIT).until(() -> value(port, "up") == 0);
      await()
          .atMost(LIMIT)
          .until(() -> !query(port, "ALERTS{alertname=\"ClocksyncAbsent\"}").isEmpty());
      assertThat(prometheus.process().isAlive()).isTrue();
    }
  }

  private void shouldBeScraped(int port, int healthPort) throws Exception {
    ServedTime truth = ServedTime.of(Ruler.system(), WallClock.system());
    try (FiveServers servers = FiveServers.start(truth);
        ClockMonitor monitor =
            ClockMonitor.start(
                ClockMonitorConfig.builder()
                    .servers(servers.addresses())
                    .timeout(Duration.ofMillis(500))
                    .minPoll(Duration.ofSeconds(1))
                    .maxPoll(Duration.ofSeconds(4))
                    .setting(ClockHealthPlugin.PORT_KEY, Integer.toString(healthPort))
                    .build())) {
      monitor.awaitTrusted(Duration.ofSeconds(20));
      await().atMost(LIMIT).until(() -> value(port, "clocksync_safe_to_stamp") == 1);
      assertThat(value(port, "clocksync_has_data")).isEqualTo(1);
      assertThat(Math.abs(value(port, "clocksync_offset_seconds"))).isLessThan(0.05);
      assertThat(value(port, "count(clocksync_source_offset_seconds)")).isEqualTo(5);
      await().atMost(LIMIT).until(() -> value(port, "sum(clocksync_source_agrees)") == 4);
      await()
          .atMost(LIMIT)
          .until(() -> value(port, "instance:clocksync_offset_most_seconds") < 0.05);
    }
  }

  @Test
  void shouldHaveRulesThatStandTheirTests() throws Exception {
    Process tests =
        new ProcessBuilder(
                List.of(Peers.promtool().toString(), "test", "rules", "clocksync.rules.test.yml"))
            .directory(RULES.toRealPath().getParent().toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(tests.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(tests.waitFor()).as(said).isZero();
    assertThat(said).contains("SUCCESS");
  }
}
