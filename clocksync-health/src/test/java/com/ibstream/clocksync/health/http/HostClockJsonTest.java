package com.ibstream.clocksync.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.ibstream.clocksync.facts.KernelFacts;
import com.ibstream.clocksync.facts.LeapSecond;
import com.ibstream.clocksync.facts.SynchronisationClaim;
import com.ibstream.clocksync.health.Statuses;
import com.ibstream.clocksync.verdict.HostZone;
import com.ibstream.clocksync.verdict.LeapNear;
import com.ibstream.clocksync.verdict.OffsetExplainer;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class HostClockJsonTest {

  private static final long BEHIND_NANOS = 37_187_000_000L;

  private static JsonNode detail(Statuses statuses) {
    return Json.parse(StatusJson.timeSync(statuses.snapshot()).toString()).get("clocksync");
  }

  private static Statuses behind() {
    OffsetExplainer explainer =
        new OffsetExplainer(HostZone.NONE, LeapNear.NO, OptionalInt.empty());
    return Statuses.healthy()
        .offset(BEHIND_NANOS)
        .causes(explainer.explainOffset(BEHIND_NANOS, 1_200_000))
        .claim(SynchronisationClaim.DISPUTED)
        .kernel(
            new KernelFacts(
                0, true, -12.5, 20_000_000, 3_000_000, OptionalInt.of(37), LeapSecond.INSERT));
  }

  @Test
  void shouldShowTheSystemClockBesideWhatTheSystemSaysOfIt() {
    JsonNode clock = detail(behind()).get("system_clock");

    assertThat(clock.get("bound_ms").doubleValue())
        .as("offset, and half of 1.2 ms beyond")
        .isEqualTo(37_187.6);
    assertThat(clock.get("last_good_s").doubleValue()).isEqualTo(30);
    assertThat(clock.get("claim").textValue()).isEqualTo("disputed");
  }

  @Test
  void shouldTurnTheSignsOfACauseAsThoseOfADrift() {
    JsonNode cause = detail(behind()).at("/system_clock/causes/0");

    assertThat(cause.get("cause").textValue()).isEqualTo("tai_minus_utc");
    assertThat(cause.get("consistent").booleanValue()).as("187 ms too much").isFalse();
    assertThat(cause.get("size_ms").doubleValue()).isEqualTo(-37_000);
    assertThat(cause.get("residual_ms").doubleValue()).isEqualTo(-187);
    assertThat(cause.get("bound_ms").doubleValue()).isEqualTo(1.2);
    assertThat(cause.get("text").textValue()).contains("37 s", "behind", "residual 0.187 s");
  }

  @Test
  void shouldShowWhatTheKernelClaims() {
    JsonNode kernel = detail(behind()).get("kernel");

    assertThat(kernel.get("synchronised").booleanValue()).isTrue();
    assertThat(kernel.get("frequency_ppm").doubleValue()).isEqualTo(-12.5);
    assertThat(kernel.get("max_error_ms").doubleValue()).isEqualTo(20);
    assertThat(kernel.get("estimated_error_ms").doubleValue()).isEqualTo(3);
    assertThat(kernel.get("tai_utc_s").intValue()).isEqualTo(37);
    assertThat(kernel.get("leap").textValue()).isEqualTo("insert");
    assertThat(detail(Statuses.healthy()).get("kernel").isNull()).isTrue();
  }

  @Test
  void shouldShowPausesAndTheDay() {
    JsonNode detail = detail(Statuses.healthy());

    assertThat(detail.at("/pauses/count").intValue()).isEqualTo(2);
    assertThat(detail.at("/pauses/total_s").doubleValue()).isEqualTo(3);
    assertThat(detail.at("/pauses/longest_s").doubleValue()).isEqualTo(2.5);
    assertThat(detail.at("/pauses/last_s").doubleValue()).isEqualTo(0.5);
    assertThat(detail.at("/pauses/last_age_s").doubleValue()).isZero();
    assertThat(detail.at("/day/count").intValue()).isZero();
    assertThat(detail.at("/samples/p99_abs_ms").doubleValue()).isEqualTo(0.418);
  }

  @Test
  void shouldShowNothingOfASystemClockThatIsNotCompared() {
    JsonNode detail = detail(Statuses.neverProved());

    assertThat(detail.get("system_clock").isNull()).isTrue();
    assertThat(detail.get("day").isNull()).isTrue();
  }
}
