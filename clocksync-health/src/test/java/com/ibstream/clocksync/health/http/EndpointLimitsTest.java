package com.ibstream.clocksync.health.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.ibstream.clocksync.health.ClockHealthContributor;
import com.ibstream.clocksync.health.Statuses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests without end, and an endpoint that ends while requests are under way. */
@Timeout(60)
class EndpointLimitsTest {

  private static final int TOO_MUCH = 20_000_000;

  private final CountDownLatch isAsked = new CountDownLatch(1);
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private HealthEndpoint endpoint;

  @AfterEach
  void close() {
    mayAnswer.countDown();
    endpoint.close();
  }

  private void open(Supplier<HealthAnswer> slow) throws IOException {
    ClockHealthContributor contributor =
        new ClockHealthContributor(() -> Statuses.healthy().build());
    HealthAnswers answers =
        new HealthAnswers(
            contributor,
            () -> HostFacts.NONE,
            new DriftLog(),
            new EventLog(),
            Map.of("/slow", slow));
    endpoint = HealthEndpoint.open(HealthEndpoint.LOOPBACK, 0, answers);
  }

  private HealthAnswer answer() {
    return new HealthAnswer(200, Map.of(), "done");
  }

  private HealthAnswer answerWhenAllowed() {
    isAsked.countDown();
    try {
      mayAnswer.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return answer();
  }

  /** What the endpoint says to a request, as far as it comes. */
  private String send(String head, int more) throws IOException {
    try (Socket socket =
        new Socket(endpoint.address().getAddress(), endpoint.address().getPort())) {
      OutputStream out = socket.getOutputStream();
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      try {
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        byte[] piece = new byte[50_000];
        Arrays.fill(piece, (byte) 'a');
        for (int sent = 0; sent < more; sent += piece.length) {
          out.write(piece);
        }
        InputStream in = socket.getInputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
          answer.write(b);
        }
      } catch (IOException e) {
        answer.write(" cut off".getBytes(StandardCharsets.US_ASCII));
      }
      return answer.toString(StandardCharsets.US_ASCII);
    }
  }

  private String get(String path) throws IOException {
    return send("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /",
        "GET /health?",
        "GET /health HTTP/1.1\r\nX: ",
        "POST /health HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000000\r\n\r\n"
      })
  void shouldCutOffRequestsWithoutEndAndGoOn(String head) throws IOException {
    open(this::answer);

    assertThat(send(head, TOO_MUCH)).doesNotContain("200 OK").endsWith("cut off");
    assertThat(get("/health")).contains("200 OK");
  }

  @Test
  void shouldAnswerWhatIsUnderWayWhenItCloses() throws Exception {
    open(this::answerWhenAllowed);
    CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> getUnchecked("/slow"));
    isAsked.await();
    CompletableFuture<Void> closed = CompletableFuture.runAsync(endpoint::close);

    mayAnswer.countDown();

    assertThat(asked.get(30, TimeUnit.SECONDS)).contains("200 OK").endsWith("done");
    closed.get(30, TimeUnit.SECONDS);
    assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> get("/health"));
  }

  @Test
  void shouldEndBesideARequestThatNeverEnds() throws Exception {
    open(this::answerWhenAllowed);
    CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> getUnchecked("/slow"));
    isAsked.await();

    endpoint.close();
    endpoint.close();

    assertThat(asked.get(30, TimeUnit.SECONDS)).doesNotContain("200 OK");
    assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> get("/health"));
  }

  private String getUnchecked(String path) {
    try {
      return get(path);
    } catch (IOException e) {
      return String.valueOf(e);
    }
  }
}
