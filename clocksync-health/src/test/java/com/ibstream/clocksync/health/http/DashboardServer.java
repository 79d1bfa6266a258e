package com.ibstream.clocksync.health.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Serves the dashboard with the answers of a clock that is told how to be. */
final class DashboardServer implements AutoCloseable {

  /** How the clock is. */
  enum State {
    TRUSTED,
    FALSETICKER,
    STEPPED,
    ERROR,
    HOLDOVER,
    /** It runs, and answers with a status code of failure. */
    FAILING,
    /** It accepts the request and never answers. */
    SILENT,
    /** It answers, and what it keeps of the past cannot be read. */
    FORGETFUL,
    /** What stands between gives the same old answer again and again. */
    CACHED,
    /** A program that is newer than the page. */
    STRANGE
  }

  private static final int ENTRIES = 400;
  private static final int STEP_AT = 340;

  private final AtomicLong requests = new AtomicLong();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile State state = State.TRUSTED;
  private volatile boolean hasPast = true;
  private volatile String hostile = "";

  /** Below a context such as {@code /clock}, or "" for none. */
  DashboardServer(String context) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, context));
    server.start();
  }

  void be(State next) {
    state = next;
  }

  void forgetThePast() {
    hasPast = false;
  }

  /** Puts a text into every place where a text of others is shown. */
  void speak(String text) {
    hostile = text;
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private void answer(HttpExchange exchange, String context) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/clock") || path.equals(context + "/clock")) {
      DashboardPage.HEADERS.forEach(exchange.getResponseHeaders()::set);
      send(exchange, 200, DashboardPage.TEXT);
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    if (path.equals(context + "/time/status") && state == State.SILENT) {
      return;
    } else if (path.equals(context + "/time/status") && state == State.FAILING) {
      send(exchange, 500, "{\"status\":\"error\",\"drift_ms\":null}");
    } else if (path.equals(context + "/time/status")) {
      send(exchange, 200, status().toString());
    } else if (state == State.FORGETFUL && path.equals(context + "/time/drift/history")) {
      send(exchange, 500, "{\"status\":\"error\"}");
    } else if (state == State.FORGETFUL && path.equals(context + "/time/events")) {
      send(exchange, 200, "<html>");
    } else if (path.equals(context + "/time/drift/history") && hasPast) {
      send(exchange, 200, history().toString());
    } else if (path.equals(context + "/time/events") && hasPast) {
      send(exchange, 200, events().toString());
    } else {
      send(exchange, 404, "{\"status\":\"error\",\"message\":\"not found\"}");
    }
  }

  private static void send(HttpExchange exchange, int code, String body) throws IOException {
    HealthAnswer answer = new HealthAnswer(code, Map.of(), body);
    exchange.sendResponseHeaders(code, answer.bodyBytes().length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(answer.bodyBytes());
    }
  }

  private ObjectNode status() {
    ObjectNode json = (ObjectNode) Json.sample("dashboard.trusted");
    ObjectNode detail = (ObjectNode) json.get("clocksync");
    ArrayNode sources = (ArrayNode) detail.get("sources");
    if (state != State.CACHED) {
      detail.put("observation_age_s", requests.incrementAndGet() % 1_000 / 1e3);
    }
    switch (state) {
      case FALSETICKER -> {
        json.put("servers_available", 4);
        detail.put("truechimers", 4);
        shift((ObjectNode) sources.get(2), -250.079);
        ((ObjectNode) sources.get(2)).put("state", "falseticker");
      }
      case STEPPED -> {
        json.put("status", "critical").put("classification", "critical").put("drift_ms", -37_000.1);
        json.put("synchronised", false);
        detail.withArray("reasons").add("the system clock is behind by 37.000 s (critical)");
        sources.forEach(source -> shift((ObjectNode) source, -37_000));
        ObjectNode service = (ObjectNode) detail.get("ntp_service");
        service
            .put("state", "disputed")
            .put("reason", "it says synchronised; the vote disproves it");
      }
      case HOLDOVER -> {
        json.put("status", "warning").put("trust", "holdover").put("synchronised", false);
        detail.withArray("reasons").add("holdover: no vote for 2 polls");
      }
      case ERROR -> {
        json.put("status", "error").putNull("drift_ms").putNull("uncertainty_ms");
        json.put("message", "no trustworthy time: no majority").put("safe_to_stamp", false);
        json.put("trust", "untrusted").put("trust_reason", "disputed").put("servers_available", 0);
        detail.withArray("reasons").add("no trustworthy time: no majority");
        sources.forEach(source -> ((ObjectNode) source).put("state", "undecided"));
      }
      case STRANGE -> json.put("status", "splendid");
      default -> {}
    }
    if (!hostile.isEmpty()) {
      detail.withArray("reasons").add(hostile);
      sources.forEach(
          source -> ((ObjectNode) source).put("server", hostile).put("detail", hostile));
      ((ObjectNode) detail.get("ntp_service")).put("reason", hostile).put("state", hostile);
    }
    return json;
  }

  private static void shift(ObjectNode source, double millis) {
    for (String key : new String[] {"drift_ms", "earliest_drift_ms", "latest_drift_ms"}) {
      source.put(key, source.get(key).doubleValue() + millis);
    }
  }

  private ObjectNode history() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("message", "canned");
    ArrayNode entries = json.putArray("entries");
    Instant start = Instant.parse("2026-11-27T10:00:00Z");
    for (int i = 0; i < ENTRIES; i++) {
      double drift = 0.4 * Math.sin(i / 40.0) + 0.06 * Math.sin(i * 1.7) - 0.1;
      boolean isStepped = state == State.STEPPED && i >= STEP_AT;
      boolean isUnknown = state == State.ERROR && i >= STEP_AT;
      ObjectNode entry = entries.addObject();
      entry.put("timestamp", isUnknown ? null : start.plusSeconds(10L * i) + "");
      entry.put("trust", isUnknown ? "untrusted" : "trusted");
      if (isUnknown) {
        entry.putNull("drift_ms").putNull("error_bound_ms");
      } else {
        entry.put("drift_ms", isStepped ? drift - 37_000 : drift);
        entry.put("error_bound_ms", 1.9 + 0.012 * (i % 50));
      }
    }
    return json;
  }

  private ObjectNode events() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode events = json.putArray("events");
    if (state == State.STEPPED) {
      add(
          events,
          592.1,
          "SystemClockChanged",
          true,
          "system clock is behind by 37.000 s (critical)");
      add(
          events,
          592.4,
          "ClockJumped",
          true,
          "system clock jumped back by 37.000 s: it was stepped");
    }
    if (state == State.FALSETICKER) {
      add(events, 84.3, "SourceChanged", true, "server time.example.org COMBINED -> FALSETICKER");
    }
    add(events, 3_701.5, "TrustChanged", false, "time is trusted: a majority agrees");
    add(events, 3_702.0, "SourceChanged", false, "server ntp1.example.net WAITING -> SELECTED");
    if (!hostile.isEmpty()) {
      add(events, 1, hostile, true, hostile);
    }
    return json;
  }

  private static void add(
      ArrayNode events, double age, String type, boolean isWarning, String text) {
    events
        .addObject()
        .put("age_s", age)
        .put("type", type)
        .put("warning", isWarning)
        .put("text", text);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
