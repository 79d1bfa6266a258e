package com.ibstream.clocksync.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {

  /** Key, least value, one nanosecond below it, greatest value, one nanosecond above it. */
  @ParameterizedTest
  @CsvSource({
    "timeout, 1ms, 999999ns, 1.000001ms, 30s, 30.000000001s, 29.999999999s",
    "tolerance, 1us, 999ns, 1001ns, 10s, 10.000000001s, 9.999999999s",
    "poll.min, 250ms, 249.999999ms, 250.000001ms, 5m, 300.000000001s, 299.999999999s",
    "poll.max, 250ms, 249.999999ms, 250.000001ms, 300s, 300.000000001s, 299.999999999s",
    "root.distance.max, 1ms, 999999ns, 1000001ns, 16s, 16.000000001s, 15.999999999s",
    "drift.window, 1s, 999999999ns, 1000000001ns, 24h, 86400.000000001s, 86399.999999999s",
    "look.interval, 10ms, 9999999ns, 10000001ns, 5s, 5.000000001s, 4.999999999s",
    "frequency.tolerance.ppm, 0.01, 0.00999, 0.0101, 500, 500.001, 499.999",
    "frequency.change.ppm, 0.01, 0.009, 0.011, 500, 500.1, 499.9",
    "slew.allowance.ppm, 0, -0.001, 0.001, 100000, 100000.1, 99999.9",
  })
  void shouldAllowExactlyItsRangeWhenAKeyIsRead(
      String name,
      String least,
      String below,
      String inside,
      String most,
      String above,
      String justInside) {
    Key<?> key = Keys.named(name).orElseThrow();

    for (String allowed : List.of(least, inside, justInside, most)) {
      assertThat(key.read(written(allowed))).as(allowed).isNotNull();
    }
    for (String refused : List.of(below, above)) {
      assertThatThrownBy(() -> key.read(written(refused)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll(name, refused, key.range(), "x in some.file line 7");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "-1s", "-1ns", "PT0S", "PT-1S", "", "1", "soon", "99999999999d"})
  void shouldNameTheKeyWhenADurationIsNotPositiveOrNoDuration(String text) {
    for (Key<?> key :
        List.of(
            Keys.TIMEOUT, Keys.TOLERANCE, Keys.POLL_MIN, Keys.POLL_MAX, Keys.ROOT_DISTANCE_MAX)) {
      assertThatThrownBy(() -> key.read(written(text)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(key.name() + " must be a duration from ")
          .hasMessageContaining("but is \"" + text + "\"");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NaN",
        "Infinity",
        "-Infinity",
        "",
        "15ppm",
        "15d",
        "0x10",
        "1_000",
        "1e400",
        "-1"
      })
  void shouldNameTheKeyWhenARateIsNoAllowedNumber(String text) {
    assertThatThrownBy(() -> Keys.FREQUENCY_TOLERANCE_PPM.read(written(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("frequency.tolerance.ppm must be a number from 0.01 to 500")
        .hasMessageContaining("\"" + text + "\"");
  }

  @Test
  void shouldReadNumbersWhenWrittenInAnyDecimalForm() {
    assertThat(Keys.FREQUENCY_TOLERANCE_PPM.read(written(" 1.5e1 "))).isEqualTo(15.0);
    assertThat(Keys.SLEW_ALLOWANCE_PPM.read(written("83333"))).isEqualTo(83_333.0);
  }

  @Test
  void shouldReadAListWhenEntriesHaveSpaceAround() {
    assertThat(Keys.SERVERS.read(written(" a , b:123,\t[::1]:9 ")))
        .containsExactly("a", "b:123", "[::1]:9");
    assertThat(Keys.UNDISCIPLINED_SERVERS.read(written("  "))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", "a,", ",a", "a,,b", "a, ,b"})
  void shouldNameTheKeyWhenServersAreMissingOrEmpty(String text) {
    assertThatThrownBy(() -> Keys.SERVERS.read(written(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("servers must be a comma-separated list of 1 to 64 hosts")
        .hasMessageContaining("\"" + text + "\"");
  }

  @Test
  void shouldLimitTheNumberOfServers() {
    assertThat(Keys.SERVERS.read(written(hosts(63)))).hasSize(63);
    assertThat(Keys.SERVERS.read(written(hosts(64)))).hasSize(64);
    assertThatThrownBy(() -> Keys.SERVERS.read(written(hosts(65)))).hasMessageContaining("1 to 64");
  }

  @Test
  void shouldAllowItsOwnDefaultWhenWrittenOut() {
    for (Key<?> key : Keys.ALL) {
      assertThat(key.read(written(key.defaultText()))).as(key.name()).isEqualTo(key.defaultValue());
    }
  }

  @Test
  void shouldHaveDistinctNames() {
    assertThat(Keys.ALL.stream().map(Key::name)).doesNotHaveDuplicates();
    assertThat(Keys.named("nothing")).isEmpty();
  }

  private static String hosts(int count) {
    return String.join(",", Collections.nCopies(count, "a"));
  }

  private static Setting written(String value) {
    return new Setting("x", value, "in some.file line 7");
  }
}
