package com.ibstream.clocksync.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.ibstream.clocksync.ClockMonitor;
import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.health.http.HealthAnswer;
import com.ibstream.clocksync.health.plugin.ClockHealthPlugin;
import com.ibstream.clocksync.testing.SimulatedWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a service in good health would answer, without a socket. */
final class ServedHealth implements AutoCloseable {

  /** Where the documentation has the endpoint. */
  static final String ENDPOINT = "http://127.0.0.1:8851/";

  private static final List<String> SERVERS = List.of("192.0.2.1", "192.0.2.2", "192.0.2.3");

  private final ClockMonitor monitor;

  ServedHealth() {
    SimulatedWorld world = new SimulatedWorld(1, Instant.parse("2026-11-23T09:30:00Z"));
    SERVERS.forEach(world::server);
    monitor =
        ClockMonitor.start(
            ClockMonitorConfig.builder().servers(SERVERS).slewAllowancePpm(500).build(),
            world.seams());
    world.runFor(Duration.ofMinutes(3));
  }

  /** The body at an address of the documentation; it is there, and is asked as it wants to be. */
  String body(String address) {
    URI uri = URI.create(address);
    String query = uri.getQuery() == null ? "" : "?" + uri.getQuery();
    HealthAnswer answer =
        monitor
            .plugin(ClockHealthPlugin.class)
            .orElseThrow()
            .answers()
            .answer("GET", uri.getPath() + query);
    assertThat(answer.statusCode()).as(address).isIn(200, 503);
    return answer.body();
  }

  /** What there is, as the endpoint says to those who ask for something else. */
  static List<String> paths() {
    try (ClockHealthPlugin plugin = new ClockHealthPlugin()) {
      String known = plugin.answers().answer("GET", "/nothing").body();
      return List.of(known.replaceFirst(".* there are ", "").replaceAll("[\"}]", "").split(", "));
    }
  }

  @Override
  public void close() {
    monitor.close();
  }

  /**
   * Follows a filter of jq through a document, as far as the documentation goes: names, {@code []},
   * pipes and commas.
   */
  static void follow(String filter, String document) {
    try {
      JsonNode node = new ObjectMapper().readTree(document);
      String[] stages = filter.split(" \\| ", -1);
      for (int at = 0; at < stages.length - 1; at++) {
        node = walk(stages[at], node);
      }
      for (String path : stages[stages.length - 1].split(", ", -1)) {
        walk(path, node);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode walk(String path, JsonNode from) {
    assertThat(path).matches("(?:\\.\\w+(?:\\[])?)+");
    JsonNode node = from;
    for (String step : path.substring(1).split("\\.", -1)) {
      node = node.path(step.replace("[]", ""));
      if (step.endsWith("[]")) {
        node = node.path(0);
      }
      assertThat(node.isMissingNode()).as("%s of %s is missing", step, path).isFalse();
    }
    return node;
  }
}
