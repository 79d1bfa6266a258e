package com.ibstream.clocksync.health.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.ServerAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Properties by Spring's own binder. */
class ClockPropertiesTest {

  private static final Map<String, Object> FILE =
      Map.of(
          "clocksync.servers[0]", "a.test",
          "clocksync.servers[1]", "b.test",
          "clocksync.servers[2]", "c.test");

  private ClockMonitorConfig read(Map<String, Object> environment, Map<String, Object> file) {
    StandardEnvironment spring = new StandardEnvironment();
    spring
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, environment));
    spring.getPropertySources().addLast(new MapPropertySource("file", file));
    return ClockProperties.of(spring);
  }

  @Test
  void shouldTakeAList() {
    assertThat(read(Map.of(), FILE).servers()).hasSize(3);
  }

  @Test
  void shouldLetTheEnvironmentReplaceAWholeList() {
    assertThat(read(Map.of("CLOCKSYNC_SERVERS", "x.test,y.test"), FILE).servers())
        .extracting(ServerAddress::host)
        .containsExactly("x.test", "y.test");
    assertThat(read(Map.of("CLOCKSYNC_SERVERS_0", "x.test"), FILE).servers()).hasSize(1);
  }

  @Test
  void shouldLetAListReplaceAText() {
    assertThat(
            read(
                    Map.of("CLOCKSYNC_SERVERS_0", "x.test"),
                    Map.of("clocksync.servers", "a.test,b.test"))
                .servers())
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"clocksync.poll.min", "clocksync.poll-min", "clocksync.pollMin"})
  void shouldReadAKeyAsSpringWritesIt(String name) {
    assertThat(read(Map.of(), Map.of(name, "70s")).minPollNanos()).isEqualTo(70_000_000_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"clocksync.poll.min", "clocksync.poll-min", "clocksync.pollMin"})
  void shouldLetTheEnvironmentWinHoweverTheFileWritesIt(String name) {
    assertThat(read(Map.of("CLOCKSYNC_POLL_MIN", "90s"), Map.of(name, "70s")).minPollNanos())
        .isEqualTo(90_000_000_000L);
  }

  @Test
  void shouldKeepTheCommasOfSessions() {
    String weekdays = "MON,TUE 09:30-16:00 America/New_York";
    String friday = "FRI 09:30-13:00 America/New_York";
    Map<String, Object> list =
        Map.of("clocksync.trading.sessions[0]", weekdays, "clocksync.trading.sessions[1]", friday);

    assertThat(read(Map.of(), list).toString()).contains(weekdays + ";" + friday);
    assertThat(read(Map.of("CLOCKSYNC_TRADING_SESSIONS", weekdays), list).toString())
        .contains(weekdays)
        .doesNotContain("FRI");
  }

  @Test
  void shouldNameWhatItRefuses() {
    assertThatThrownBy(() -> read(Map.of(), Map.of("clocksync.tolerence", "1s")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tolerence");
    assertThatThrownBy(() -> read(Map.of(), Map.of("clocksync.timeout", "1 fortnight")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("timeout")
        .hasMessageContaining("1 fortnight");
  }
}
