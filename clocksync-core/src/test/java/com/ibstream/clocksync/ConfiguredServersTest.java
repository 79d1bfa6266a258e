package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfiguredServersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,b,a | names a twice",
        "a,A:123 | names a twice",
        "::1,[0:0::1]:123 | names ::1 twice",
        "a:1,a:1 | names a:1 twice",
        "a:0 | server \"a:0\": port",
        "[::1 | server \"[::1\": brackets",
        "a b | server \"a b\": ",
        ":123 | server \":123\": host is empty",
      })
  void shouldNameTheServerWhenTheListIsWrong(String servers, String fault) {
    ClockMonitorConfig.Builder builder =
        ClockMonitorConfig.builder().environment(Map.of("CLOCKSYNC_SERVERS", servers));

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("servers ")
        .hasMessageContainingAll(fault, "CLOCKSYNC_SERVERS in the environment");
  }

  @Test
  void shouldAllowTheSameHostWhenPortsDiffer() {
    assertThat(ClockMonitorConfig.builder().servers("a:1", "a:2").build().servers()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "c, names c",
    "b:1123, takes hosts without port",
    "[::1]:1124, takes hosts without port",
    "b/, malformed"
  })
  void shouldNameTheHostWhenAnUndisciplinedOneIsNotAServerOrHasAPort(String host, String fault) {
    ClockMonitorConfig.Builder builder =
        ClockMonitorConfig.builder()
            .servers("a", "b:1123", "[::1]:1124")
            .undisciplinedServers(host);

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("undisciplined.servers ")
        .hasMessageContainingAll(fault, host);
  }

  @Test
  void shouldSpellUndisciplinedHostsAsServersDoWhenWrittenOtherwise() {
    ClockMonitorConfig config =
        ClockMonitorConfig.builder()
            .servers("a", "b:1123", "[::1]:1124")
            .undisciplinedServers("B", "[0:0:0:0:0:0:0:1]")
            .build();

    assertThat(config.undisciplinedServers()).containsExactly("b", "::1");
  }
}
