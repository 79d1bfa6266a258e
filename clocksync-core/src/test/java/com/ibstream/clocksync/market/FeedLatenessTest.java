package com.ibstream.clocksync.market;

import static com.ibstream.clocksync.market.FeedScene.MILLI;
import static com.ibstream.clocksync.market.FeedScene.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How late ticks come in by our clocks, and when that is news. */
class FeedLatenessTest {

  private static final Duration PACE = Duration.ofMillis(100);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final long ROUNDING_NANOS = MILLI / 10;

  private final FeedScene scene =
      new FeedScene(FeedSettings.of("x").withAllowance(Duration.ofMillis(20)));

  @Test
  void shouldSayHowLateTicksAreByBothClocks() {
    scene.lineErrorNanos = Optional.of(2 * MILLI);
    scene.wall.step(-7 * MILLI);

    scene.ticks(Duration.ofMinutes(5), PACE, 5 * MILLI);

    assertThat(scene.facts.trustedClockLateness().presentNanos().orElseThrow())
        .isBetween(7 * MILLI, 7 * MILLI + ROUNDING_NANOS);
    assertThat(scene.facts.systemClockLateness().presentNanos().orElseThrow())
        .isBetween(-2 * MILLI, -2 * MILLI + ROUNDING_NANOS);
    assertThat(scene.facts.systemClockLateness().usualNanos().orElseThrow())
        .isBetween(-2 * MILLI, -2 * MILLI + ROUNDING_NANOS);
    assertThat(scene.facts.systemClockLateness().riseNanos().orElseThrow()).isLessThan(MILLI);
  }

  @Test
  void shouldCallTicksLateWhenTheyAreDelayedAndNoLongerWhenTheyAreNot() {
    scene.ticks(Duration.ofMinutes(5), PACE, 5 * MILLI);

    scene.ticks(Duration.ofMinutes(2), PACE, 265 * MILLI);
    assertThat(scene.facts.systemClockLateness().isRaised()).isTrue();
    assertThat(scene.facts.systemClockLateness().riseNanos().orElseThrow())
        .isBetween(259 * MILLI, 261 * MILLI);
    scene.ticks(Duration.ofMinutes(2), PACE, 140 * MILLI);
    assertThat(scene.facts.systemClockLateness().isRaised()).as("135 of 250 ms").isTrue();
    scene.ticks(Duration.ofMinutes(2), PACE, 5 * MILLI);
    assertThat(scene.facts.systemClockLateness().isRaised()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"249, false", "251, true", "37000, true"})
  void shouldCallTicksLateAtOnceWhenTheClockIsSteppedForward(long stepMillis, boolean isRaised) {
    scene.ticks(Duration.ofMinutes(5), PACE, 5 * MILLI);

    scene.wall.step(stepMillis * MILLI);

    assertThat(scene.look().systemClockLateness().isRaised()).isEqualTo(isRaised);
    assertThat(scene.facts.systemClockSlowNanos()).isEmpty();
  }

  @Test
  void shouldNotCallItLateWhenASlowClockIsPutRight() {
    scene.wall.step(-37 * SECOND);
    scene.ticks(Duration.ofMinutes(5), PACE, 5 * MILLI);
    assertThat(scene.facts.systemClockLateness().usualNanos()).hasValue(-20 * MILLI);

    scene.wall.step(37 * SECOND);
    scene.ticks(Duration.ofMinutes(5), PACE, 5 * MILLI);

    assertThat(scene.facts.systemClockLateness().isRaised()).isFalse();
  }

  @Test
  void shouldNotCallItLateWhenOneMinuteWasSpoiledByBadStamps() {
    scene.ticks(Duration.ofMinutes(3), PACE, 900 * SECOND); // a feed that is delayed by design
    for (int i = 0; i < 20; i++) {
      scene.check.observe(scene.utcEpochNanos);
      scene.run(SECOND);
    }
    scene.ticks(Duration.ofMinutes(20), PACE, 900 * SECOND);

    assertThat(scene.facts.systemClockLateness().isRaised()).isFalse();
    assertThat(scene.facts.systemClockLateness().usualNanos().orElseThrow())
        .isGreaterThan(899 * SECOND);
  }

  @Test
  void shouldCountTheResolutionInARise() {
    FeedScene ib = new FeedScene(FeedSettings.of("ib").withResolution(Duration.ofSeconds(1)));
    ib.ticks(Duration.ofMinutes(5), PACE, 5 * MILLI);

    ib.wall.step(1_200 * MILLI);
    assertThat(ib.look().systemClockLateness().isRaised()).isFalse();
    ib.wall.step(200 * MILLI);
    assertThat(ib.look().systemClockLateness().isRaised()).isTrue();
  }

  @Test
  void shouldSayNothingOfThePresentAfterAJumpUntilTicksHaveComeIn() {
    scene.ticks(Duration.ofMinutes(5), PACE, 5 * MILLI);

    scene.freeze(Duration.ofHours(1));
    scene.wall.step(3600 * SECOND);
    scene.hasJumped = true;
    scene.look();

    assertThat(scene.facts.systemClockLateness().presentNanos()).isEmpty();
    assertThat(scene.facts.systemClockLateness().isRaised()).isFalse();
    scene.ticks(MINUTE, PACE, 5 * MILLI);
    assertThat(scene.facts.systemClockLateness().presentNanos().orElseThrow())
        .isBetween(5 * MILLI, 6 * MILLI);
  }
}
