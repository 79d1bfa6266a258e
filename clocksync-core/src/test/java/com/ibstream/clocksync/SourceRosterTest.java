package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SourceRosterTest {

  @Test
  void shouldGiveEachSourceATurnBetweenThoseBefore() {
    assertThat(IntStream.range(0, 8).mapToDouble(SourceRoster::turn).toArray())
        .containsExactly(1, 0.5, 0.25, 0.75, 0.125, 0.625, 0.375, 0.875);
  }

  @Test
  void shouldKeepEveryTurnWithinTheIntervalHoweverManySourcesThereWere() {
    assertThat(IntStream.of(1_000, 1 << 20, Integer.MAX_VALUE).mapToDouble(SourceRoster::turn))
        .allSatisfy(turn -> assertThat(turn).isGreaterThan(0).isLessThanOrEqualTo(1));
  }
}
