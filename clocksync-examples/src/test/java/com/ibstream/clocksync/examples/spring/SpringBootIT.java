package com.ibstream.clocksync.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.ibstream.clocksync.ClockMonitor;
import com.ibstream.clocksync.examples.loopback.FiveServers;
import com.ibstream.clocksync.examples.loopback.ServedTime;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.TrustedClock;
import com.ibstream.clocksync.time.WallClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A real Spring Boot application with a real web server. */
class SpringBootIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newHttpClient();

  private static ConfigurableApplicationContext start(String... properties) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--management.endpoint.health.show-details=always",
                "--management.endpoints.web.exposure.include=health,prometheus",
                "--management.endpoint.prometheus.access=unrestricted",
                "--clocksync.timeout=500ms",
                "--clocksync.poll.min=1s",
                "--clocksync.poll.max=4s"));
    all.addAll(List.of(properties));
    return SpringApplication.run(TradingApplication.class, all.toArray(String[]::new));
  }

  private HttpResponse<String> get(ConfigurableApplicationContext application, String path)
      throws IOException, InterruptedException {
    String port = application.getEnvironment().getRequiredProperty("local.server.port");
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode clock(ConfigurableApplicationContext application)
      throws IOException, InterruptedException {
    return new ObjectMapper()
        .readTree(get(application, "/actuator/health").body())
        .at("/components/clock");
  }

  @Test
  void shouldBeOutOfServiceUntilTimeIsProved() throws Exception {
    try (ConfigurableApplicationContext application = start("--clocksync.servers=127.0.0.1:9")) {
      assertThat(get(application, "/actuator/health").statusCode()).isEqualTo(503);
      assertThat(clock(application).get("status").asText()).isEqualTo("OUT_OF_SERVICE");
      assertThat(clock(application).at("/details/safe_to_stamp").asBoolean(true)).isFalse();
    }
  }

  @Test
  void shouldShowTheClockToWhoeverHasOnlyTheDependency() throws Exception {
    ServedTime truth = ServedTime.of(Ruler.system(), WallClock.system());
    ClockMonitor monitor;
    try (FiveServers servers = FiveServers.start(truth);
        ConfigurableApplicationContext application =
            start("--clocksync.servers=" + String.join(",", servers.addresses()))) {
      await().atMost(LIMIT).until(() -> get(application, "/actuator/health").statusCode() == 200);
      JsonNode clock = clock(application);
      monitor = application.getBean(ClockMonitor.class);

      assertThat(clock.get("status").asText()).isEqualTo("UP");
      assertThat(clock.at("/details/safe_to_stamp").asBoolean()).isTrue();
      assertThat(Math.abs(clock.at("/details/drift_ms").asDouble(999))).isLessThan(50);
      assertThat(application.getBean(TrustedClock.class)).isSameAs(monitor.clock());
      assertThat(get(application, "/actuator/prometheus").body())
          .contains("clocksync_safe_to_stamp 1.0", "clocksync_source_agrees{server=");
    }
    assertThat(monitor.status().isClosed()).isTrue();
    assertThat(monitor.clock().isTrusted()).isFalse();
  }

  @Test
  void shouldTakeAListAsYamlHasIt() {
    try (ConfigurableApplicationContext application =
        start("--clocksync.servers[0]=127.0.0.1:9", "--clocksync.servers[1]=127.0.0.2:9")) {
      assertThat(application.getBean(ClockMonitor.class).status().sources()).hasSize(2);
    }
  }

  @Test
  void shouldNotStartWithAPropertyThatNobodyKnows() {
    assertThatThrownBy(() -> start("--clocksync.servers=127.0.0.1:9", "--clocksync.tolerence=1s"))
        .rootCause()
        .hasMessageContaining("tolerence");
  }
}
