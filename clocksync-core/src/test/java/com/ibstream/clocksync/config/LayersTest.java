package com.ibstream.clocksync.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayersTest {

  @TempDir private Path directory;
  private Path properties;
  private Path environmentFile;
  private final Layers layers = new Layers();

  @BeforeEach
  void nameFiles() {
    properties = directory.resolve("clock.properties");
    environmentFile = directory.resolve(".env");
  }

  @Test
  void shouldLetTheStrongerPlaceWinWhenSeveralSpeak() throws IOException {
    Files.writeString(
        properties,
        """
        clocksync.timeout=1ms
        clocksync.tolerance=1ms
        clocksync.poll.min=1s
        clocksync.poll.max=1m
        """);
    Files.writeString(
        environmentFile,
        """
        CLOCKSYNC_TIMEOUT=2ms
        CLOCKSYNC_TOLERANCE=2ms
        CLOCKSYNC_POLL_MIN=2s
        """);
    layers.program("timeout", "4ms");
    layers.environment(
        Map.of("CLOCKSYNC_TIMEOUT", "3ms", "CLOCKSYNC_TOLERANCE", "3ms", "PATH", "/bin"));
    layers.environmentFile(environmentFile);
    layers.properties(properties);

    Settings settings = layers.inForce(Set.of());

    assertThat(settings.describe(Keys.TIMEOUT))
        .isEqualTo("timeout = 4ms (timeout set by the builder)");
    assertThat(settings.describe(Keys.TOLERANCE))
        .isEqualTo("tolerance = 3ms (CLOCKSYNC_TOLERANCE in the environment)");
    assertThat(settings.describe(Keys.POLL_MIN))
        .isEqualTo("poll.min = 2s (CLOCKSYNC_POLL_MIN in " + environmentFile + " line 3)");
    assertThat(settings.describe(Keys.POLL_MAX))
        .isEqualTo("poll.max = 1m (clocksync.poll.max in " + properties + " line 4)");
    assertThat(settings.describe(Keys.DRIFT_WINDOW)).isEqualTo("drift.window = 5m (the default)");
    assertThat(settings.value(Keys.TIMEOUT)).isEqualTo(4_000_000L);
    assertThat(settings.value(Keys.TOLERANCE)).isEqualTo(3_000_000L);
    assertThat(settings.value(Keys.POLL_MIN)).isEqualTo(2_000_000_000L);
    assertThat(settings.value(Keys.POLL_MAX)).isEqualTo(60_000_000_000L);
    assertThat(settings.value(Keys.DRIFT_WINDOW)).isEqualTo(300_000_000_000L);
  }

  @Test
  void shouldNotMindAMistakeWhenAStrongerPlaceCorrectsIt() throws IOException {
    Files.writeString(properties, "clocksync.timeout=never\n");
    layers.properties(properties);
    layers.environment(Map.of("CLOCKSYNC_TIMEOUT", "2s"));

    assertThat(layers.inForce(Set.of()).value(Keys.TIMEOUT)).isEqualTo(2_000_000_000L);
  }

  @Test
  void shouldNameTheUnknownKeyWhenEvenAStrongerPlaceIsRight() throws IOException {
    Files.writeString(properties, "\nclocksync.timeuot=1s\n");
    layers.properties(properties);
    layers.program("timeout", "2s");

    assertThatThrownBy(() -> layers.inForce(Set.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "unknown key \"clocksync.timeuot\" in "
                + properties
                + " line 2; did you mean \"clocksync.timeout\"?");
  }

  @Test
  void shouldRefuseAKeyOfSomebodyElseWhenItStandsInOurPropertiesFile() throws IOException {
    Files.writeString(properties, "server.port=8851\n");
    layers.properties(properties);

    assertThatThrownBy(() -> layers.inForce(Set.of()))
        .hasMessageContaining("unknown key \"server.port\"");
  }

  @Test
  void shouldNameTheUnknownVariableWhenItIsInEnvironmentOrEnvFile() throws IOException {
    Files.writeString(environmentFile, "IB_HOST=x\nCLOCKSYNC_SERVER=a\n");
    layers.environmentFile(environmentFile);
    assertThatThrownBy(() -> layers.inForce(Set.of()))
        .hasMessage(
            "unknown key \"CLOCKSYNC_SERVER\" in "
                + environmentFile
                + " line 2; did you mean \"CLOCKSYNC_SERVERS\"?");

    Layers others = new Layers();
    others.environment(Map.of("IB_HOST", "x", "CLOCKSYNC_TOLERENCE", "1ms"));
    assertThatThrownBy(() -> others.inForce(Set.of()))
        .hasMessage(
            "unknown key \"CLOCKSYNC_TOLERENCE\" in the environment; did you mean \"CLOCKSYNC_TOLERANCE\"?");
  }

  @Test
  void shouldNameBothLinesWhenAFileSetsAKeyTwice() throws IOException {
    Files.writeString(environmentFile, "CLOCKSYNC_TIMEOUT=1s\nCLOCKSYNC_TIMEOUT=2s\n");
    layers.environmentFile(environmentFile);

    assertThatThrownBy(() -> layers.inForce(Set.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "CLOCKSYNC_TIMEOUT is set twice: \"1s\" in %s line 1, and \"2s\" in %s line 2"
                .formatted(environmentFile, environmentFile));
  }

  @Test
  void shouldRefuseWhenTheProgramSetsAnythingTwice() {
    layers.program("timeout", "1s");
    layers.properties(properties);
    layers.environmentFile(environmentFile);
    layers.environment(Map.of());

    assertThatThrownBy(() -> layers.program("timeout", "2s"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("timeout", "\"1s\"", "\"2s\"");
    assertThatThrownBy(() -> layers.properties(environmentFile))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(
            "properties file", properties.toString(), environmentFile.toString());
    assertThatThrownBy(() -> layers.environmentFile(properties))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("environment file");
    assertThatThrownBy(() -> layers.environment(Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("environment");
  }

  @Test
  void shouldRefuseAtOnceWhenTheProgramSetsAWrongValue() {
    assertThatThrownBy(() -> layers.program("timeout", "-1s"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("timeout", "\"-1s\"", "builder");
  }

  @Test
  void shouldHandOverPluginSettingsAsTheyAreWritten() throws IOException {
    Files.writeString(properties, "clocksync.health.host=0.0.0.0\nclocksync.health.port=1\n");
    layers.properties(properties);
    layers.environment(Map.of("CLOCKSYNC_HEALTH_PORT", " 8851"));

    assertThat(layers.inForce(Set.of("health.host", "health.port", "health.path")).pluginSettings())
        .containsExactly(Map.entry("health.host", "0.0.0.0"), Map.entry("health.port", " 8851"));
  }

  @ParameterizedTest
  @CsvSource({
    "poll.min, 63999ms, poll.max, 64s, true",
    "poll.min, 64s, poll.max, 64s, true",
    "poll.min, 64001ms, poll.max, 64s, false",
    "timeout, 1999ms, poll.min, 2s, true",
    "timeout, 2s, poll.min, 2s, false",
    "timeout, 2001ms, poll.min, 2s, false",
    "drift.window, 9999ms, look.interval, 5s, false",
    "drift.window, 10s, look.interval, 5s, true",
    "drift.window, 10001ms, look.interval, 5s, true",
    "drift.window, 100.01s, look.interval, 10ms, true",
    "drift.window, 9999s, look.interval, 1s, true",
    "drift.window, 10000s, look.interval, 200ms, true",
    "drift.window, 10001s, look.interval, 200ms, false",
    "drift.window, 20001s, look.interval, 2s, true",
    "drift.window, 20002s, look.interval, 2s, false",
  })
  void shouldRefuseWhenTwoValuesContradictEachOther(
      String left, String leftText, String right, String rightText, boolean allowed) {
    layers.program(left, leftText);
    layers.environment(Map.of(Notation.ENVIRONMENT.write(right), rightText));

    if (allowed) {
      assertThat(layers.inForce(Set.of())).isNotNull();
    } else {
      assertThatThrownBy(() -> layers.inForce(Set.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(left + " must ")
          .hasMessageContainingAll(
              left + " = " + leftText, right + " = " + rightText, "builder", "environment");
    }
  }
}
