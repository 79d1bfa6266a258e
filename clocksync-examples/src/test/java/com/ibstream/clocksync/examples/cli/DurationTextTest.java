package com.ibstream.clocksync.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "1s, PT1S",
    "250ms, PT0.25S",
    "1.5s, PT1.5S",
    "2m, PT2M",
    "1h, PT1H",
    "-1s, PT-1S",
    "10us, PT0.00001S"
  })
  void shouldReadNumberAndUnitWhenBothAreThere(String text, String iso) {
    assertThat(DurationText.parse(text)).isEqualTo(Duration.parse(iso));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "1 s", "one second", "1e3s", "1w", "0x10s"})
  void shouldNameTheTextWhenItIsNoDuration(String text) {
    assertThatThrownBy(() -> DurationText.parse(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'" + text + "'");
  }

  @Test
  void shouldRefuseWhenItDoesNotFit() {
    assertThatThrownBy(() -> DurationText.parse("999999999d")).hasMessageContaining("999999999d");
  }
}
