package com.ibstream.clocksync.health.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.ibstream.clocksync.health.ClockHealthContributor;
import com.ibstream.clocksync.health.OverallStatus;
import com.ibstream.clocksync.health.Statuses;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the host service does wrong, the answer comes, and it is not "healthy". */
class HostFactsTest {

  /** A host service whose every answer is settable. */
  private static final class Facts implements HostFacts {
    Supplier<String> name = () -> "svc";
    Supplier<Optional<Boolean>> tws = () -> Optional.of(true);
    Supplier<OverallStatus> status = () -> OverallStatus.HEALTHY;
    Supplier<Map<String, ?>> keys = Map::of;
    Supplier<Map<String, ServiceFacts>> services = Map::of;
    Supplier<Optional<Map<String, ?>>> storage = Optional::empty;

    @Override
    public String serviceName() {
      return name.get();
    }

    @Override
    public Optional<Boolean> twsConnected() {
      return tws.get();
    }

    @Override
    public OverallStatus status() {
      return status.get();
    }

    @Override
    public Map<String, ?> additionalKeys() {
      return keys.get();
    }

    @Override
    public Map<String, ServiceFacts> furtherServices() {
      return services.get();
    }

    @Override
    public Optional<Map<String, ?>> storage() {
      return storage.get();
    }
  }

  private static final class Boom extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** A question that nobody can answer. */
  private static <T> Supplier<T> failing(RuntimeException failure) {
    return () -> {
      throw failure;
    };
  }

  private static HealthAnswers answers(Supplier<HostFacts> facts) {
    return new HealthAnswers(new ClockHealthContributor(() -> Statuses.healthy().build()), facts);
  }

  private static void assertDegraded(Supplier<HostFacts> facts, String problem) {
    HealthAnswers answers = answers(facts);

    HealthAnswer health = answers.answer("GET", "/health");
    HealthAnswer system = answers.answer("GET", "/system/health");

    assertThat(health.statusCode()).isEqualTo(200);
    JsonNode json = Json.parse(health.body());
    assertThat(json.get("status").textValue()).isEqualTo("degraded");
    assertThat(json.at("/issues/0").textValue()).endsWith(": Host facts error (" + problem + ")");
    assertThat(json.at("/time_sync/status").textValue()).isEqualTo("healthy");
    assertThat(system.statusCode()).isEqualTo(503);
    assertThat(Json.parse(system.body()).at("/summary/issues/0").textValue()).contains(problem);
    assertThat(answers.answer("GET", "/time/status").statusCode()).isEqualTo(200);
  }

  private static Facts facts(java.util.function.Consumer<Facts> change) {
    Facts facts = new Facts();
    change.accept(facts);
    return facts;
  }

  @Test
  void shouldBeHealthyWhenAllIsWell() {
    HealthAnswer answer = answers(Facts::new).answer("GET", "/health");

    assertThat(Json.parse(answer.body()).get("status").textValue()).isEqualTo("healthy");
    assertThat(Json.parse(answer.body()).has("issues")).isFalse();
  }

  @Test
  void shouldDegradeWhenTheSupplierThrows() {
    assertDegraded(failing(new Boom()), "host facts: Boom");
  }

  @Test
  void shouldDegradeWhenTheSupplierGivesNull() {
    assertDegraded(() -> null, "host facts is null");
  }

  static List<Object[]> failures() {
    return List.of(
        new Object[] {facts(f -> f.name = failing(new Boom())), "serviceName: Boom"},
        new Object[] {facts(f -> f.tws = failing(new Boom())), "twsConnected: Boom"},
        new Object[] {facts(f -> f.status = failing(new Boom())), "status: Boom"},
        new Object[] {facts(f -> f.keys = failing(new Boom())), "additionalKeys: Boom"},
        new Object[] {facts(f -> f.services = failing(new Boom())), "furtherServices: Boom"},
        new Object[] {facts(f -> f.storage = failing(new Boom())), "storage: Boom"},
        new Object[] {facts(f -> f.name = () -> null), "serviceName is null"},
        new Object[] {facts(f -> f.tws = () -> null), "twsConnected is null"},
        new Object[] {facts(f -> f.keys = () -> null), "additionalKeys is null"},
        new Object[] {facts(f -> f.services = () -> null), "furtherServices is null"},
        new Object[] {facts(f -> f.storage = () -> null), "storage: NullPointerException"},
        new Object[] {
          facts(f -> f.storage = () -> Optional.of(Map.of("files", 3))),
          "storage: storage needs a status that is a string: null"
        },
        new Object[] {
          facts(f -> f.keys = () -> Map.of("disk", new Object())),
          "additionalKeys.disk: IllegalArgumentException"
        },
        new Object[] {
          facts(
              f ->
                  f.services =
                      () -> Map.of("svc", new ServiceFacts("healthy", Optional.empty(), "", true))),
          "furtherServices.svc: the name 'svc' is the service's own"
        });
  }

  @ParameterizedTest
  @MethodSource("failures")
  void shouldDegradeAndNameTheQuestionWhenItFails(HostFacts facts, String problem) {
    assertDegraded(() -> facts, problem);
  }

  @Test
  void shouldDegradeWhenTheStatusIsNull() {
    HealthAnswer answer = answers(() -> facts(f -> f.status = () -> null)).answer("GET", "/health");

    assertThat(Json.parse(answer.body()).get("status").textValue()).isEqualTo("degraded");
    assertThat(answer.body()).contains("svc: Host facts error (status is null)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"service", "status", "timestamp", "tws_connected", "time_sync", "issues"})
  void shouldDegradeAndKeepOursWhenAKeyIsReserved(String key) {
    Facts facts = facts(f -> f.keys = () -> Map.of(key, "mine"));

    assertDegraded(() -> facts, "additionalKeys." + key + ": the key '" + key + "' is reserved");
    assertThat(answers(() -> facts).answer("GET", "/health").body()).doesNotContain("\"mine\"");
  }

  @Test
  void shouldKeepTheOtherKeysWhenOneCannotBeWritten() {
    Map<String, Object> keys = new HashMap<>();
    keys.put("bad", new Object());
    keys.put("good", 7);

    HealthAnswer answer = answers(() -> facts(f -> f.keys = () -> keys)).answer("GET", "/health");

    assertThat(Json.parse(answer.body()).get("good").intValue()).isEqualTo(7);
    assertThat(Json.parse(answer.body()).has("bad")).isFalse();
  }

  @Test
  void shouldSurviveWhenAValueContainsItself() {
    List<Object> endless = new ArrayList<>();
    endless.add(endless);

    HealthAnswer answer =
        answers(() -> facts(f -> f.keys = () -> Map.of("endless", endless)))
            .answer("GET", "/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Json.parse(answer.body()).get("status").textValue()).isEqualTo("degraded");
    assertThat(answer.body()).contains("Host facts error (additionalKeys.endless");
  }

  @Test
  void shouldStayValidJsonWhenANumberIsNone() {
    HealthAnswer answer =
        answers(() -> facts(f -> f.keys = () -> Map.of("rate", Double.NaN)))
            .answer("GET", "/health");

    assertThat(Json.parse(answer.body()).has("rate")).isTrue();
  }

  @Test
  void shouldRejectAServiceWhenItHasNoWord() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ServiceFacts(" ", Optional.empty(), "", false))
        .withMessageContaining("' '");
  }
}
