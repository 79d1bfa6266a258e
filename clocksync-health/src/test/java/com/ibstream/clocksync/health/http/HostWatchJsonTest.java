package com.ibstream.clocksync.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.RepairFacts;
import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.facts.TimeService;
import com.ibstream.clocksync.health.HealthMapping;
import com.ibstream.clocksync.health.HealthStatus;
import com.ibstream.clocksync.health.Statuses;
import com.ibstream.clocksync.verdict.ClockStatus;
import com.ibstream.clocksync.verdict.HostStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostWatchJsonTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long NOW = Statuses.healthy().build().asOfMonoNanos();

  private static ServiceFacts service(ServiceFacts.State state, long ageNanos) {
    ServiceFacts.Unit unit =
        new ServiceFacts.Unit(
            TimeService.CHRONY,
            "chrony.service",
            "loaded",
            "active",
            "running",
            "success",
            "enabled",
            OptionalInt.of(0),
            OptionalLong.empty());
    return new ServiceFacts(
        NOW - ageNanos,
        state,
        "chronyd follows 192.0.2.1",
        Optional.of(TimeService.CHRONY),
        Optional.of(unit),
        List.of(unit),
        Optional.of(
            new ServiceFacts.Claim(
                true,
                "chronyd follows 192.0.2.1",
                "192.0.2.1",
                OptionalInt.of(2),
                OptionalLong.of(37 * SECOND),
                OptionalLong.of(2_000_000),
                OptionalLong.of(34 * SECOND),
                OptionalLong.of(64 * SECOND))),
        List.of(
            new ServiceFacts.Finding(
                ServiceFacts.Finding.Kind.SECOND_SERVICE_RUNNING, "ntpsec.service runs, too")),
        OptionalLong.of(NOW - 34 * SECOND));
  }

  private static Statuses with(ServiceFacts facts) {
    RepairFacts repair =
        new RepairFacts(
            RepairFacts.Mode.ACT,
            "nothing to repair",
            Optional.empty(),
            true,
            List.of(
                new RepairFacts.Attempt(
                    RepairAction.STEP_CLOCK,
                    NOW - 60 * SECOND,
                    "an hour behind",
                    RepairFacts.Outcome.HELPED,
                    "",
                    2 * SECOND,
                    OptionalLong.of(3_600 * SECOND),
                    OptionalLong.of(-1_000_000))));
    return Statuses.healthy()
        .host(
            new HostStatus(
                Optional.of(facts), Optional.empty(), Optional.of(repair), 180 * SECOND));
  }

  private static JsonNode detail(Statuses statuses) {
    return Json.parse(StatusJson.timeSync(statuses.snapshot()).toString()).get("clocksync");
  }

  @Test
  void shouldShowTheServiceWithTheSignsOfADrift() {
    JsonNode json =
        detail(with(service(ServiceFacts.State.SYNCHRONISED, 5 * SECOND))).get("ntp_service");

    assertThat(json.get("state").textValue()).isEqualTo("synchronised");
    assertThat(json.get("service").textValue()).isEqualTo("chrony");
    assertThat(json.get("unit").textValue()).isEqualTo("chrony.service");
    assertThat(json.get("age_s").doubleValue()).isEqualTo(5);
    assertThat(json.get("last_synchronised_age_s").doubleValue()).isEqualTo(34);
    assertThat(json.get("last_synchronised").textValue()).matches("20\\d\\d-.*\\+00:00");
    assertThat(json.at("/claim/drift_ms").doubleValue()).as("behind").isEqualTo(-37_000);
    assertThat(json.at("/claim/error_bound_ms").doubleValue()).isEqualTo(2);
    assertThat(json.at("/findings/0/kind").textValue()).isEqualTo("second_service_running");
    assertThat(json.at("/units/0/active").textValue()).isEqualTo("active");
  }

  @Test
  void shouldShowWhatWasDoneAboutTheHost() {
    JsonNode json = detail(with(service(ServiceFacts.State.SYNCHRONISED, 0))).get("repair");

    assertThat(json.get("mode").textValue()).isEqualTo("act");
    assertThat(json.get("wanted").isNull()).isTrue();
    assertThat(json.get("settled").booleanValue()).isTrue();
    JsonNode attempt = json.at("/attempts/0");
    assertThat(attempt.get("action").textValue()).isEqualTo("step_clock");
    assertThat(attempt.get("outcome").textValue()).isEqualTo("helped");
    assertThat(attempt.get("age_s").doubleValue()).isEqualTo(60);
    assertThat(attempt.get("drift_before_ms").doubleValue()).isEqualTo(-3_600_000);
    assertThat(attempt.get("drift_after_ms").doubleValue()).isEqualTo(1);
  }

  @Test
  void shouldSayNothingOfAHostThatNobodyLooksAt() {
    JsonNode json = detail(Statuses.healthy());

    assertThat(json.get("ntp_service").isNull()).isTrue();
    assertThat(json.get("repair").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "SYNCHRONISED, HEALTHY", "STARTING, HEALTHY", "UNSYNCHRONISED, WARNING", "DISPUTED, WARNING",
    "INACTIVE, WARNING", "FAILED, WARNING", "UNKNOWN, WARNING", "NOT_APPLICABLE, HEALTHY"
  })
  void shouldWarnWhileTheServiceIsKnownToBeBad(ServiceFacts.State state, HealthStatus health) {
    ClockStatus status = with(service(state, 0)).build();

    assertThat(HealthMapping.of(status).status()).isEqualTo(health);
    if (health == HealthStatus.WARNING) {
      assertThat(HealthMapping.of(status).message()).contains("chronyd follows");
    }
  }

  @Test
  void shouldNotKnowAServiceThatNobodyHasLookedAtForLong() {
    HostStatus old =
        with(service(ServiceFacts.State.SYNCHRONISED, 0)).build().host().at(NOW + 181 * SECOND);

    assertThat(old.service().orElseThrow().state()).isEqualTo(ServiceFacts.State.UNKNOWN);
    assertThat(old.service().orElseThrow().claim()).isEmpty();
  }
}
