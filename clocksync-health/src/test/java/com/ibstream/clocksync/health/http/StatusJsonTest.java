package com.ibstream.clocksync.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.ibstream.clocksync.facts.DriftStatistics;
import com.ibstream.clocksync.health.ClockHealthContributor;
import com.ibstream.clocksync.health.Statuses;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.time.TrustReason;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusJsonTest {

  private static JsonNode timeSync(Statuses statuses) {
    return Json.parse(StatusJson.timeSync(statuses.snapshot()).toString());
  }

  @Test
  void shouldHaveAllKeysOfTheContractWhenHealthy() {
    JsonNode json = timeSync(Statuses.healthy());

    assertThat(json.get("status").textValue()).isEqualTo("healthy");
    assertThat(json.get("drift_ms").isNumber()).isTrue();
    assertThat(json.get("drift_ms").doubleValue()).isEqualTo(0.3);
    assertThat(json.get("precision_ms").doubleValue()).isEqualTo(0.04);
    assertThat(json.get("range_ms").doubleValue()).isEqualTo(0.22);
    assertThat(json.get("servers_available").intValue()).isEqualTo(3);
    assertThat(json.get("total_servers").intValue()).isEqualTo(5);
    assertThat(json.get("classification").textValue()).isEqualTo("excellent");
    assertThat(json.get("source").textValue()).isEqualTo("clocksync");
    assertThat(json.get("timestamp").textValue()).isEqualTo("2026-11-22T12:11:29.773529+00:00");
    assertThat(json.has("message")).isFalse();
  }

  @Test
  void shouldSayWhatTheDriftIsKnownToWhenHealthy() {
    JsonNode json = timeSync(Statuses.healthy());

    assertThat(json.get("uncertainty_ms").doubleValue()).isEqualTo(1.2);
    assertThat(json.get("earliest_drift_ms").doubleValue()).isEqualTo(-0.3);
    assertThat(json.get("latest_drift_ms").doubleValue()).isEqualTo(1.5);
    assertThat(json.get("age_s").doubleValue()).isEqualTo(0.1);
    assertThat(json.get("synchronised").booleanValue()).isTrue();
    assertThat(json.get("safe_to_stamp").booleanValue()).isTrue();
    assertThat(json.get("trust").textValue()).isEqualTo("trusted");
    assertThat(json.get("trust_reason").textValue()).isEqualTo("majority");
    assertThat(json.get("sign_convention").textValue())
        .contains("positive = system clock is ahead");
  }

  @ParameterizedTest
  @CsvSource({"37000008000, -37000.008", "-37000008000, 37000.008", "61200000000000, -61200000.0"})
  void shouldBePositiveWhenTheSystemClockIsAhead(long offsetNanos, double driftMillis) {
    JsonNode json = timeSync(Statuses.healthy().offset(offsetNanos));

    assertThat(json.get("status").textValue()).isEqualTo("critical");
    assertThat(json.get("classification").textValue()).isEqualTo("critical");
    assertThat(json.get("drift_ms").doubleValue()).isEqualTo(driftMillis);
    assertThat(json.get("earliest_drift_ms").doubleValue()).isLessThanOrEqualTo(driftMillis);
    assertThat(json.get("latest_drift_ms").doubleValue()).isGreaterThanOrEqualTo(driftMillis);
    assertThat(json.get("timestamp").textValue())
        .as("by trusted time, however wrong the system clock is")
        .isEqualTo("2026-11-22T12:11:29.773529+00:00");
  }

  @Test
  void shouldWritePlainNumbersWhenTheyAreLargeOrSmall() {
    String large =
        StatusJson.timeSync(Statuses.healthy().offset(61_200_000_000_000L).snapshot()).toString();
    String small =
        StatusJson.timeSync(Statuses.healthy().offset(-1L).errorBound(1L).snapshot()).toString();

    assertThat(large).contains("\"drift_ms\":-61200000.000,").doesNotContainPattern("[0-9]E");
    assertThat(small).contains("\"drift_ms\":0.000,").doesNotContainPattern("[0-9]E");
  }

  @ParameterizedTest
  @CsvSource({
    "-500, 0.000",
    "-501, 0.001",
    "-1499, 0.001",
    "-1501, 0.002",
    "501, -0.001",
    "-1499999, 1.500"
  })
  void shouldRoundToMicrosecondsWhenThereIsMore(long offsetNanos, String driftMillis) {
    String json = StatusJson.timeSync(Statuses.healthy().offset(offsetNanos).snapshot()).toString();

    assertThat(json).contains("\"drift_ms\":" + driftMillis + ",");
  }

  @ParameterizedTest
  @CsvSource({"time_status.chrony-synced, 0", "time_status.chrony-37s-slow, 37000008000"})
  void shouldHaveEveryKeyOfTheExistingServiceWhenItMeasured(String sample, long offsetNanos) {
    JsonNode theirs = Json.sample(sample);

    JsonNode ours = timeSync(Statuses.healthy().offset(offsetNanos));

    assertThat(ours.fieldNames()).toIterable().containsAll(() -> theirs.fieldNames());
    assertThat(ours.get("status")).isEqualTo(theirs.get("status"));
    assertThat(ours.get("drift_ms").getNodeType()).isEqualTo(theirs.get("drift_ms").getNodeType());
    assertThat(Math.abs(ours.get("drift_ms").doubleValue()))
        .as("the existing service drops the sign")
        .isEqualTo(theirs.get("drift_ms").doubleValue());
    assertThat(ours.get("classification").getNodeType())
        .isEqualTo(theirs.get("classification").getNodeType());
    assertThat(ours.get("source").isTextual()).isTrue();
    assertThat(OffsetDateTime.parse(ours.get("timestamp").textValue()).getOffset())
        .isEqualTo(OffsetDateTime.parse(theirs.get("timestamp").textValue()).getOffset());
    assertThat(ours.get("timestamp").textValue())
        .hasSameSizeAs(theirs.get("timestamp").textValue());
    for (String number :
        new String[] {"precision_ms", "range_ms", "servers_available", "total_servers"}) {
      assertThat(ours.get(number).isNumber())
          .as("%s: numbers, where the contract prefers them", number)
          .isTrue();
    }
  }

  @Test
  void shouldHaveTheFailureShapeWhenNothingIsTrusted() {
    JsonNode theirs = Json.sample("time_status.no-chrony-no-network");

    JsonNode ours = timeSync(Statuses.neverProved());

    theirs
        .fieldNames()
        .forEachRemaining(
            key ->
                assertThat(ours.get(key).getNodeType())
                    .as(key)
                    .isEqualTo(theirs.get(key).getNodeType()));
    assertThat(ours.get("status").textValue()).isEqualTo("error");
    assertThat(ours.get("servers_available").intValue()).isZero();
    assertThat(ours.get("total_servers").intValue()).isEqualTo(5);
    assertThat(ours.get("classification").textValue()).isEqualTo("unknown");
    assertThat(ours.get("message").textValue())
        .startsWith("no trustworthy time: no vote has succeeded yet");
    assertThat(ours.has("timestamp")).isFalse();
    assertThat(ours.get("uncertainty_ms").isNull()).isTrue();
    assertThat(ours.get("earliest_drift_ms").isNull()).isTrue();
    assertThat(ours.get("latest_drift_ms").isNull()).isTrue();
    assertThat(ours.get("age_s").isNull()).isTrue();
    assertThat(ours.get("safe_to_stamp").booleanValue()).isFalse();
    assertThat(ours.get("synchronised").booleanValue()).isFalse();
    assertThat(ours.get("trust").textValue()).isEqualTo("unknown");
    assertThat(ours.get("trust_reason").textValue()).isEqualTo("never_proved");
  }

  @Test
  void shouldGiveNoDriftWhenTheMonitorStallsAlthoughOneIsKnown() {
    JsonNode json = timeSync(Statuses.healthy().stalled());

    assertThat(json.get("status").textValue()).isEqualTo("error");
    assertThat(json.get("drift_ms").isNull()).isTrue();
    assertThat(json.get("precision_ms").isNull()).isTrue();
    assertThat(json.get("servers_available").intValue()).isZero();
    assertThat(json.get("safe_to_stamp").booleanValue()).isFalse();
    assertThat(json.at("/clocksync/stalled").booleanValue()).isTrue();
  }

  @Test
  void shouldKeepTheDriftWhenHoldingOver() {
    JsonNode json =
        timeSync(Statuses.healthy().trust(TrustLevel.HOLDOVER, TrustReason.NO_RECENT_VOTE));

    assertThat(json.get("status").textValue()).isEqualTo("warning");
    assertThat(json.get("drift_ms").isNumber()).isTrue();
    assertThat(json.get("synchronised").booleanValue()).isFalse();
    assertThat(json.get("safe_to_stamp").booleanValue()).isTrue();
    assertThat(json.at("/clocksync/reasons/0").textValue()).startsWith("holdover");
  }

  @Test
  void shouldGiveNullWhenAStatisticHasNoValue() {
    JsonNode json = timeSync(Statuses.healthy().samples(DriftStatistics.EMPTY));

    assertThat(json.get("precision_ms").isNull()).isTrue();
    assertThat(json.get("range_ms").isNull()).isTrue();
    assertThat(json.at("/clocksync/samples/mean_ms").isNull()).isTrue();
  }

  @Test
  void shouldStillTellWhenThereIsNoStatusAtAll() {
    JsonNode json =
        Json.parse(
            StatusJson.timeSync(new ClockHealthContributor(() -> null).snapshot()).toString());

    assertThat(json.get("status").textValue()).isEqualTo("error");
    assertThat(json.get("drift_ms").isNull()).isTrue();
    assertThat(json.get("servers_available").intValue()).isZero();
    assertThat(json.get("trust").textValue()).isEqualTo("unknown");
    assertThat(json.get("trust_reason").textValue()).isEqualTo("no_status");
    assertThat(json.at("/clocksync/reasons/0").textValue()).contains("cannot be read");
  }

  @Test
  void shouldTurnTheSignsOfStatisticsWhenItWritesDrifts() {
    JsonNode samples = timeSync(Statuses.healthy()).at("/clocksync/samples");

    assertThat(samples.get("count").intValue()).isEqualTo(20);
    assertThat(samples.get("mean_ms").doubleValue()).isEqualTo(0.31);
    assertThat(samples.get("median_ms").doubleValue()).isEqualTo(0.3);
    assertThat(samples.get("stdev_ms").doubleValue()).isEqualTo(0.04);
    assertThat(samples.get("min_ms").doubleValue()).isEqualTo(0.2);
    assertThat(samples.get("max_ms").doubleValue()).isEqualTo(0.42);
    assertThat(samples.get("range_ms").doubleValue()).isEqualTo(0.22);
    assertThat(samples.get("p95_abs_ms").doubleValue()).isEqualTo(0.41);
  }

  @Test
  void shouldShowWhatStandsBehindTheVerdictWhenTimeIsProved() {
    JsonNode detail = timeSync(Statuses.healthy()).get("clocksync");

    assertThat(detail.get("consensus").textValue()).isEqualTo("majority");
    assertThat(detail.get("truechimers").intValue()).isEqualTo(4);
    assertThat(detail.get("error_bound_ms").doubleValue()).isEqualTo(1.2);
    assertThat(detail.get("tolerance_ms").doubleValue()).isEqualTo(50);
    assertThat(detail.get("vote_age_s").doubleValue()).isEqualTo(1.5);
    assertThat(detail.get("trust_left_s").doubleValue()).isEqualTo(90);
    assertThat(detail.get("rate_ppm").doubleValue()).isEqualTo(12.5);
    assertThat(detail.get("slew_allowance_ppm").doubleValue()).isEqualTo(500);
    assertThat(detail.get("slew_allowance_assumed").booleanValue()).isTrue();
    assertThat(detail.at("/error_budget_ns/delay_half_ns").longValue()).isEqualTo(1_000_000);
    assertThat(detail.at("/error_budget_ns/total_ns").longValue()).isEqualTo(1_200_000);
    assertThat(detail.at("/window/count").intValue()).isEqualTo(600);
    assertThat(detail.get("sources")).hasSize(6);
  }

  @Test
  void shouldShowEachSourceWhenItAnswers() {
    JsonNode liar = timeSync(Statuses.healthy()).at("/clocksync/sources/4");

    assertThat(liar.get("server").textValue()).isEqualTo("liar.test");
    assertThat(liar.get("address").textValue()).isEqualTo("192.0.2.5:123");
    assertThat(liar.get("state").textValue()).isEqualTo("falseticker");
    assertThat(liar.get("reason").isNull()).isTrue();
    assertThat(liar.get("drift_ms").doubleValue()).isEqualTo(-36999.7);
    assertThat(liar.get("error_bound_ms").doubleValue()).isEqualTo(1.2);
    assertThat(liar.get("earliest_drift_ms").doubleValue()).isEqualTo(-37000.9);
    assertThat(liar.get("latest_drift_ms").doubleValue()).isEqualTo(-36998.5);
    assertThat(liar.get("reference_stale").booleanValue()).isTrue();
    assertThat(liar.get("root_distance_ms").decimalValue()).isEqualByComparingTo("0.15");
    assertThat(liar.get("delay_ms").doubleValue()).isEqualTo(2);
    assertThat(liar.get("stratum").intValue()).isEqualTo(2);
    assertThat(liar.get("rejections")).isEmpty();
  }

  @Test
  void shouldShowWhyWhenASourceProvesNothing() {
    JsonNode gone = timeSync(Statuses.healthy()).at("/clocksync/sources/5");

    assertThat(gone.get("state").textValue()).isEqualTo("unreachable");
    assertThat(gone.get("reason").textValue()).isEqualTo("timeout");
    assertThat(gone.get("detail").textValue()).isEqualTo("after 1 s");
    assertThat(gone.get("drift_ms").isNull()).isTrue();
    assertThat(gone.get("earliest_drift_ms").isNull()).isTrue();
    assertThat(gone.get("latest_drift_ms").isNull()).isTrue();
    assertThat(gone.get("stratum").isNull()).isTrue();
    assertThat(gone.get("undisciplined_allowed").booleanValue()).isTrue();
    assertThat(gone.at("/rejections/timeout").longValue()).isEqualTo(3);
    assertThat(gone.at("/rejections/kiss_rate").longValue()).isEqualTo(1);
  }
}
