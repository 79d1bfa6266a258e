package com.ibstream.clocksync.examples.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What running services say of themselves on {@code /system/health}. */
public final class RunningServices {

  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final int MAX_BYTES = 1 << 20;

  private RunningServices() {}

  /**
   * Asks, and waits three seconds at the most.
   *
   * @param address of the endpoint
   * @return one service a line, or one line that says why there is none
   * @throws InterruptedException if the thread was interrupted
   */
  public static List<String> lines(URI address) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(address).timeout(LIMIT).GET().build();
      HttpResponse<InputStream> answer =
          HttpClient.newBuilder()
              .connectTimeout(LIMIT)
              .build()
              .send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        return lines(new String(body.readNBytes(MAX_BYTES), StandardCharsets.UTF_8));
      }
    } catch (IOException | IllegalArgumentException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      return List.of("services      " + address + " does not answer: " + why);
    }
  }

  static List<String> lines(String body) {
    JsonNode services;
    try {
      services = JsonMapper.builder().build().readTree(body).path("services");
    } catch (JsonProcessingException e) {
      return List.of("services      the answer is not JSON");
    }
    List<String> lines = new ArrayList<>();
    services.properties().forEach(entry -> lines.add(line(entry.getKey(), entry.getValue())));
    return lines.isEmpty() ? List.of("services      the answer names none") : lines;
  }

  private static String line(String name, JsonNode service) {
    JsonNode connected = service.path("tws_connected");
    JsonNode time = service.path("time_sync");
    String tws = connected.isBoolean() ? ", TWS " + (connected.asBoolean() ? "✓" : "✗") : "";
    return String.format(
        Locale.ROOT, "%-14s%s%s%s", name, service.path("status").asText("?"), tws, time(time));
  }

  private static String time(JsonNode time) {
    if (time.isMissingNode()) {
      return "";
    }
    return time.path("drift_ms").isNumber()
        ? String.format(
            Locale.ROOT,
            ", time %+.1f ms (%s)",
            time.path("drift_ms").asDouble(),
            time.path("classification").asText("?"))
        : ", no trustworthy time";
  }
}
