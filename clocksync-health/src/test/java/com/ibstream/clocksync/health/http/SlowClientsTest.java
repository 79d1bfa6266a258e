package com.ibstream.clocksync.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.health.ClockHealthContributor;
import com.ibstream.clocksync.health.Statuses;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Clients and host services that would hold every thread if they could. */
class SlowClientsTest {

  private static final int CLIENTS = 500;
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private final HttpClient client = HttpClient.newHttpClient();

  private HttpResponse<String> get(HealthEndpoint endpoint, String path) throws Exception {
    URI uri = endpoint.uri(path);
    return client.send(
        HttpRequest.newBuilder(uri).timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HealthEndpoint open(HostFacts facts) throws Exception {
    ClockHealthContributor contributor =
        new ClockHealthContributor(() -> Statuses.healthy().build());
    return HealthEndpoint.open(
        HealthEndpoint.LOOPBACK, 0, new HealthAnswers(contributor, () -> facts));
  }

  @Test
  void shouldAnswerOthersWhileManyClientsSendHalfARequest() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try (HealthEndpoint endpoint = open(HostFacts.NONE)) {
      for (int i = 0; i < CLIENTS; i++) {
        Socket socket = new Socket(endpoint.address().getAddress(), endpoint.address().getPort());
        slow.add(socket);
        String half =
            i % 2 == 0
                ? "GET /system/health HTTP/1.1\r\nHost: x"
                : "POST /health HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nabc";
        socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
      }

      HttpResponse<String> answer = get(endpoint, HealthAnswers.SYSTEM_HEALTH);

      assertThat(answer.statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void shouldSayDegradedAndGoOnAnsweringWhenTheHostServiceBlocks() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    HostFacts blocking =
        new HostFacts() {
          @Override
          public Optional<Boolean> twsConnected() {
            try {
              never.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return Optional.of(true);
          }
        };
    try (HealthEndpoint endpoint = open(blocking)) {
      for (int i = 0; i < 6; i++) {
        HttpResponse<String> answer = get(endpoint, HealthAnswers.SYSTEM_HEALTH);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("host facts: no answer within 1 s");
      }
      assertThat(get(endpoint, HealthAnswers.TIME_STATUS).statusCode()).isEqualTo(200);

      never.countDown();
    }
  }
}
