package com.ibstream.clocksync.examples.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftReportTest {

  private static JsonNode json(DriftReport report) throws IOException {
    return new ObjectMapper().readTree(DriftJson.line(report));
  }

  private static List<String> keys(JsonNode json) {
    List<String> keys = new ArrayList<>();
    json.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  @Test
  void shouldSayPositiveDriftWhenOurClockIsAhead() throws IOException {
    JsonNode json = json(DriftReport.of(Statuses.ahead()));

    assertThat(json.get("drift_ms").doubleValue()).isEqualTo(3);
    assertThat(json.get("earliest_drift_ms").doubleValue()).isEqualTo(1);
    assertThat(json.get("latest_drift_ms").doubleValue()).isEqualTo(4);
    assertThat(json.get("error_bound_ms").doubleValue()).as("the greater distance").isEqualTo(2);
    assertThat(json.get("status").textValue()).isEqualTo("healthy");
    assertThat(json.get("classification").textValue()).isEqualTo("good");
  }

  @Test
  void shouldTurnStatisticsRoundWhenTheSignChanges() throws IOException {
    JsonNode json = json(DriftReport.of(Statuses.ahead()));

    assertThat(json.get("mean_ms").doubleValue()).isEqualTo(3.1);
    assertThat(json.get("median_ms").doubleValue()).isEqualTo(3);
    assertThat(json.get("stdev_ms").doubleValue()).isEqualTo(0.5);
    assertThat(json.get("min_ms").doubleValue()).isEqualTo(2);
    assertThat(json.get("max_ms").doubleValue()).isEqualTo(4);
    assertThat(json.get("range_ms").doubleValue()).isEqualTo(2);
  }

  @Test
  void shouldHaveTheseKeysInThisOrderWhenWritten() throws IOException {
    JsonNode json = json(DriftReport.of(Statuses.ahead()));

    assertThat(String.join(" ", keys(json)))
        .isEqualTo(
            "status classification message drift_ms error_bound_ms earliest_drift_ms latest_drift_ms mean_ms median_ms"
                + " stdev_ms min_ms max_ms range_ms consensus servers total_servers timestamp sources");
    assertThat(String.join(" ", keys(json.get("sources").get(0))))
        .isEqualTo("server address state reason drift_ms error_bound_ms delay_ms stratum");
  }

  @Test
  void shouldCountServersByNameWhenOneHasTwoAddresses() throws IOException {
    JsonNode json = json(DriftReport.of(Statuses.ahead()));

    assertThat(json.get("servers").intValue()).isEqualTo(1);
    assertThat(json.get("total_servers").intValue()).isEqualTo(3);
    assertThat(json.get("sources")).hasSize(4);
  }

  @Test
  void shouldGiveReferenceTimeWhenTrusted() throws IOException {
    JsonNode json = json(DriftReport.of(Statuses.ahead()));

    assertThat(json.get("timestamp").textValue()).isEqualTo("2025-08-01T01:04:51.497000+00:00");
  }

  @Test
  void shouldNameTheRefusalAndNoAddressWhenAServerIsUnknown() throws IOException {
    JsonNode source = json(DriftReport.of(Statuses.ahead())).get("sources").get(3);

    assertThat(source.get("reason").textValue()).isEqualTo("unknown_host");
    assertThat(source.get("state").textValue()).isEqualTo("unreachable");
    assertThat(source.get("address").isNull()).isTrue();
    assertThat(source.get("drift_ms").isNull()).isTrue();
    assertThat(source.get("stratum").isNull()).isTrue();
  }

  @Test
  void shouldSayNothingOfTheDriftWhenNothingWasProved() throws IOException {
    DriftReport report = DriftReport.of(Statuses.unknown());
    JsonNode json = json(report);

    assertThat(report.exitStatus()).isEqualTo(3);
    assertThat(json.get("status").textValue()).isEqualTo("error");
    assertThat(json.get("classification").textValue()).isEqualTo("unknown");
    assertThat(json.get("consensus").textValue()).isEqualTo("none");
    assertThat(keys(json).stream().filter(key -> key.endsWith("_ms")).map(json::get))
        .hasSize(10)
        .allMatch(JsonNode::isNull);
    assertThat(json.get("timestamp").isNull()).isTrue();
    assertThat(json.get("sources").get(0).get("reason").textValue()).isEqualTo("timeout");
  }

  @Test
  void shouldSayNothingOfTheDriftWhenTheLineIsDisputed() throws IOException {
    JsonNode json = json(DriftReport.of(Statuses.untrusted()));

    assertThat(json.get("drift_ms").isNull()).isTrue();
    assertThat(json.get("mean_ms").isNull()).isTrue();
    assertThat(json.get("sources").get(0).get("drift_ms").doubleValue())
        .as("sources still speak")
        .isEqualTo(3);
  }

  @Test
  void shouldUseWordsInsteadOfSignsWhenWrittenForPeople() {
    String text = DriftText.text(DriftReport.of(Statuses.ahead()));

    assertThat(text)
        .contains(
            "ahead by 3.000 ms",
            "from ahead by 1.000 ms to ahead by 4.000 ms",
            "behind by 247.000 ms")
        .contains("gone.example", "unreachable", "the name has no address")
        .doesNotContain("+3", "-3");
  }

  @Test
  void shouldSayWhyWhenTheClockCannotBeJudged() {
    assertThat(DriftText.text(DriftReport.of(Statuses.unknown())))
        .contains("error (unknown)", "no vote has succeeded yet", "cannot be judged");
  }

  @Test
  void shouldSpeakOfSecondsWhenTheDriftIsLarge() {
    assertThat(DriftText.drift(-61_200_000_000_000L)).isEqualTo("behind by 61200.000000 s");
    assertThat(DriftText.drift(1_234_567)).isEqualTo("ahead by 1.235 ms");
  }
}
