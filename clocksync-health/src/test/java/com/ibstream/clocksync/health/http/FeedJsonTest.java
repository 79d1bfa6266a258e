package com.ibstream.clocksync.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.ibstream.clocksync.facts.FeedFacts;
import com.ibstream.clocksync.health.Feeds;
import com.ibstream.clocksync.health.Statuses;
import org.junit.jupiter.api.Test;

/** What feeds say, in JSON and for people; also while nothing is trusted. */
class FeedJsonTest {

  private static JsonNode feed(FeedFacts facts) {
    return StatusJson.timeSync(Statuses.healthy().feeds(facts).snapshot()).at("/clocksync/feeds/0");
  }

  @Test
  void shouldSayNothingOfFeedsWhenThereAreNone() {
    JsonNode json = StatusJson.timeSync(Statuses.healthy().snapshot());

    assertThat(json.get("clocksync").has("feeds")).isFalse();
  }

  @Test
  void shouldShowAFeedThatHasNothingToComplainOf() {
    JsonNode json = feed(Feeds.quiet());

    assertThat(json.get("name").textValue()).isEqualTo("ib");
    assertThat(json.get("text").textValue()).isEqualTo("nothing speaks against our clocks");
    assertThat(json.get("observed").longValue()).isEqualTo(12_345);
    assertThat(json.get("refused").longValue()).isEqualTo(2);
    assertThat(json.get("age_s").doubleValue()).isEqualTo(0.15);
    assertThat(json.get("resolution_ms").doubleValue()).isEqualTo(1_000);
    assertThat(json.get("allowance_ms").doubleValue()).isEqualTo(50);
    assertThat(json.get("system_clock_drift_at_most_ms").isNull()).isTrue();
    assertThat(json.get("trusted_clock_drift_at_most_ms").isNull()).isTrue();
    assertThat(json.at("/system_clock/lateness_ms").isNull()).isTrue();
    assertThat(json.at("/system_clock/usual_lateness_ms").isNull()).isTrue();
    assertThat(json.at("/system_clock/rise_ms").isNull()).isTrue();
    assertThat(json.at("/system_clock/raised").booleanValue()).isFalse();
    assertThat(json.at("/trusted_clock/raised").booleanValue()).isFalse();
  }

  @Test
  void shouldTurnTheSignOfWhatIsProved() {
    JsonNode json = feed(Feeds.contradicting());

    assertThat(json.get("trusted_clock_drift_at_most_ms").doubleValue()).isEqualTo(-250);
    assertThat(json.get("system_clock_drift_at_most_ms").doubleValue()).isEqualTo(-300);
    assertThat(json.get("text").textValue())
        .isEqualTo(
            "the trusted clock is behind by at least 250.000 ms;"
                + " the system clock is behind by at least 300.000 ms");
  }

  @Test
  void shouldShowASlowSystemClockAlthoughNothingWasEverProved() {
    JsonNode json =
        StatusJson.timeSync(Statuses.neverProved().feeds(Feeds.systemClockSlow()).snapshot());

    assertThat(json.get("status").textValue()).isEqualTo("error");
    assertThat(json.at("/clocksync/feeds/0/system_clock_drift_at_most_ms").doubleValue())
        .isEqualTo(-36_000);
    assertThat(json.at("/clocksync/feeds/0/text").textValue())
        .isEqualTo("the system clock is behind by at least 36000.000 ms");
  }

  @Test
  void shouldShowHowLateTicksAre() {
    JsonNode json = feed(Feeds.late());

    assertThat(json.at("/system_clock/lateness_ms").doubleValue()).isEqualTo(505);
    assertThat(json.at("/system_clock/usual_lateness_ms").doubleValue()).isEqualTo(5);
    assertThat(json.at("/system_clock/rise_ms").doubleValue()).isEqualTo(500);
    assertThat(json.at("/system_clock/raised").booleanValue()).isTrue();
    assertThat(json.get("text").textValue())
        .isEqualTo("ticks come in 500.000 ms later than usual by the system clock");
  }
}
