package com.ibstream.clocksync.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "1ns, 1",
    "500us, 500000",
    "250ms, 250000000",
    "1s, 1000000000",
    "0.5s, 500000000",
    "1.000000001s, 1000000001",
    "64 s, 64000000000",
    "5m, 300000000000",
    "1h, 3600000000000",
    "1d, 86400000000000",
    "0s, 0",
    "-1s, -1000000000",
    "+1s, 1000000000",
    "PT1S, 1000000000",
    "pt0.25s, 250000000",
    "PT5M, 300000000000",
    "P1D, 86400000000000",
    "PT-1S, -1000000000",
    "-PT1S, -1000000000",
    "9223372036854775806ns, 9223372036854775806",
    "9223372036854775807ns, 9223372036854775807",
    "PT9223372036.854775807S, 9223372036854775807",
  })
  void shouldReadNanosWhenTextIsADuration(String text, long nanos) {
    assertThat(DurationText.parseNanos(text)).contains(nanos);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1",
        "64",
        "s",
        "1S",
        "5M",
        "1sec",
        "1 minute",
        "one second",
        "1s1s",
        "1,5s",
        ".5s",
        "1.s",
        "1e3s",
        "0x1s",
        "0.5ns",
        "9223372036854775808ns",
        "PT9223372036.854775808S",
        "99999999999d",
        "PT",
        "P1Y",
        "PT1",
        "\u0661s",
        "NaN",
        "1s\n"
      })
  void shouldReadNothingWhenTextIsNoDuration(String text) {
    assertThat(DurationText.parseNanos(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "1, 1ns",
    "1500, 1500ns",
    "1000, 1us",
    "250000000, 250ms",
    "64000000000, 64s",
    "300000000000, 5m",
    "3600000000000, 1h",
    "86400000000000, 24h",
    "-1000000000, -1s",
  })
  void shouldUseTheGreatestWholeUnitWhenFormatted(long nanos, String text) {
    assertThat(DurationText.format(nanos)).isEqualTo(text);
    assertThat(DurationText.parseNanos(text)).contains(nanos);
  }
}
