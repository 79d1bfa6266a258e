package com.ibstream.clocksync.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.ibstream.clocksync.health.ClockHealthContributor;
import com.ibstream.clocksync.health.OverallStatus;
import com.ibstream.clocksync.health.Statuses;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.time.TrustReason;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemHealthTest {

  private static HealthAnswers answers(Statuses statuses, HostFacts facts) {
    ClockStatus status = statuses.build();
    return new HealthAnswers(new ClockHealthContributor(() -> status), () -> facts);
  }

  private static Statuses critical() {
    return Statuses.healthy().offset(37_000_008_000L);
  }

  @ParameterizedTest
  @CsvSource({
    "system_health.chrony-synced, 0",
    "system_health.chrony-37s-slow, 37000008000",
    "system_health.no-chrony-no-network, none"
  })
  void shouldHaveTheShapeOfTheExistingServiceWhenTheSystemIsAsked(String sample, String offset) {
    Statuses statuses =
        offset.equals("none")
            ? Statuses.neverProved()
            : Statuses.healthy().offset(Long.parseLong(offset));
    TradingService facts = new TradingService(true, OverallStatus.HEALTHY, Optional.of("missing"));

    HealthAnswer answer = answers(statuses, facts).answer("GET", "/system/health");

    JsonNode theirs = Json.sample(sample);
    JsonNode ours = Json.parse(answer.body());
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(ours.get("system_status")).isEqualTo(theirs.get("system_status"));
    assertThat(ours.get("storage")).isEqualTo(theirs.get("storage"));
    assertThat(ours.at("/summary/total_services")).isEqualTo(theirs.at("/summary/total_services"));
    assertThat(ours.at("/summary/issues").toString().replace("-37000.0", "37000.0"))
        .as("the existing service drops the sign")
        .isEqualTo(theirs.at("/summary/issues").toString());
    assertSameKeysAndTypes(theirs, ours, "");
  }

  /**
   * Each of their keys is ours, too, of the same type; null may become a number, and a string that
   * stands for one.
   */
  private static void assertSameKeysAndTypes(JsonNode theirs, JsonNode ours, String path) {
    theirs
        .properties()
        .forEach(
            field -> {
              String where = path + "/" + field.getKey();
              boolean isUnknownTime = where.equals("/timestamp") && !ours.has("timestamp");
              if (isUnknownTime) {
                return;
              }
              JsonNode value = ours.get(field.getKey());
              assertThat(value).as(where).isNotNull();
              if (where.matches(".*/(precision_ms|range_ms|servers_available|total_servers)")) {
                assertThat(value.isNumber() || value.isNull()).as(where).isTrue();
              } else {
                assertThat(value.getNodeType()).as(where).isEqualTo(field.getValue().getNodeType());
              }
              assertSameKeysAndTypes(field.getValue(), value, where);
            });
  }

  @Test
  void shouldAnswerOkWhenTheSystemIsHealthy() {
    HealthAnswer answer =
        answers(Statuses.healthy(), TradingService.healthy()).answer("GET", "/system/health");

    JsonNode json = Json.parse(answer.body());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json.get("system_status").textValue()).isEqualTo("healthy");
    assertThat(json.at("/summary/healthy_services").intValue()).isEqualTo(2);
    assertThat(json.at("/summary/issues")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "active, 200, healthy, ''",
    "stale, 200, warning, Storage: No recent data files",
    "missing, 503, degraded, Storage: Directory not found",
    "error, 503, degraded, Storage: Status error",
    "unknown, 503, degraded, Storage: Status unknown"
  })
  void shouldFollowTheStorageWhenTheHostSupplies(
      String word, int code, String status, String issue) {
    TradingService facts = new TradingService(true, OverallStatus.HEALTHY, Optional.of(word));

    HealthAnswer answer = answers(Statuses.healthy(), facts).answer("GET", "/system/health");

    JsonNode json = Json.parse(answer.body());
    assertThat(answer.statusCode()).isEqualTo(code);
    assertThat(json.get("system_status").textValue()).isEqualTo(status);
    assertThat(json.at("/summary/issues/0").asText()).isEqualTo(issue);
  }

  @ParameterizedTest
  @CsvSource({"-20200000, 20.2", "20200000, -20.2", "-5000000, 5.0"})
  void shouldNameTheDriftWhenItWarns(long offsetNanos, String drift) {
    HealthAnswer answer =
        answers(Statuses.healthy().offset(offsetNanos), HostFacts.NONE)
            .answer("GET", "/system/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"issues\":[\"clocksync: Time drift warning (" + drift + "ms)\"]");
  }

  @Test
  void shouldCarryANumberWhenItWarnsOfHoldover() {
    Statuses holdover = Statuses.healthy().trust(TrustLevel.HOLDOVER, TrustReason.NO_RECENT_VOTE);

    HealthAnswer answer = answers(holdover, HostFacts.NONE).answer("GET", "/system/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"system_status\":\"warning\"");
    assertThat(answer.body()).contains("clocksync: Time drift warning (0.3ms)");
  }

  @Test
  void shouldNameTheDriftWhenItIsCritical() {
    HealthAnswer answer = answers(critical(), HostFacts.NONE).answer("GET", "/system/health");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body())
        .contains("\"issues\":[\"clocksync: Critical time drift (-37000.0ms)\"]");
    assertThat(answer.body()).contains("\"safe_to_stamp\":true");
  }

  @ParameterizedTest
  @CsvSource({
    "healthy, true, 200, healthy, 2, ''",
    "warning, true, 200, warning, 2, ib-contract: Service status warning (no luck)",
    "degraded, true, 503, degraded, 1, ib-contract: Service status degraded (no luck)",
    "error, true, 503, degraded, 1, ib-contract: Service status error (no luck)",
    "unheard-of, true, 503, degraded, 1, ib-contract: Service status unheard-of (no luck)",
    "healthy, false, 503, degraded, 1, ib-contract: TWS disconnected"
  })
  void shouldCountFurtherServicesWhenTheHostNamesThem(
      String word, boolean isConnected, int code, String system, int healthyCount, String issue) {
    ServiceFacts contract = new ServiceFacts(word, Optional.of(isConnected), "no luck", false);
    HostFacts facts =
        new HostFacts() {
          @Override
          public Map<String, ServiceFacts> furtherServices() {
            return Map.of("ib-contract", contract);
          }
        };

    HealthAnswer answer = answers(Statuses.healthy(), facts).answer("GET", "/system/health");

    JsonNode json = Json.parse(answer.body());
    assertThat(answer.statusCode()).isEqualTo(code);
    assertThat(json.get("system_status").textValue()).isEqualTo(system);
    assertThat(json.at("/services/ib-contract/status").textValue()).isEqualTo(word);
    assertThat(json.at("/services/ib-contract").has("time_sync")).isFalse();
    assertThat(json.at("/summary/healthy_services").intValue()).isEqualTo(healthyCount);
    assertThat(json.at("/summary/total_services").intValue()).isEqualTo(2);
    assertThat(json.at("/summary/issues/0").asText()).isEqualTo(issue);
  }
}
