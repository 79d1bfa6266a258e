package com.ibstream.clocksync.health.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.ibstream.clocksync.health.ClockHealthContributor;
import com.ibstream.clocksync.health.OverallStatus;
import com.ibstream.clocksync.health.Statuses;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.time.TrustReason;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthAnswersTest {

  private static HealthAnswers answers(Statuses statuses, HostFacts facts) {
    ClockStatus status = statuses.build();
    return new HealthAnswers(new ClockHealthContributor(() -> status), () -> facts);
  }

  private static JsonNode get(Statuses statuses, HostFacts facts, String path) {
    return Json.parse(answers(statuses, facts).answer("GET", path).body());
  }

  @Test
  void shouldGiveTheContractsKeysWhenHealthIsAsked() {
    JsonNode json = get(Statuses.healthy(), TradingService.healthy(), "/health");

    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "service",
            "status",
            "timestamp",
            "tws_connected",
            "active_streams",
            "connection_ports",
            "storage",
            "note",
            "time_sync");
    assertThat(json.get("service").textValue()).isEqualTo("ib-stream");
    assertThat(json.get("status").textValue()).isEqualTo("healthy");
    assertThat(json.get("timestamp").textValue()).isEqualTo("2026-11-22T12:11:29.873529+00:00");
    assertThat(json.get("tws_connected").booleanValue()).isTrue();
    assertThat(json.get("active_streams").intValue()).isEqualTo(2);
    assertThat(json.at("/connection_ports/0").intValue()).isEqualTo(4002);
    assertThat(json.at("/time_sync/drift_ms").isNumber()).isTrue();
  }

  @Test
  void shouldOmitWhatTheHostDoesNotSayWhenThereAreNoFacts() {
    JsonNode health = get(Statuses.healthy(), HostFacts.NONE, "/health");
    JsonNode system = get(Statuses.healthy(), HostFacts.NONE, "/system/health");

    assertThat(health.fieldNames())
        .toIterable()
        .containsExactly("service", "status", "timestamp", "time_sync");
    assertThat(health.get("service").textValue()).isEqualTo("clocksync");
    assertThat(system.fieldNames())
        .toIterable()
        .containsExactly("system_status", "timestamp", "services", "clock", "keyword", "summary");
    assertThat(system.at("/services/clocksync").fieldNames())
        .toIterable()
        .containsExactly("status", "time_sync");
  }

  @Test
  void shouldHaveNoTimestampWhenTimeIsNotToBeBelieved() {
    assertThat(get(Statuses.neverProved(), HostFacts.NONE, "/health").has("timestamp")).isFalse();
    assertThat(get(Statuses.healthy().stalled(), HostFacts.NONE, "/health").has("timestamp"))
        .isFalse();
    Statuses untrusted = Statuses.healthy().trust(TrustLevel.UNTRUSTED, TrustReason.CLOCK_STEPPED);
    assertThat(get(untrusted, HostFacts.NONE, "/system/health").has("timestamp")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "-300000, true, HEALTHY, healthy",
    "-5000000, true, HEALTHY, warning",
    "-50000000, true, HEALTHY, degraded",
    "-300000, false, HEALTHY, degraded",
    "-300000, true, WARNING, warning",
    "-300000, true, DEGRADED, degraded",
    "-5000000, false, WARNING, degraded"
  })
  void shouldTakeTheWorstWordWhenSeveralSpeak(
      long offsetNanos, boolean isConnected, OverallStatus own, String word) {
    TradingService facts = new TradingService(isConnected, own, Optional.empty());

    HealthAnswer answer =
        answers(Statuses.healthy().offset(offsetNanos), facts).answer("GET", "/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Json.parse(answer.body()).get("status").textValue()).isEqualTo(word);
  }

  @Test
  void shouldDegradeWhenTimeIsNotProved() {
    HealthAnswers answers = answers(Statuses.neverProved(), TradingService.healthy());

    HealthAnswer health = answers.answer("GET", "/health");
    HealthAnswer system = answers.answer("GET", "/system/health");

    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(Json.parse(health.body()).get("status").textValue()).isEqualTo("degraded");
    assertThat(system.statusCode()).isEqualTo(503);
    assertThat(Json.parse(system.body()).get("system_status").textValue()).isEqualTo("degraded");
    assertThat(Json.parse(system.body()).at("/summary/healthy_services").intValue()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"-300000, healthy", "37000000000, critical"})
  void shouldAnswerOkWithTheBareObjectWhenTimeIsAsked(long offsetNanos, String status) {
    HealthAnswer answer =
        answers(Statuses.healthy().offset(offsetNanos), HostFacts.NONE)
            .answer("GET", "/time/status");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Json.parse(answer.body()).get("status").textValue()).isEqualTo(status);
  }

  @Test
  void shouldAnswerOkWhenTimeIsAskedAndNotKnown() {
    HealthAnswer answer =
        answers(Statuses.neverProved(), HostFacts.NONE).answer("GET", "/time/status");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Json.parse(answer.body()).get("drift_ms").isNull()).isTrue();
  }

  @Test
  void shouldIgnoreTheQueryWhenThereIsOne() {
    HealthAnswers answers = answers(Statuses.healthy(), HostFacts.NONE);

    assertThat(answers.answer("GET", "/time/status?pretty=1&x=?").statusCode()).isEqualTo(200);
    assertThat(answers.answer("HEAD", "/health?")).isEqualTo(answers.answer("GET", "/health"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "", "/health/", "/Health", "/time", "/time/drift", "/../health", "?/health"})
  void shouldAnswerNotFoundWhenThePathIsUnknown(String path) {
    HealthAnswer answer = answers(Statuses.healthy(), HostFacts.NONE).answer("GET", path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers()).containsEntry("Content-Type", "application/json");
    assertThat(Json.parse(answer.body()).get("message").textValue())
        .isEqualTo(
            "not found; there are /clock, /health, /live, /ready, /system/health, /time/drift/history,"
                + " /time/events, /time/status");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "get"})
  void shouldRefuseOtherMethodsWhenThePathIsKnown(String method) {
    HealthAnswer answer = answers(Statuses.healthy(), HostFacts.NONE).answer(method, "/health");

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers()).containsEntry("Allow", "GET, HEAD");
    assertThat(Json.parse(answer.body()).get("status").textValue()).isEqualTo("error");
  }

  @Test
  void shouldKeepTheFailureShapesWhenWeFailOurselves() {
    ClockHealthContributor broken = mock(ClockHealthContributor.class);
    when(broken.snapshot()).thenThrow(new IllegalStateException("bug"));
    HealthAnswers answers = new HealthAnswers(broken, () -> HostFacts.NONE);

    HealthAnswer health = answers.answer("GET", "/health");
    HealthAnswer system = answers.answer("GET", "/system/health");
    HealthAnswer time = answers.answer("GET", "/time/status");

    assertThat(health.statusCode()).isEqualTo(503);
    assertThat(Json.parse(health.body()).get("status").textValue()).isEqualTo("unhealthy");
    assertThat(system.statusCode()).isEqualTo(500);
    assertThat(Json.parse(system.body()).get("system_status").textValue()).isEqualTo("error");
    assertThat(time.statusCode()).isEqualTo(500);
    assertThat(Json.parse(time.body()).get("status").textValue()).isEqualTo("error");
    assertThat(Json.parse(time.body()).get("drift_ms").isNull()).isTrue();
  }

  @Test
  void shouldReadTheStatusOnceWhenARequestComes() {
    int[] reads = {0};
    ClockStatus status = Statuses.healthy().build();
    HealthAnswers answers =
        new HealthAnswers(
            new ClockHealthContributor(
                () -> {
                  reads[0]++;
                  return status;
                }),
            TradingService::healthy);

    answers.answer("GET", "/system/health");

    assertThat(reads[0]).isEqualTo(1);
  }
}
