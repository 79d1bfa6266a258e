package com.ibstream.clocksync.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.ibstream.clocksync.facts.Consensus;
import com.ibstream.clocksync.health.ClockHealthContributor;
import com.ibstream.clocksync.health.HealthSnapshot;
import com.ibstream.clocksync.health.Statuses;
import com.ibstream.clocksync.verdict.ClockEvent;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of the last hours, and to those who only ask whether to go on. */
class PastAnswersTest {

  private final DriftLog drifts = new DriftLog();
  private final EventLog events = new EventLog();
  private Statuses now = Statuses.healthy();

  private HealthAnswer answer(String target) {
    return new HealthAnswers(
            new ClockHealthContributor(() -> now.build()),
            () -> HostFacts.NONE,
            drifts,
            events,
            Map.of("/page", () -> new HealthAnswer(200, Map.of(), "a page")))
        .answer("GET", target);
  }

  private JsonNode json(String target) {
    HealthAnswer answer = answer(target);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.parse(answer.body());
  }

  private void take(Statuses statuses) {
    drifts.take(HealthSnapshot.of(statuses.build()));
  }

  @Test
  void shouldGiveTheDriftInTheShapeOfTheExistingService() {
    take(Statuses.healthy().offset(37_000_000_000L));
    JsonNode entry = json("/time/drift/history?limit=2").get("entries").get(0);

    assertThat(json("/time/drift/history").get("message").asText())
        .isEqualTo("Retrieved 1 time drift entries");
    assertThat(entry.fieldNames())
        .toIterable()
        .startsWith("timestamp", "system_time", "sources", "max_drift", "status");
    assertThat(
            Duration.between(
                OffsetDateTime.parse(entry.get("system_time").asText()),
                OffsetDateTime.parse(entry.get("timestamp").asText())))
        .as("of one instant")
        .isEqualTo(Duration.ofSeconds(37));
    assertThat(entry.get("drift_ms").asDouble()).isEqualTo(-37_000);
    assertThat(entry.get("trust").asText()).isEqualTo("trusted");
    entry
        .get("sources")
        .forEach(
            source -> {
              assertThat(source.fieldNames()).toIterable().containsExactly("time", "drift_seconds");
              assertThat(source.get("drift_seconds").isNumber()).isTrue();
            });
  }

  /** Key by key and type by type; what is new stands behind. */
  @Test
  void shouldHaveEveryFieldOfARecordedAnswer() {
    take(Statuses.healthy());
    JsonNode recorded = Json.sample("drift_history.limit-2");
    JsonNode ours = json("/time/drift/history?limit=2");
    JsonNode sample = recorded.get("entries").get(0);
    JsonNode entry = ours.get("entries").get(0);

    assertThat(ours.fieldNames()).toIterable().containsExactlyElementsOf(recorded::fieldNames);
    sample
        .fieldNames()
        .forEachRemaining(
            key ->
                assertThat(entry.get(key).getNodeType())
                    .as(key)
                    .isEqualTo(sample.get(key).getNodeType()));
    assertThat(sample.get("sources").elements().next().fieldNames())
        .toIterable()
        .containsExactly("time", "drift_seconds"); // as shown above of ours
  }

  @Test
  void shouldNeverCallATimeGoodThatNobodyKnows() {
    take(Statuses.neverProved());
    take(Statuses.healthy().stalled());
    JsonNode entries = json("/time/drift/history").get("entries");

    assertThat(entries)
        .hasSize(2)
        .allSatisfy(
            entry -> {
              assertThat(entry.get("status").asText()).isEqualTo("critical");
              assertThat(entry.get("drift_ms").isNull()).isTrue();
              assertThat(entry.get("timestamp").isNull()).isTrue();
              assertThat(entry.get("max_drift").isNull()).isEqualTo(entry.get("sources").isEmpty());
            });
  }

