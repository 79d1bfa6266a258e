package com.ibstream.clocksync.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedSettingsTest {

  private static final FeedSettings GOOD = FeedSettings.of("ib");

  @Test
  void shouldHaveExactStampsAndAnAllowanceOf50MillisByDefault() {
    assertThat(GOOD)
        .isEqualTo(
            new FeedSettings("ib", Duration.ZERO, Duration.ofMillis(50), Duration.ofMillis(250)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\nb", "ä", "\"", "{}"})
  void shouldNameTheCulpritWhenTheNameIsWrong(String name) {
    assertThatThrownBy(() -> FeedSettings.of(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("name of a feed must be")
        .hasMessageContaining("\"" + name + "\"");
  }

  @Test
  void shouldTakeNamesOfOneTo64Characters() {
    assertThat(FeedSettings.of("a").name()).isEqualTo("a");
    assertThat(FeedSettings.of("ib:711280073/bid_ask-1.x" + "y".repeat(40)).name()).hasSize(64);
    assertThatThrownBy(() -> FeedSettings.of("y".repeat(65)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"PT-0.000000001S, false", "PT0S, true", "PT1S, true", "PT1M, true", "PT1M1S, false"})
  void shouldTakeResolutionAndAllowanceUpToAMinute(Duration value, boolean isGood) {
    if (isGood) {
      assertThat(GOOD.withResolution(value).resolution()).isEqualTo(value);
      assertThat(GOOD.withAllowance(value).allowance()).isEqualTo(value);
    } else {
      assertThatThrownBy(() -> GOOD.withResolution(value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("resolution of feed ib must be PT0S to PT1M: " + value);
      assertThatThrownBy(() -> GOOD.withAllowance(value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("allowance of feed ib must be PT0S to PT1M: " + value);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PT0.000999999S, false",
    "PT0.001S, true",
    "PT1H, true",
    "PT1H0.001S, false",
    "PT-1S, false"
  })
  void shouldTakeALateRiseOfAMilliToAnHour(Duration value, boolean isGood) {
    if (isGood) {
      assertThat(GOOD.withLateRise(value).lateRise()).isEqualTo(value);
    } else {
      assertThatThrownBy(() -> GOOD.withLateRise(value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("lateRise of feed ib must be PT0.001S to PT1H: " + value);
    }
  }
}
