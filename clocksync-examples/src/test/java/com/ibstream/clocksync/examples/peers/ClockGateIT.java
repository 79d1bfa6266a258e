package com.ibstream.clocksync.examples.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gate for Python processes, as the guide shows it, run by a real Python. */
class ClockGateIT {

  private static final Path PROGRAM = Path.of("src/test/python/clock_gate.py");
  private static final String GOOD =
      "{\"status\":\"healthy\",\"drift_ms\":-0.3,\"uncertainty_ms\":1.2,"
          + "\"safe_to_stamp\":true,\"synchronised\":true}";

  private HttpServer server;
  private volatile int statusCode = 200;
  private volatile String body = GOOD;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(statusCode, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  /** Its exit status: 0 if stamps may be taken. */
  private int run() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Peers.python().toString(),
                PROGRAM.toString(),
                "http://127.0.0.1:" + server.getAddress().getPort() + "/time/status")
            .inheritIO()
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void shouldBeWhatTheGuideShows() throws IOException {
    assertThat(Files.readString(Path.of("../docs/ib-stream.md")))
        .contains("```python\n" + Files.readString(PROGRAM) + "```");
  }

  @Test
  void shouldOpenForAGoodClockOnly() throws Exception {
    assertThat(run()).isZero();

    statusCode = 503;
    assertThat(run()).as("a good word with a bad status code").isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "true, false",
    "true, 1",
    "\"healthy\", \"splendid\"",
    "-0.3, null",
    "-0.3, NaN",
    "-0.3, 48.9",
    "-0.3, -48.9",
    "-0.3, \"0\"",
    "1.2, 49.8",
    "\"uncertainty_ms\", \"other\"",
    "{, ["
  })
  void shouldCloseWhereAnythingIsNotGood(String good, String bad) throws Exception {
    body = GOOD.replace(good, bad);
    assertThat(body).isNotEqualTo(GOOD);

    assertThat(run()).isEqualTo(1);
  }

  @Test
  void shouldCloseWhereNobodyAnswers() throws Exception {
    server.stop(0);

    assertThat(run()).isEqualTo(1);
  }
}