  @Test
  void shouldGiveAsMuchAsIsAskedForAndKeepNoMoreThanADay() {
    for (int i = 0; i < DriftLog.MOST_ENTRIES + 7; i++) {
      take(Statuses.healthy().offset(i * 1_000_000L));
    }

    assertThat(json("/time/drift/history").get("entries")).hasSize(100);
    assertThat(json("/time/drift/history?limit=3&x=y").at("/entries/2/drift_ms").asInt())
        .isEqualTo(-(DriftLog.MOST_ENTRIES + 6));
    assertThat(json("/time/drift/history?limit=0").get("entries")).hasSize(DriftLog.MOST_ENTRIES);
    assertThat(json("/time/drift/history?limit=99999999999999999999").get("entries"))
        .hasSize(DriftLog.MOST_ENTRIES);
    assertThat(json("/time/drift/history?limit=0").at("/entries/0/drift_ms").asInt()).isEqualTo(-7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=-1",
        "limit=",
        "limit",
        "limit=ten",
        "limit=1.5",
        "limit=9999999999x",
        "limit=١"
      })
  void shouldRefuseALimitThatIsNone(String query) {
    for (String path : new String[] {"/time/drift/history?", "/time/events?"}) {
      HealthAnswer answer = answer(path + query);

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(Json.parse(answer.body()).get("message").asText())
          .startsWith("limit must be a whole number from 0");
    }
  }

  @Test
  void shouldTellTheLatestEventsFirst() {
    events.onEvent(new ClockEvent.ConsensusChanged(1, Consensus.MAJORITY, Consensus.NONE));
    events.onEvent(new ClockEvent.ConsensusChanged(2, Consensus.NONE, Consensus.MAJORITY));
    JsonNode told = json("/time/events?limit=1").get("events");

    assertThat(told).hasSize(1);
    assertThat(told.get(0).fieldNames())
        .toIterable()
        .containsExactly("age_s", "type", "warning", "text", "what_to_do");
    assertThat(told.get(0).get("type").asText()).isEqualTo("ConsensusChanged");
    assertThat(json("/time/events").get("events")).hasSize(2);
    for (int i = 0; i < 600; i++) {
      events.onEvent(new ClockEvent.ConsensusChanged(i, Consensus.NONE, Consensus.MAJORITY));
    }
    assertThat(json("/time/events?limit=0").get("events")).hasSize(EventLog.MOST_EVENTS);
  }

  @Test
  void shouldBeReadyOnlyWhileStampsMayBeTaken() {
    assertThat(answer("/ready").statusCode()).isEqualTo(200);
    now = Statuses.healthy().offset(37_000_000_000L); // the trusted clock is right all the same
    assertThat(answer("/ready").statusCode()).isEqualTo(200);
    now = Statuses.neverProved();
    assertThat(answer("/ready").statusCode()).isEqualTo(503);
    assertThat(Json.parse(answer("/ready").body()).get("reasons")).isNotEmpty();
    now = Statuses.healthy().stalled();
    assertThat(answer("/ready").statusCode()).isEqualTo(503);
    assertThat(answer("/live").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"-300000, GOOD", "-6000000, GOOD", "37000000000, BAD"})
  void shouldHaveOneWordForMonitorsThatLookForOne(long offsetNanos, String word) {
    now = Statuses.healthy().offset(offsetNanos);
    String body = answer("/system/health").body();

    assertThat(body.contains("CLOCKSYNC_ALL_GOOD")).isEqualTo(word.equals("GOOD"));
    assertThat(body.contains("CLOCKSYNC_NOT_WELL")).isEqualTo(word.equals("BAD"));
  }

  @Test
  void shouldSumUpTheClockForThoseOutside() {
    JsonNode clock = json("/system/health").get("clock");
    assertThat(clock.fieldNames())
        .toIterable()
        .containsExactly(
            "status",
            "safe_to_stamp",
            "drift_ms",
            "error_bound_ms",
            "ntp_service",
            "last_sync",
            "hardware_clock",
            "system_minus_hardware_clock_ms",
            "battery");
    assertThat(clock.get("drift_ms").isNumber()).isTrue();
    assertThat(clock.get("ntp_service").asText()).isEqualTo("unknown");

    now = Statuses.neverProved();
    JsonNode unknown = Json.parse(answer("/system/health").body()).get("clock");
    assertThat(unknown.get("drift_ms").isNull()).isTrue();
    assertThat(unknown.get("error_bound_ms").isNull()).isTrue();
    assertThat(unknown.get("status").asText()).isEqualTo("error");
  }

  @Test
  void shouldAnswerWithAPageOfSomebodyElse() {
    assertThat(answer("/page").body()).isEqualTo("a page");
    assertThat(answer("/other").body()).contains("/page", "/live", "/time/events");
  }
}
