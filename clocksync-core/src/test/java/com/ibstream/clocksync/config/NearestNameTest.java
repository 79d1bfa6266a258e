package com.ibstream.clocksync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "'', abc, 3",
    "abc, '', 3",
    "abc, abc, 0",
    "abc, abd, 1",
    "abc, abcd, 1",
    "abc, bc, 1",
    "kitten, sitting, 3",
    "saturday, sunday, 3",
    "ab, ba, 2",
  })
  void shouldCountEditsWhenTwoWordsDiffer(String left, String right, int distance) {
    assertThat(NearestName.distance(left, right)).isEqualTo(distance);
    assertThat(NearestName.distance(right, left)).isEqualTo(distance);
  }

  @ParameterizedTest
  @CsvSource({
    "tolerence, tolerance",
    "Timeout, timeout",
    "TIMEOUT, timeout",
    "pollmin, poll.min",
    "poll.mx, poll.max",
    "server, servers",
  })
  void shouldFindWhatWasMeantWhenMisspelled(String written, String meant) {
    List<String> names = List.of("servers", "timeout", "tolerance", "poll.min", "poll.max");

    assertThat(NearestName.of(written, names)).isEqualTo(meant);
  }

  @Test
  void shouldTakeTheFirstWhenTwoAreEquallyNear() {
    assertThat(NearestName.of("poll.mi", List.of("poll.ma", "poll.mo"))).isEqualTo("poll.ma");
  }
}
