package com.ibstream.clocksync.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.ibstream.clocksync.ClockMonitor;
import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.examples.loopback.FiveServers;
import com.ibstream.clocksync.examples.loopback.ServedTime;
import com.ibstream.clocksync.facts.SourceFacts;
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
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A real Spring Boot application with a real web server. */
class SpringBootIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newHttpClient();

  /** An application with a monitor of its own. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class OwnMonitor {

    @Bean
    ClockMonitor own() {
      return ClockMonitor.start(ClockMonitorConfig.builder().servers("127.0.0.1:9").build());
    }
  }

  private static ConfigurableApplicationContext start(String... properties) {
    return start(TradingApplication.class, properties);
  }

  private static ConfigurableApplicationContext start(Class<?> application, String... properties) {
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
    return SpringApplication.run(application, all.toArray(String[]::new));
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
    ServedTime truth = ServedTime.of(Ruler.system(), WallClock.system());
    try (FiveServers servers = FiveServers.start(truth);
        Gate gate = Gate.before(servers.addresses());
        ConfigurableApplicationContext application =
            start("--clocksync.servers=" + String.join(",", gate.addresses()))) {
      await().atMost(LIMIT).until(() -> gate.droppedCount() > gate.addresses().size());
      HttpResponse<String> before = get(application, "/actuator/health");
      JsonNode clock = clock(application);
      String meters = get(application, "/actuator/prometheus").body();

      assertThat(before.statusCode()).isEqualTo(503);
      assertThat(clock.get("status").asText()).isEqualTo("OUT_OF_SERVICE");
      assertThat(clock.at("/details/safe_to_stamp").asBoolean(true)).isFalse();
      assertThat(meters)
          .contains("clocksync_has_data 0.0", "clocksync_offset_seconds NaN")
          .contains("clocksync_safe_to_stamp 0.0", "clocksync_health{status=\"error\"} 1.0");

      gate.open();
      await().atMost(LIMIT).until(() -> get(application, "/actuator/health").statusCode() == 200);
      assertThat(clock(application).get("status").asText()).isEqualTo("UP");
      assertThat(get(application, "/actuator/prometheus").body())
          .contains("clocksync_has_data 1.0", "clocksync_safe_to_stamp 1.0")
          .containsPattern("clocksync_offset_seconds -?[0-9]")
          .containsPattern("clocksync_rejections_total\\{reason=\"timeout\"} [1-9]");
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
  void shouldKeepTheMonitorOfTheApplication() throws Exception {
    ClockMonitor own;
    try (ConfigurableApplicationContext application =
        start(OwnMonitor.class, "--clocksync.servers=127.0.0.1:10")) {
      own = application.getBean("own", ClockMonitor.class);

      assertThat(application.getBeansOfType(ClockMonitor.class)).hasSize(1);
      assertThat(own.status().sources())
          .extracting(SourceFacts::server)
          .containsExactly("127.0.0.1:9");
      assertThat(clock(application).get("status").asText()).isEqualTo("OUT_OF_SERVICE");
    }
    assertThat(own.status().isClosed()).isTrue();
  }

  @Test
  void shouldNotStartWithAPropertyThatNobodyKnows() {
    assertThatThrownBy(() -> start("--clocksync.servers=127.0.0.1:9", "--clocksync.tolerence=1s"))
        .rootCause()
        .hasMessageContaining("tolerence");
  }
}
