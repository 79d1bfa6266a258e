package com.ibstream.clocksync.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandIT {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

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
    Outcome outcome = running.get(PATIENCE.toSeconds() * 3, TimeUnit.SECONDS);

    assertThat(health.get("service").textValue()).isEqualTo("ib-stream");
    assertThat(health.get("tws_connected").booleanValue()).isTrue();
    assertThat(health.get("time_sync").get("status").textValue()).isIn("healthy", "warning");
    assertThat(outcome.exitStatus()).as(outcome.out() + outcome.err()).isZero();
    Matcher liar = Pattern.compile("\\((127\\.0\\.0\\.1:\\d+) will lie\\)").matcher(outcome.out());
    assertThat(liar.find()).isTrue();
    // A busy machine answers late by some milliseconds, and that is no matter of the lie.
    assertThat(outcome.out())
        .containsPattern(
            "lying server +"
                + liar.group(1)
                + " \\(ahead by 2(4[5-9]|5[0-5])\\.\\d+ ms\\), outvoted by 4")
        .contains("4 of 5 servers agree", "/system/health", file.toString());
    checkTicks(Files.readAllLines(file));
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
