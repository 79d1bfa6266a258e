package com.ibstream.clocksync.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.ibstream.clocksync.market.MarketPhase;
import com.ibstream.clocksync.market.MarketPhase.State;
import com.ibstream.clocksync.testing.FakeRuler;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the answers of ib-contract, good and bad. */
class IbTradingHoursTest {

  private static final Instant NOON = Instant.parse("2026-11-26T17:00:00Z");

  private static final String GOOD =
      """
      {"status": "success", "contract_id": 711280073,
       "trading_hours": "20261125:0930-20261125:1600;20261126:CLOSED;20261127:0930-20261127:1300",
       "liquid_hours": "", "time_zone_id": "US/Eastern",
       "retrieved_at": "2026-11-26T12:00:00.123456"}
      """;

  private final FakeRuler ruler = new FakeRuler(Long.MAX_VALUE - 1_000_000_000L);
  private final AtomicInteger askedCount = new AtomicInteger();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private HttpHandler handler;
  private IbTradingHours hours;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/trading-hours/711280073",
        exchange -> {
          askedCount.incrementAndGet();
          handler.handle(exchange);
        });
    server.start();
    handler = exchange -> send(exchange, 200, GOOD);
    hours = new IbTradingHours("127.0.0.1", server.getAddress().getPort(), 711280073, ruler);
  }

  @AfterEach
  void stopServer() {
    ended.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private MarketPhase phase(Instant instant) {
    long nanos = ChronoUnit.NANOS.between(Instant.EPOCH, instant);
    return hours.phase(nanos, nanos);
  }

  @Test
  void shouldKnowThePhaseByOurTimeFromTheTable() {
    assertThat(phase(NOON).state()).isEqualTo(State.CLOSED);
    assertThat(phase(Instant.parse("2026-11-25T20:00:00Z")).state()).isEqualTo(State.UNKNOWN);
    assertThat(phase(Instant.parse("2026-11-27T11:59:00Z")).state()).isEqualTo(State.CLOSED);
    assertThat(phase(Instant.parse("2026-11-27T12:01:00Z")).state()).isEqualTo(State.UNKNOWN);
    assertThat(askedCount).hasValue(1);
  }

  @Test
  void shouldAskAgainAfterAMinuteWhenTheTableDoesNotSay() {
    phase(NOON.plus(Duration.ofDays(1)));
    ruler.advance(Duration.ofSeconds(59).toNanos());
    phase(NOON);
    assertThat(askedCount).hasValue(1);

    phase(NOON.plus(Duration.ofDays(1)));
    ruler.advance(Duration.ofSeconds(1).toNanos());
    phase(NOON);

    assertThat(askedCount).hasValue(2);
  }

  @Test
  void shouldAskAgainAfterAnHour() {
    phase(NOON);
    ruler.advance(Duration.ofMinutes(59).toNanos());
    phase(NOON);
    assertThat(askedCount).hasValue(1);

    ruler.advance(Duration.ofMinutes(1).toNanos());
    phase(NOON);

    assertThat(askedCount).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "[]",
        "{}",
        "null",
        "7",
        "{HOURS 7 ZONE \"UTC\" AT NOON}",
        "{HOURS null ZONE \"UTC\" AT NOON}",
        "{HOURS \"20261126:CLOSED\" ZONE [] AT NOON}",
        "{HOURS \"20261126:CLOSED\" ZONE \"Mars\" AT NOON}",
        "{HOURS \"20261126:CLOSED\" ZONE \"UTC\" AT 1795694400}",
        "{HOURS \"20261126:CLOSED\" ZONE \"UTC\" AT \"today\"}",
        "{HOURS \"20261126:CLOSED\" ZONE \"UTC\" AT \"9999-11-26T12:00:00Z\"}",
        "{HOURS \"20261126:CLOSED\" ZONE \"UTC\"}",
        "{HOURS \"\" ZONE \"UTC\" AT NOON}",
        "{\"contract_id\": 1, HOURS \"20261126:CLOSED\" ZONE \"UTC\" AT NOON}"
      })
  void shouldNotKnowFromAnAnswerThatIsNotAsItShouldBe(String body) {
    String json =
        body.replace("HOURS", "\"trading_hours\":")
            .replace("ZONE", ", \"time_zone_id\":")
            .replace("AT", ", \"retrieved_at\":")
            .replace("NOON", "\"2026-11-26T12:00:00Z\"");
    handler = exchange -> send(exchange, 200, json);

    MarketPhase phase = phase(NOON);

    assertThat(phase.state()).isEqualTo(State.UNKNOWN);
    assertThat(phase.reason()).contains("/trading-hours/711280073: ");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 500, 204, 302})
  void shouldNotKnowFromAnotherStatus(int status) {
    handler =
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        };
    server.createContext("/elsewhere", exchange -> send(exchange, 200, GOOD));

    MarketPhase phase = phase(NOON);

    assertThat(phase.state()).isEqualTo(State.UNKNOWN);
    assertThat(phase.reason()).endsWith("status " + status);
  }

  @Test
  void shouldNotReadAnAnswerWithoutEnd() {
    handler =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] blanks = " ".repeat(65_536).getBytes(StandardCharsets.UTF_8);
          for (int count = 0; count < 1_000; count++) {
            exchange.getResponseBody().write(blanks);
          }
          exchange.close();
        };

    assertThat(phase(NOON).reason()).contains("longer than 262144 bytes");
  }

  @Test
  void shouldNotWaitForASlowAnswer() {
    long startedNanos = System.nanoTime();
    handler =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          try {
            ended.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };

    MarketPhase phase = phase(NOON);

    assertThat(phase.state()).isEqualTo(State.UNKNOWN);
    assertThat(phase.reason()).contains("no answer within 2 s");
    assertThat(Duration.ofNanos(System.nanoTime() - startedNanos))
        .isLessThan(Duration.ofSeconds(TimeUnit.MINUTES.toSeconds(1)));
  }

  @Test
  void shouldKeepTheOlderTableAndAskAgainAfterAMinute() {
    phase(NOON);
    handler = exchange -> send(exchange, 500, "");
    ruler.advance(Duration.ofHours(1).toNanos());

    MarketPhase kept = phase(NOON.plusSeconds(3_600));
    assertThat(kept.state()).isEqualTo(State.CLOSED);
    assertThat(kept.reason()).contains("no session until", "status 500");
    assertThat(phase(Instant.parse("2026-11-27T12:01:00Z")).state()).isEqualTo(State.UNKNOWN);
    assertThat(askedCount).hasValue(2);

    ruler.advance(Duration.ofMinutes(1).toNanos());
    handler = exchange -> send(exchange, 200, GOOD);
    assertThat(phase(NOON).reason()).doesNotContain("500");
    assertThat(askedCount).hasValue(3);
  }

  @Test
  void shouldNotKnowWhenNobodyListens() {
    server.stop(0);

    assertThat(phase(NOON).state()).isEqualTo(State.UNKNOWN);
    assertThat(phase(NOON).reason()).contains("ConnectException");
  }

  @Test
  void shouldNotKnowWhenInterrupted() {
    Thread.currentThread().interrupt();

    assertThat(phase(NOON).state()).isEqualTo(State.UNKNOWN);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void shouldRefuseWhatCannotBeAnAddress() {
    assertThat(new IbTradingHours("::1", 8861, 1, ruler)).isNotNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IbTradingHours("a b", 8861, 1, ruler));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IbTradingHours("a/b@c", 8861, 1, ruler));
    assertThatIllegalArgumentException().isThrownBy(() -> new IbTradingHours("a", 0, 1, ruler));
  }
}
