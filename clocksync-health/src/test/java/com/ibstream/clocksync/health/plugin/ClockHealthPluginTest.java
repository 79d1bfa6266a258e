package com.ibstream.clocksync.health.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.ibstream.clocksync.ClockMonitorPlugin;
import com.ibstream.clocksync.health.HealthStatus;
import com.ibstream.clocksync.health.Statuses;
import com.ibstream.clocksync.health.http.HealthEndpoint;
import com.ibstream.clocksync.health.http.HostFacts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockHealthPluginTest {

  private final ClockHealthPlugin plugin = new ClockHealthPlugin();

  @AfterEach
  void close() {
    plugin.close();
  }

  private void start(Map<String, String> settings) {
    plugin.start(() -> Statuses.healthy().build(), listener -> {}, settings);
  }

  @Test
  void shouldBeFoundWhenPlugInsAreLoaded() {
    assertThat(ServiceLoader.load(ClockMonitorPlugin.class))
        .hasAtLeastOneElementOfType(ClockHealthPlugin.class);
  }

  @Test
  void shouldNameItsSettings() {
    assertThat(plugin.settingKeys()).containsExactlyInAnyOrder("health.host", "health.port");
  }

  @Test
  void shouldSayErrorWhenNotStarted() {
    assertThat(plugin.contributor().health().status()).isEqualTo(HealthStatus.ERROR);
    assertThat(plugin.endpoint()).isEmpty();
  }

  @Test
  void shouldContributeWithoutEndpointWhenNoPortIsSet() {
    start(Map.of());

    assertThat(plugin.contributor().health().status()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(plugin.answers().answer("GET", "/health").statusCode()).isEqualTo(200);
    assertThat(plugin.endpoint()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", " 127.0.0.1 ", "localhost"})
  void shouldServeWhenAPortIsSet(String host) throws Exception {
    start(Map.of("health.host", host, "health.port", "0"));

    HealthEndpoint endpoint = plugin.endpoint().orElseThrow();
    HttpRequest request = HttpRequest.newBuilder(endpoint.uri("/system/health")).build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void shouldBindToLoopbackWhenNoHostIsSet() {
    start(Map.of("health.port", " 0 "));

    assertThat(plugin.endpoint().orElseThrow().address().getAddress().isLoopbackAddress()).isTrue();
  }

  @Test
  void shouldShowHostFactsWhenTheyAreSuppliedAfterTheStart() {
    start(Map.of());

    plugin.hostFacts(
        new HostFacts() {
          @Override
          public String serviceName() {
            return "ib-stream";
          }
        });

    assertThat(plugin.answers().answer("GET", "/health").body())
        .contains("\"service\":\"ib-stream\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http", "-1", "65536", "88.51", "99999999999"})
  void shouldNameKeyAndValueWhenThePortIsWrong(String port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> start(Map.of("health.port", port)))
        .withMessageContaining("health.port")
        .withMessageContaining(port);
  }

  @Test
  void shouldNameHostAndPortWhenThePortIsBusy() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();

      assertThatIllegalArgumentException()
          .isThrownBy(() -> start(Map.of("health.port", Integer.toString(port))))
          .withMessageContaining("health.port=" + port)
          .withMessageContaining("port " + port + " on 127.0.0.1 is in use");
    }
  }

  @Test
  void shouldRefuseAHostWhenThereIsNoPort() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> start(Map.of("health.host", "127.0.0.1")))
        .withMessage("health.host=127.0.0.1 needs health.port, which is not set");
  }

  /** The monitor closes only what it has started. */
  @Test
  void shouldLeaveNoThreadBehindWhenItRefusesToStart() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();

    assertThatIllegalArgumentException().isThrownBy(() -> start(Map.of("health.port", "http")));

    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !before.contains(thread))
        .extracting(Thread::getName)
        .doesNotContain("clocksync-drift");
  }

  @Test
  void shouldRejectHostFactsWhenTheyAreNull() {
    org.assertj.core.api.Assertions.assertThatNullPointerException()
        .isThrownBy(() -> plugin.hostFacts(null));
  }
}
