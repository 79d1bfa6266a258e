package com.ibstream.clocksync.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.ibstream.clocksync.examples.loopback.FiveServers;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandIT {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final double LIE_MS = FiveServers.LIE_NANOS / 1e6;

  /** The greatest bound that says anything of a lie on loopback. */
  private static final double SANE_MS = 50;

  /** Error and bound are shown to three decimals. */
  private static final double ROUNDING_MS = 0.001;

  private final ObjectMapper mapper = new ObjectMapper();

  @TempDir private Path directory;

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static HttpResponse<String> get(int port, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void shouldStampNearlyAllAndNameTheLiarWhenItRunsForAFewSeconds() throws Exception {
    Path file = directory.resolve("ticks.jsonl");
    int port = freePort();

    CompletableFuture<Outcome> running =
        CompletableFuture.supplyAsync(
            () ->
                Outcome.of(
                    "demo",
                    "--for",
                    "7s",
                    "--port",
                    Integer.toString(port),
                    "--out",
                    file.toString()));
    await()
        .atMost(PATIENCE)
        .ignoreException(ConnectException.class)
        .untilAsserted(() -> assertThat(get(port, "/system/health").statusCode()).isEqualTo(200));
    JsonNode health = mapper.readTree(get(port, "/health").body());
    Optional<JsonNode> falseticker =
        await().atMost(PATIENCE).until(() -> falseticker(port), Optional::isPresent);
    Outcome outcome = running.get(PATIENCE.toSeconds() * 3, TimeUnit.SECONDS);

    assertThat(health.get("service").textValue()).isEqualTo("ib-stream");
    assertThat(health.get("tws_connected").booleanValue()).isTrue();
    assertThat(health.get("time_sync").get("status").textValue()).isIn("healthy", "warning");
    assertThat(outcome.exitStatus()).as(outcome.out() + outcome.err()).isZero();
    Matcher liar = Pattern.compile("\\((127\\.0\\.0\\.1:\\d+) will lie\\)").matcher(outcome.out());
    assertThat(liar.find()).isTrue();
    checkServedLie(falseticker.orElseThrow(), liar.group(1));
    checkShownLie(outcome.out(), liar.group(1));
    assertThat(outcome.out()).contains("4 of 5 servers agree", "/system/health", file.toString());
    checkTicks(Files.readAllLines(file));
  }

  /** What is served of an outvoted server; a slow answer says little, and the next one more. */
  private Optional<JsonNode> falseticker(int port) throws IOException, InterruptedException {
    JsonNode timeSync = mapper.readTree(get(port, "/health").body()).get("time_sync");
    for (JsonNode source : timeSync.get("clocksync").get("sources")) {
      if (source.get("state").textValue().equals("falseticker")
          && source.get("error_bound_ms").doubleValue() < SANE_MS) {
        return Optional.of(source);
      }
    }
    return Optional.empty();
  }

  /** The system clock is the truth here, so the liar's drift is the lie. */
  private static void checkServedLie(JsonNode source, String liar) {
    double boundMs = source.get("error_bound_ms").doubleValue();

    assertThat(source.get("address").textValue()).isEqualTo(liar);
    assertThat(boundMs).isPositive();
    assertThat(source.get("drift_ms").doubleValue())
        .as("served: %s", source)
        .isCloseTo(-LIE_MS, within(boundMs + ROUNDING_MS));
  }

  /** Whatever was printed of the liar must hold the lie, and something must say it closely. */
  private static void checkShownLie(String out, String liar) {
    String lie = " \\(ahead by (\\d+\\.\\d+) ms to within (\\d+\\.\\d+) ms\\)";
    Matcher shown = Pattern.compile(Pattern.quote(liar) + lie).matcher(out);
    double leastBoundMs = Double.POSITIVE_INFINITY;
    while (shown.find()) {
      double boundMs = Double.parseDouble(shown.group(2));
      assertThat(Double.parseDouble(shown.group(1)))
          .as("shown: %s", shown.group())
          .isCloseTo(LIE_MS, within(boundMs + ROUNDING_MS));
      leastBoundMs = Math.min(leastBoundMs, boundMs);
    }

    assertThat(leastBoundMs).as("loopback is near: %s", out).isPositive().isLessThan(SANE_MS);
    assertThat(out)
        .containsPattern("lying server +" + Pattern.quote(liar) + lie + ", outvoted by 4");
  }

  private void checkTicks(List<String> lines) throws IOException {
    assertThat(lines).hasSizeGreaterThan(3_000);
    long last = Long.MIN_VALUE;
    for (String line : lines) {
      JsonNode tick = mapper.readTree(line);
      long stampMicros = tick.get("st").longValue();
      assertThat(stampMicros)
          .isGreaterThanOrEqualTo(last)
          .isGreaterThan(tick.get("ts").longValue());
      assertThat(tick.get("eb_ns").longValue()).isBetween(1L, 50_000_000L);
      assertThat(tick.get("tl").textValue()).isIn("trusted", "holdover");
      last = stampMicros;
    }
  }

  @Test
  void shouldNameThePortWhenItIsBusy() throws IOException {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(busy.getLocalPort());

      Outcome outcome = Outcome.of("demo", "--for", "1s", "--port", port);

      assertThat(outcome.exitStatus()).isEqualTo(64);
      assertThat(outcome.err()).contains(port, "in use", "--port");
    }
  }

  @Test
  void shouldNameTheFileWhenItCannotBeWritten() {
    Outcome outcome =
        Outcome.of("demo", "--for", "1s", "--port", "0", "--out", "/no/such/directory/ticks.jsonl");

    assertThat(outcome.exitStatus()).isEqualTo(70);
    assertThat(outcome.err()).contains("/no/such/directory/ticks.jsonl");
  }

  @Test
  void shouldKeepRunningWhenOneServerOfTheMonitorIsBad() throws IOException {
    try (OddServer silent = OddServer.silent()) {
      Outcome outcome =
          Outcome.of(
              "monitor",
              "--for",
              "2s",
              "--port",
              "0",
              "--servers",
              silent.address() + ",no-such-host.invalid");

      assertThat(outcome.exitStatus()).isEqualTo(3);
      assertThat(outcome.out())
          .contains(silent.address(), "no-such-host.invalid", "cannot be judged", "WARNING");
    }
  }
}
