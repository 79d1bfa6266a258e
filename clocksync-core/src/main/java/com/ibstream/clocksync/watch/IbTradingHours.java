package com.ibstream.clocksync.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.ibstream.clocksync.market.MarketHours;
import com.ibstream.clocksync.market.MarketPhase;
import com.ibstream.clocksync.market.TradingSessions;
import com.ibstream.clocksync.time.Ruler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The trading hours of a contract, as ib-contract knows them from IB: {@code GET
 * /trading-hours/ID}. Only the table is taken; whether the market trades is worked out here, by our
 * own time, for ib-contract asks the clock of its host.
 *
 * <p>Asked again every hour, on the calling thread, which it holds for two seconds at most; after a
 * failure, or where the table does not say, every minute, and meanwhile the table from before
 * counts, until it is a day old. One thread at a time.
 */
public final class IbTradingHours implements MarketHours {

  /** How long an answer may take, its last byte included. */
  public static final Duration TIMEOUT = Duration.ofSeconds(2);

  private static final long REFRESH_NANOS = 3_600_000_000_000L;
  private static final long RETRY_NANOS = 60_000_000_000L;
  private static final int OK = 200;

  private final URI uri;
  private final long contractId;
  private final Ruler ruler;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .build();
  private final JsonMapper mapper = new JsonMapper();

  private Optional<TradingSessions> sessions = Optional.empty();
  private String failure = "";
  private boolean isAsked;
  private long askedMonoNanos;
  private long waitNanos;

  /** What was asked for is not what came. */
  private static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableException(String why) {
      super(why);
    }
  }

  /**
   * Nothing is asked yet.
   *
   * @param host where ib-contract runs: a name, or an address without brackets
   * @param port its port, usually 8861
   * @param contractId IB's number of the contract
   * @param ruler measures when to ask again
   * @throws IllegalArgumentException if host or port cannot be part of an address
   */
  public IbTradingHours(String host, int port, long contractId, Ruler ruler) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port of ib-contract must be 1 to 65535: " + port);
    }
    String literal = host.contains(":") ? "[" + host + "]" : host;
    this.uri = URI.create("http://" + literal + ":" + port + "/trading-hours/" + contractId);
    if (!literal.equals(uri.getHost())) {
      throw new IllegalArgumentException("host of ib-contract is no host: \"" + host + "\"");
    }
    this.contractId = contractId;
    this.ruler = ruler;
  }

  @Override
  public MarketPhase phase(long earliestEpochNanos, long latestEpochNanos) {
    long nowMonoNanos = ruler.monoNanos();
    if (!isAsked || nowMonoNanos - askedMonoNanos >= waitNanos) {
      isAsked = true;
      refresh();
      askedMonoNanos = ruler.monoNanos();
    }
    if (sessions.isEmpty()) {
      waitNanos = RETRY_NANOS;
      return MarketPhase.unknown(failure);
    }
    MarketPhase phase = sessions.get().at(earliestEpochNanos, latestEpochNanos);
    boolean isSettled = failure.isEmpty() && phase.state() != MarketPhase.State.UNKNOWN;
    waitNanos = isSettled ? REFRESH_NANOS : RETRY_NANOS;
    return failure.isEmpty()
        ? phase
        : new MarketPhase(
            phase.state(), phase.reason() + " (" + failure + ")", phase.nextChangeEpochNanos());
  }

  private void refresh() {
    try {
      sessions = Optional.of(read(fetch()));
      failure = "";
    } catch (UnusableException unusable) {
      failure = uri + ": " + unusable.getMessage();
    }
  }

  private byte[] fetch() throws UnusableException {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).GET().build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, head -> new LimitedBody());
    try {
      HttpResponse<byte[]> response = answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != OK) {
        throw new UnusableException("status " + response.statusCode());
      }
      return response.body();
    } catch (TimeoutException slow) {
      throw new UnusableException("no answer within " + TIMEOUT.toSeconds() + " s");
    } catch (ExecutionException failed) {
      throw new UnusableException(String.valueOf(failed.getCause()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new UnusableException("interrupted");
    } finally {
      answer.cancel(true);
    }
  }

  private TradingSessions read(byte[] body) throws UnusableException {
    JsonNode json;
    try {
      json = mapper.readTree(body);
    } catch (IOException notJson) {
      throw new UnusableException("the answer is not JSON");
    }
    JsonNode id = json.path("contract_id");
    if (!id.isMissingNode() && !id.asText().equals(Long.toString(contractId))) {
      throw new UnusableException("the answer is about another contract");
    }
    TradingSessions read =
        TradingSessions.ofIb(
            text(json, "trading_hours"),
            text(json, "time_zone_id"),
            epochNanos(text(json, "retrieved_at")));
    if (read.problem().isPresent()) {
      throw new UnusableException(read.problem().get());
    }
    return read;
  }

  private static String text(JsonNode json, String key) throws UnusableException {
    JsonNode value = json.path(key);
    if (!value.isTextual()) {
      throw new UnusableException("the answer has no text \"" + key + "\"");
    }
    return value.textValue();
  }

  /**
   * Without an offset it is taken for UTC: west of Greenwich that only makes the list look older.
   */
  private static long epochNanos(String text) throws UnusableException {
    try {
      TemporalAccessor time =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text, OffsetDateTime::from, LocalDateTime::from);
      Instant instant =
          time instanceof OffsetDateTime offset
              ? offset.toInstant()
              : ((LocalDateTime) time).toInstant(ZoneOffset.UTC);
      return ChronoUnit.NANOS.between(Instant.EPOCH, instant);
    } catch (DateTimeException | ArithmeticException notATime) {
      throw new UnusableException("\"retrieved_at\" is no time");
    }
  }
}
