package com.ibstream.clocksync.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.PauseFacts;
import org.junit.jupiter.api.Test;

class PauseDetectorTest {

  private static final long PLANNED = Long.MAX_VALUE - 5; // overflow is in play

  private final PauseDetector pauses = new PauseDetector();

  @Test
  void shouldCountOnlyWhatIsLateByATenthOfASecond() {
    long least = PauseDetector.LEAST_PAUSE_NANOS;

    assertThat(pauses.turn(PLANNED, PLANNED - 1_000_000)).as("woken early").isEmpty();
    assertThat(pauses.turn(PLANNED, PLANNED + least - 1)).isEmpty();
    assertThat(pauses.facts()).isEqualTo(PauseFacts.NONE);
    assertThat(pauses.turn(PLANNED, PLANNED + least)).hasValue(least);
    assertThat(pauses.turn(PLANNED, PLANNED + least + 1)).hasValue(least + 1);
  }

  @Test
  void shouldRememberHowManyAndHowLong() {
    pauses.turn(0, 3_000_000_000L);
    pauses.turn(4_000_000_000L, 4_500_000_000L);

    PauseFacts facts = pauses.facts();
    assertThat(facts.count()).isEqualTo(2);
    assertThat(facts.totalNanos()).isEqualTo(3_500_000_000L);
    assertThat(facts.longestNanos()).isEqualTo(3_000_000_000L);
    assertThat(facts.lastMonoNanos()).hasValue(4_500_000_000L);
    assertThat(facts.lastNanos()).isEqualTo(500_000_000L);
  }
}
