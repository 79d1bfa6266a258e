package com.ibstream.clocksync.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class HealthHoldTest {

  private static final ClockHealth HEALTHY =
      new ClockHealth(HealthStatus.HEALTHY, OptionalLong.of(100_000), List.of());
  private static final ClockHealth WARNING =
      new ClockHealth(HealthStatus.WARNING, OptionalLong.of(7_000_000), List.of("7 ms"));
  private static final ClockHealth CRITICAL =
      new ClockHealth(HealthStatus.CRITICAL, OptionalLong.of(70_000_000), List.of("70 ms"));
  private static final ClockHealth ERROR = ClockHealth.error(List.of("no vote"));

  private final HealthHold hold = new HealthHold(10_000_000_000L);

  /** Below zero, as the raw clock may be. */
  private ClockHealth at(double seconds, ClockHealth found) {
    return hold.at(found, -5_000_000_000L + (long) (seconds * 1e9));
  }

  @Test
  void shouldTakeTheFirstAnswerAndTheFirstProofAtOnce() {
    assertThat(at(0, ERROR)).isEqualTo(ERROR);
    assertThat(hold.unreadable(ERROR)).isEqualTo(ERROR);
    assertThat(at(1, ERROR)).isEqualTo(ERROR);
    assertThat(at(2, HEALTHY)).isEqualTo(HEALTHY);
  }

  @Test
  void shouldBeWorseAtOnce() {
    at(0, HEALTHY);

    assertThat(at(0.1, WARNING)).isEqualTo(WARNING);
    assertThat(at(0.2, CRITICAL)).isEqualTo(CRITICAL);
    assertThat(at(0.3, ERROR)).isEqualTo(ERROR);
  }

  @Test
  void shouldBeBetterWhenThatHasHeld() {
    at(0, HEALTHY);
    at(1, CRITICAL);

    ClockHealth early = at(2, HEALTHY);
    assertThat(early.status()).isEqualTo(HealthStatus.CRITICAL);
    assertThat(early.offsetNanos()).as("of the present").hasValue(100_000);
    assertThat(early.reasons())
        .containsExactly("better for 0.0 s only, which counts after 10.0 s; before that: 70 ms");
    assertThat(at(11.999, HEALTHY).status()).isEqualTo(HealthStatus.CRITICAL);
    assertThat(at(12, HEALTHY)).isEqualTo(HEALTHY);
  }

  @Test
  void shouldTellNoOffsetWhileErrorIsHeld() {
    at(0, HEALTHY);
    at(1, ERROR);

    ClockHealth early = at(2, WARNING);

    assertThat(early.status()).isEqualTo(HealthStatus.ERROR);
    assertThat(early.offsetNanos()).isEmpty();
    assertThat(early.reasons()).hasSize(2).last().isEqualTo("7 ms");
  }

  @Test
  void shouldBeginAnewWhenItIsBadAgain() {
    at(0, HEALTHY);
    at(1, CRITICAL);
    at(2, HEALTHY);
    at(11, CRITICAL);

    assertThat(at(12, HEALTHY).status()).isEqualTo(HealthStatus.CRITICAL);
    assertThat(at(21.9, HEALTHY).status()).isEqualTo(HealthStatus.CRITICAL);
    assertThat(at(22, HEALTHY)).isEqualTo(HEALTHY);
  }

  @Test
  void shouldComeDownToTheWorstThatWasSeenMeanwhile() {
    at(0, HEALTHY);
    at(1, ERROR);
    at(2, HEALTHY);
    at(6, WARNING);

    ClockHealth down = at(12, HEALTHY);
    assertThat(down.status()).isEqualTo(HealthStatus.WARNING);
    assertThat(down.offsetNanos()).hasValue(100_000);
    assertThat(down.reasons().get(0)).endsWith("before that: 7 ms");
    assertThat(at(21.9, HEALTHY).status()).isEqualTo(HealthStatus.WARNING);
    assertThat(at(22, HEALTHY)).isEqualTo(HEALTHY);
  }

  @Test
  void shouldComeDownOneStepWhenThatHasHeld() {
    at(0, HEALTHY);
    at(1, CRITICAL);
    at(2, WARNING);

    assertThat(at(12, WARNING)).isEqualTo(WARNING);
  }

  @Test
  void shouldHoldAnErrorThatCouldNotBeRead() {
    at(0, HEALTHY);
    hold.unreadable(ERROR);

    assertThat(at(1, HEALTHY).status()).isEqualTo(HealthStatus.ERROR);
    assertThat(at(11, HEALTHY)).isEqualTo(HEALTHY);
  }

  @Test
  void shouldBeginAnewWhenTimeGoesBack() {
    at(0, HEALTHY);
    at(100, CRITICAL);
    at(101, HEALTHY);

    assertThat(at(50, HEALTHY).status()).isEqualTo(HealthStatus.CRITICAL);
    assertThat(at(59.9, HEALTHY).status()).isEqualTo(HealthStatus.CRITICAL);
    assertThat(at(60, HEALTHY)).isEqualTo(HEALTHY);
  }
}
