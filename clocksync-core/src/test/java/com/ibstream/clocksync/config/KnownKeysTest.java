package com.ibstream.clocksync.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownKeysTest {

  private final KnownKeys known = KnownKeys.withPlugins(Set.of("health.port", "log.max-size"));

  @ParameterizedTest
  @CsvSource({
    "BUILDER, poll.min, poll.min",
    "PROPERTIES, clocksync.poll.min, poll.min",
    "ENVIRONMENT, CLOCKSYNC_POLL_MIN, poll.min",
    "ENVIRONMENT, CLOCKSYNC_FREQUENCY_TOLERANCE_PPM, frequency.tolerance.ppm",
    "PROPERTIES, clocksync.health.port, health.port",
    "ENVIRONMENT, CLOCKSYNC_HEALTH_PORT, health.port",
    "ENVIRONMENT, CLOCKSYNC_LOG_MAX_SIZE, log.max-size",
  })
  void shouldFindTheKeyWhenItIsSpelledAsItsPlaceDoes(Notation notation, String name, String key) {
    assertThat(known.keyOf(new Setting(name, "1", "here"), notation)).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource({
    "BUILDER, tolerence, tolerance",
    "BUILDER, clocksync.timeout, timeout",
    "PROPERTIES, clocksync.timeuot, clocksync.timeout",
    "PROPERTIES, clocksync.Timeout, clocksync.timeout",
    "PROPERTIES, timeout, clocksync.timeout",
    "PROPERTIES, clocksync.health.prot, clocksync.health.port",
    "ENVIRONMENT, CLOCKSYNC_POLLMIN, CLOCKSYNC_POLL_MIN",
    "ENVIRONMENT, CLOCKSYNC_SERVER, CLOCKSYNC_SERVERS",
    "ENVIRONMENT, CLOCKSYNC_poll_max, CLOCKSYNC_POLL_MAX",
  })
  void shouldNameTheNearestWhenAKeyIsUnknown(Notation notation, String name, String nearest) {
    assertThatThrownBy(() -> known.keyOf(new Setting(name, "1", "in x.env line 3"), notation))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "unknown key \"" + name + "\" in x.env line 3; did you mean \"" + nearest + "\"?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Health",
        "health port",
        ".health",
        "health.",
        "health..port",
        "health_port",
        "1.a"
      })
  void shouldRefuseAPluginWhenItsKeyIsMalformed(String key) {
    assertThatThrownBy(() -> KnownKeys.withPlugins(Set.of(key)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("\"" + key + "\"");
  }

  @Test
  void shouldRefuseAPluginWhenItsKeyIsTheCores() {
    assertThatThrownBy(() -> KnownKeys.withPlugins(Set.of("timeout")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("\"timeout\"");
  }

  @Test
  void shouldRefuseAPluginWhenTwoKeysAreTheSameVariable() {
    assertThatThrownBy(() -> KnownKeys.withPlugins(Set.of("poll-min")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("\"poll.min\"", "\"poll-min\"");
  }
}
