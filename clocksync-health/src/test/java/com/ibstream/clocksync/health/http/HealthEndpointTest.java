package com.ibstream.clocksync.health.http;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.ibstream.clocksync.health.ClockHealthContributor;
import com.ibstream.clocksync.health.Statuses;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthEndpointTest {

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private HealthEndpoint endpoint;

  private static HealthAnswers answers(Statuses statuses) {
    return new HealthAnswers(new ClockHealthContributor(statuses::build), () -> HostFacts.NONE);
  }

  @BeforeEach
  void open() throws IOException {
    endpoint = HealthEndpoint.open(HealthEndpoint.LOOPBACK, 0, answers(Statuses.healthy()));
  }

  @AfterEach
  void close() {
    endpoint.close();
  }

  private HttpResponse<String> send(String method, URI uri)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(5))
            .method(
                method,
                method.equals("POST") ? BodyPublishers.ofString("x") : BodyPublishers.noBody())
            .build();
    return client.send(request, ofString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/system/health", "/time/status", "/health?verbose=1"})
  void shouldServeJsonWhenAskedOverLoopback(String path) throws Exception {
    HttpResponse<String> response = send("GET", endpoint.uri(path));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(Json.parse(response.body())).isNotEmpty();
  }

  @Test
  void shouldListenOnLoopbackOnly() {
    assertThat(endpoint.address().getAddress().isLoopbackAddress()).isTrue();
    assertThat(endpoint.address().getPort()).isPositive();
  }

  @Test
  void shouldSayUnavailableWhenTheSystemIsDegraded() throws Exception {
    try (HealthEndpoint degraded =
        HealthEndpoint.open("127.0.0.1", 0, answers(Statuses.neverProved()))) {
      assertThat(send("GET", degraded.uri("/system/health")).statusCode()).isEqualTo(503);
      assertThat(send("GET", degraded.uri("/health")).statusCode()).isEqualTo(200);
      assertThat(send("GET", degraded.uri("/time/status")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void shouldSendHeadersOnlyWhenTheMethodIsHead() throws Exception {
    HttpResponse<String> head = send("HEAD", endpoint.uri("/health"));
    HttpResponse<String> get = send("GET", endpoint.uri("/health"));

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length"))
        .contains(Integer.toString(get.body().length()));
  }

  @Test
  void shouldRefuseWhenTheMethodIsPost() throws Exception {
    HttpResponse<String> response = send("POST", endpoint.uri("/health"));

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/nothing", "/health/more", "/%2e%2e/health"})
  void shouldAnswerNotFoundWhenThePathIsUnknown(String path) throws Exception {
    HttpResponse<String> response = send("GET", endpoint.uri(path));

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(Json.parse(response.body()).get("status").textValue()).isEqualTo("error");
  }

  @Test
  void shouldNameHostAndPortWhenThePortIsBusy() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();

      assertThatExceptionOfType(BindException.class)
          .isThrownBy(() -> HealthEndpoint.open("127.0.0.1", port, answers(Statuses.healthy())))
          .withMessage("port " + port + " on 127.0.0.1 is in use");
    }
  }

  @Test
  void shouldNameTheAddressWhenItIsNotOurs() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> HealthEndpoint.open("192.0.2.1", 0, answers(Statuses.healthy())))
        .withMessageContaining("cannot listen on port 0 of 192.0.2.1");
  }

  @Test
  void shouldNameTheHostWhenItHasNoAddress() {
    assertThatExceptionOfType(UnknownHostException.class)
        .isThrownBy(() -> HealthEndpoint.open("no host", 0, answers(Statuses.healthy())))
        .withMessage("host no host has no address");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void shouldRejectThePortWhenItIsNone(int port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HealthEndpoint.open("127.0.0.1", port, answers(Statuses.healthy())))
        .withMessageContaining(Integer.toString(port));
  }

  @Test
  void shouldFreeThePortWhenClosed() throws Exception {
    int port = endpoint.address().getPort();
    URI uri = endpoint.uri("/health");

    endpoint.close();
    endpoint.close();

    assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> send("GET", uri));
    HealthEndpoint.open("127.0.0.1", port, answers(Statuses.healthy())).close();
  }

  @Test
  void shouldCloseAtOnceWhenARequestIsUnderWay() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    ClockHealthContributor blocked =
        new ClockHealthContributor(
            () -> {
              entered.countDown();
              awaitInterrupt(never);
              return Statuses.healthy().build();
            });
    HealthEndpoint busy =
        HealthEndpoint.open("127.0.0.1", 0, new HealthAnswers(blocked, () -> HostFacts.NONE));
    CompletableFuture<HttpResponse<String>> pending =
        client.sendAsync(HttpRequest.newBuilder(busy.uri("/health")).build(), ofString());
    entered.await();

    long start = System.nanoTime();
    busy.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));
    assertThat(pending).failsWithin(Duration.ofSeconds(5));
  }

  private static void awaitInterrupt(CountDownLatch never) {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void shouldRunOnDaemonsOnlyWhenItServes() throws Exception {
    List<Thread> before = List.copyOf(Thread.getAllStackTraces().keySet());

    try (HealthEndpoint other = HealthEndpoint.open("127.0.0.1", 0, answers(Statuses.healthy()))) {
      send("GET", other.uri("/health"));

      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> !before.contains(thread))
          .filteredOn(thread -> !thread.isDaemon())
          .isEmpty();
    }
  }

  @Test
  void shouldEndItsThreadsWhenClosed() throws Exception {
    send("GET", endpoint.uri("/health"));

    endpoint.close();

    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("clocksync-health")));
  }

  @Test
  void shouldAnswerBelowAContextWhenMountedElsewhere() throws Exception {
    HealthHandler handler = new HealthHandler(answers(Statuses.healthy()));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/clock", handler);
    server.createContext("/time", handler);
    server.createContext("/system/health", handler);
    server.createContext("/below/", handler);
    server.start();
    try {
      URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
      assertThat(send("GET", base.resolve("/clock/health")).statusCode()).isEqualTo(200);
      assertThat(send("GET", base.resolve("/clock/time/status")).statusCode()).isEqualTo(200);
      assertThat(send("GET", base.resolve("/time/status")).statusCode()).isEqualTo(200);
      assertThat(send("GET", base.resolve("/system/health")).statusCode()).isEqualTo(200);
      assertThat(send("GET", base.resolve("/clock")).statusCode()).isEqualTo(404);
      assertThat(send("GET", base.resolve("/below/health")).statusCode()).isEqualTo(200);
      assertThat(send("GET", base.resolve("/below/clock")).statusCode()).isEqualTo(200);
      assertThat(send("GET", base.resolve("/clockhealth")).statusCode()).isEqualTo(404);
    } finally {
      server.stop(0);
    }
  }
}
