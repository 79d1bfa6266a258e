package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibstream.clocksync.verdict.ClockEventListener;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClockMonitorConfigTest {

  @TempDir private Path directory;

  @Test
  void shouldHaveTheDocumentedDefaultsWhenNothingIsSet() {
    ClockMonitorConfig config = ClockMonitorConfig.builder().build();

    assertThat(config.servers())
        .extracting(ServerAddress::toString)
        .containsExactly(
            "time.google.com",
            "time.cloudflare.com",
            "pool.ntp.org",
            "time.nist.gov",
            "us.pool.ntp.org");
    assertThat(config.timeoutNanos()).isEqualTo(1_000_000_000L);
    assertThat(config.toleranceNanos()).isEqualTo(50_000_000L);
    assertThat(config.minPollNanos()).isEqualTo(64_000_000_000L);
    assertThat(config.maxPollNanos()).isEqualTo(256_000_000_000L);
    assertThat(config.frequencyTolerancePpm()).isEqualTo(15);
    assertThat(config.slewAllowancePpm()).isEqualTo(500);
    assertThat(config.maxRootDistanceNanos()).isEqualTo(3_000_000_000L);
    assertThat(config.driftWindowNanos()).isEqualTo(300_000_000_000L);
    assertThat(config.lookIntervalNanos()).isEqualTo(200_000_000L);
    assertThat(config.frequencyChangePpm()).isEqualTo(2);
    assertThat(config.isInReadCheck()).isFalse();
    assertThat(config.undisciplinedServers()).isEmpty();
    assertThat(config.settings()).isEmpty();
  }

  @Test
  void shouldTakeEveryValueWhenTheBuilderSetsIt() {
    ClockMonitorConfig config =
        withPlugins()
            .servers("a", "b:1123", "[::1]:1124")
            .timeout(Duration.ofMillis(250))
            .tolerance(Duration.ofMillis(5))
            .minPoll(Duration.ofSeconds(16))
            .maxPoll(Duration.ofSeconds(32))
            .frequencyTolerancePpm(1.5)
            .frequencyChangePpm(7.5)
            .slewAllowancePpm(1e5)
            .inReadCheck(true)
            .maxRootDistance(Duration.ofSeconds(1))
            .driftWindow(Duration.ofMinutes(1))
            .lookInterval(Duration.ofMillis(100))
            .undisciplinedServers("b")
            .setting("health.port", "8851")
            .build();

    assertThat(config.servers())
        .containsExactly(
            new ServerAddress("a", 123),
            new ServerAddress("b", 1123),
            new ServerAddress("::1", 1124));
    assertThat(config.timeoutNanos()).isEqualTo(250_000_000L);
    assertThat(config.toleranceNanos()).isEqualTo(5_000_000L);
    assertThat(config.minPollNanos()).isEqualTo(16_000_000_000L);
    assertThat(config.maxPollNanos()).isEqualTo(32_000_000_000L);
    assertThat(config.frequencyTolerancePpm()).isEqualTo(1.5);
    assertThat(config.frequencyChangePpm()).isEqualTo(7.5);
    assertThat(config.isInReadCheck()).isTrue();
    assertThat(config.slewAllowancePpm()).isEqualTo(100_000);
    assertThat(config.maxRootDistanceNanos()).isEqualTo(1_000_000_000L);
    assertThat(config.driftWindowNanos()).isEqualTo(60_000_000_000L);
    assertThat(config.lookIntervalNanos()).isEqualTo(100_000_000L);
    assertThat(config.undisciplinedServers()).containsExactly("b");
    assertThat(config.settings()).containsExactly(Map.entry("health.port", "8851"));
  }

  @Test
  void shouldMeanTheSameWhenFileEnvironmentAndBuilderSayTheSame() throws IOException {
    Path properties = directory.resolve("clock.properties");
    Path environmentFile = directory.resolve(".env");
    Files.writeString(
        properties,
        "clocksync.servers=a,b:1123\nclocksync.poll.min=16s\nclocksync.health.port=1\n");
    Files.writeString(
        environmentFile,
        "CLOCKSYNC_SERVERS=\"a,b:1123\"\nexport CLOCKSYNC_POLL_MIN=16s\nCLOCKSYNC_HEALTH_PORT=1\n");
    Map<String, String> variables =
        Map.of(
            "CLOCKSYNC_SERVERS",
            "a,b:1123",
            "CLOCKSYNC_POLL_MIN",
            "PT16S",
            "CLOCKSYNC_HEALTH_PORT",
            "1");

    List<ClockMonitorConfig> configs =
        List.of(
            withPlugins().properties(properties).build(),
            withPlugins().environmentFile(environmentFile).build(),
            withPlugins().environment(variables).build(),
            withPlugins()
                .servers(List.of("a", "b:1123"))
                .minPoll(Duration.ofSeconds(16))
                .setting("health.port", "1")
                .build());

    assertThat(configs)
        .allSatisfy(
            config -> {
              assertThat(config.servers())
                  .containsExactly(new ServerAddress("a", 123), new ServerAddress("b", 1123));
              assertThat(config.minPollNanos()).isEqualTo(16_000_000_000L);
              assertThat(config.settings()).containsExactly(Map.entry("health.port", "1"));
            });
  }

  @Test
  void shouldLetBuilderWinOverEnvironmentOverEnvFileOverPropertiesWhenAllSpeak()
      throws IOException {
    Path properties = directory.resolve("clock.properties");
    Path environmentFile = directory.resolve(".env");
    Files.writeString(
        properties,
        "clocksync.servers=p\nclocksync.timeout=1ms\nclocksync.tolerance=1ms\nclocksync.root.distance.max=1ms\n");
    Files.writeString(
        environmentFile, "CLOCKSYNC_SERVERS=f\nCLOCKSYNC_TIMEOUT=2ms\nCLOCKSYNC_TOLERANCE=2ms\n");

    ClockMonitorConfig config =
        ClockMonitorConfig.builder()
            .servers("b")
            .properties(properties)
            .environmentFile(environmentFile)
            .environment(Map.of("CLOCKSYNC_SERVERS", "e", "CLOCKSYNC_TIMEOUT", "3ms"))
            .build();

    assertThat(config.servers()).containsExactly(new ServerAddress("b", 123));
    assertThat(config.timeoutNanos()).isEqualTo(3_000_000L);
    assertThat(config.toleranceNanos()).isEqualTo(2_000_000L);
    assertThat(config.maxRootDistanceNanos()).isEqualTo(1_000_000L);
  }

  static Stream<Arguments> wrongValues() {
    return Stream.of(
        wrong("timeout", "PT-1S", b -> b.timeout(Duration.ofSeconds(-1))),
        wrong("timeout", "PT0S", b -> b.timeout(Duration.ZERO)),
        wrong("tolerance", "PT0S", b -> b.tolerance(Duration.ZERO)),
        wrong(
            "tolerance",
            "PT2562047788015215H30M7S",
            b -> b.tolerance(Duration.ofSeconds(Long.MAX_VALUE))),
        wrong("poll.min", "PT-1S", b -> b.minPoll(Duration.ofSeconds(-1))),
        wrong("poll.max", "PT5M1S", b -> b.maxPoll(Duration.ofSeconds(301))),
        wrong("frequency.tolerance.ppm", "NaN", b -> b.frequencyTolerancePpm(Double.NaN)),
        wrong("frequency.tolerance.ppm", "0.0", b -> b.frequencyTolerancePpm(0)),
        wrong("frequency.change.ppm", "0.0", b -> b.frequencyChangePpm(0)),
        wrong("slew.allowance.ppm", "-1.0", b -> b.slewAllowancePpm(-1)),
        wrong("slew.allowance.ppm", "Infinity", b -> b.slewAllowancePpm(Double.POSITIVE_INFINITY)),
        wrong("root.distance.max", "PT17S", b -> b.maxRootDistance(Duration.ofSeconds(17))),
        wrong("drift.window", "PT25H", b -> b.driftWindow(Duration.ofHours(25))),
        wrong("look.interval", "PT1M1S", b -> b.lookInterval(Duration.ofSeconds(61))),
        wrong("servers", "\"\"", b -> b.servers()),
        wrong("servers", "\"\"", b -> b.servers(List.of())),
        wrong("servers", "\"a,\"", b -> b.servers("a", "")),
        wrong("timeout", "soon", b -> b.setting("timeout", "soon")));
  }

  private static Arguments wrong(
      String key, String value, UnaryOperator<ClockMonitorConfig.Builder> change) {
    return Arguments.of(key, value, change);
  }

  @ParameterizedTest
  @MethodSource("wrongValues")
  void shouldNameKeyAndValueAtOnceWhenTheBuilderIsGivenAWrongOne(
      String key, String value, UnaryOperator<ClockMonitorConfig.Builder> change) {
    ClockMonitorConfig.Builder builder = ClockMonitorConfig.builder();

    assertThatThrownBy(() -> change.apply(builder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(key + " must be ")
        .hasMessageContaining(value);
  }

  @Test
  void shouldRefuseWhenAKeyIsSetTwice() {
    ClockMonitorConfig.Builder builder =
        ClockMonitorConfig.builder().timeout(Duration.ofSeconds(1));

    assertThatThrownBy(() -> builder.timeout(Duration.ofSeconds(2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("timeout", "PT1S", "PT2S");
    assertThatThrownBy(() -> builder.setting("timeout", "3s"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldKnowAPluginsKeyOnlyWhenThePluginIsThere() {
    assertThatThrownBy(() -> withPlugins().setting("health.prot", "1").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("\"health.prot\"", "did you mean \"health.port\"");
    assertThatThrownBy(
            () -> ClockMonitorConfig.builder(List.of()).setting("health.port", "1").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown key \"health.port\" set by the builder");
  }

  @Test
  void shouldNotChangeWhenWhatItWasBuiltFromChanges() {
    List<String> servers = new ArrayList<>(List.of("a"));
    ClockMonitorConfig.Builder builder = withPlugins().servers(servers).setting("health.port", "1");
    ClockMonitorConfig config = builder.build();

    servers.add("b");
    builder.tolerance(Duration.ofMillis(1)).setting("health.host", "x");

    assertThat(config.servers()).hasSize(1);
    assertThat(config.toleranceNanos()).isEqualTo(50_000_000L);
    assertThat(config.settings()).hasSize(1);
    assertThatThrownBy(() -> config.servers().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> config.settings().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> config.undisciplinedServers().add("x"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void shouldSayWhereValuesComeFromButNotShowPluginsValuesWhenPrinted() {
    ClockMonitorConfig config =
        withPlugins()
            .environment(Map.of("CLOCKSYNC_TIMEOUT", "2s"))
            .setting("health.host", "secret.example")
            .build();

    assertThat(config.toString())
        .contains(
            "timeout = 2s (CLOCKSYNC_TIMEOUT in the environment)", "poll.max = 256s (the default)")
        .doesNotContain("secret.example");
  }

  @Test
  void shouldIgnoreTheProcessEnvironmentWhenNotAskedToReadIt() {
    assertThat(ClockMonitorConfig.builder().build().toString())
        .doesNotContain("in the environment");
  }

  private static ClockMonitorConfig.Builder withPlugins() {
    return ClockMonitorConfig.builder(List.of(new KeyedPlugin()));
  }

  /** Declares keys and does nothing. */
  private static final class KeyedPlugin implements ClockMonitorPlugin {

    @Override
    public Set<String> settingKeys() {
      return Set.of("health.host", "health.port");
    }

    @Override
    public void start(
        Supplier<ClockStatus> status,
        Consumer<ClockEventListener> events,
        Map<String, String> settings) {}

    @Override
    public void close() {}
  }
}
