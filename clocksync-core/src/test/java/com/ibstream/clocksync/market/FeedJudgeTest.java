package com.ibstream.clocksync.market;

import static com.ibstream.clocksync.market.FeedScene.MILLI;
import static com.ibstream.clocksync.market.FeedScene.SECOND;
import static com.ibstream.clocksync.market.FeedScene.START_EPOCH_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.FeedFacts;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands proved, what must not, and how late ticks come in. */
class FeedJudgeTest {

  private static final FeedSettings EXACT =
      FeedSettings.of("x").withAllowance(Duration.ofMillis(20));
  private static final Duration PACE = Duration.ofMillis(100);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** A minute of ticks at 15 ppm, and what a maximum loses by rounding. */
  private static final long SUNK_NANOS = MILLI;

  private final FeedScene scene = new FeedScene(EXACT);

  @Test
  void shouldProveNothingWhenNothingCameIn() {
    scene.run(MINUTE);

    assertThat(scene.facts.observedCount()).isZero();
    assertThat(scene.facts.lastAgeNanos()).isEmpty();
    assertThat(scene.facts.systemClockSlowNanos()).isEmpty();
    assertThat(scene.facts.trustedClockSlowNanos()).isEmpty();
    assertThat(scene.facts.systemClockLateness()).isEqualTo(FeedFacts.Lateness.UNKNOWN);
    assertThat(scene.facts.trustedClockLateness()).isEqualTo(FeedFacts.Lateness.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(longs = {37_000_000_000L, 61_200_000_000_000L, 300_000_000L})
  void shouldProveTheSystemClockSlowWhenStampsAreAhead(long slowNanos) {
    scene.ticks(MINUTE, PACE, 5 * MILLI);

    scene.wall.step(-slowNanos);

    // Known at the next look, without another tick.
    assertThat(scene.systemSlowNanos())
        .isBetween(slowNanos - (20 + 5) * MILLI - SUNK_NANOS, slowNanos - (20 + 5) * MILLI);
    scene.wall.step(slowNanos);
    assertThat(scene.look().systemClockSlowNanos()).isEmpty();
  }

  @Test
  void shouldProveAClockSlowThatStandsAtTheBeginningOfTimeOrOfLongs() {
    scene.ticks(MINUTE, PACE, 0);

    scene.wall.set(0);
    assertThat(scene.systemSlowNanos()).isGreaterThan(START_EPOCH_NANOS);
    scene.wall.set(Long.MIN_VALUE);
    assertThat(scene.systemSlowNanos()).isEqualTo(Long.MAX_VALUE);
    scene.wall.set(Long.MAX_VALUE);
    assertThat(scene.look().systemClockSlowNanos()).isEmpty();
    assertThat(scene.facts.systemClockLateness().presentNanos().orElseThrow())
        .isGreaterThan(Long.MAX_VALUE - scene.utcEpochNanos - SECOND);
  }

  @ParameterizedTest
  @CsvSource({"22, true", "21, false", "20, false", "-20, false"})
  void shouldJudgeTheTrustedClockByItsLatestUtc(long behindMillis, boolean isContradicted) {
    // Behind by more than its own bound, the allowance and the margin of 2 ms; or just not.
    scene.lineBoundNanos = 3 * MILLI;
    scene.lineErrorNanos = Optional.of(-(behindMillis * MILLI + 3 * MILLI + SUNK_NANOS));
    scene.ticks(MINUTE, PACE, 0);

    assertThat(scene.facts.trustedClockSlowNanos().isPresent()).isEqualTo(isContradicted);
    assertThat(scene.trustedSlowNanos()).isLessThanOrEqualTo(3 * MILLI);
  }

  @Test
  void shouldBeginAProofAboveAMarginAndEndItWithItself() {
    scene.ticks(MINUTE, PACE, 0);
    long unsure = 20 * MILLI;

    scene.wall.step(-unsure - 2 * MILLI);
    assertThat(scene.look().systemClockSlowNanos()).as("1.x ms of a margin of 2").isEmpty();
    scene.wall.step(-2 * MILLI);
    assertThat(scene.look().systemClockSlowNanos()).as("3.x ms").isPresent();
    scene.wall.step(3 * MILLI);
    assertThat(scene.look().systemClockSlowNanos()).as("less, but it stands").isPresent();
    scene.wall.step(MILLI);
    assertThat(scene.look().systemClockSlowNanos()).as("no longer ahead").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"10, false", "11, true", "12, true"})
  void shouldWantTwoSecondsThatAreApartWhenTheFeedIsSparse(int buckets, boolean isProved) {
    scene.wall.step(-37 * SECOND);
    long bucketNanos = 1L << StampMaxima.BUCKET_SHIFT;

    scene.tick(0);
    scene.run((buckets - 1) * bucketNanos);
    scene.tick(0);
    scene.run(1);

    assertThat(scene.look().systemClockSlowNanos().isPresent()).isEqualTo(isProved);
  }

  @Test
  void shouldGoOnProvingForDaysWhenTheMarketIsClosed() {
    scene.ticks(MINUTE, PACE, 0);
    scene.wall.step(-37 * SECOND);

    for (int i = 0; i < 48; i++) {
      scene.hang(3600 * SECOND);
      scene.look();
    }

    // Two days at 15 ppm: 2.6 s.
    assertThat(scene.systemSlowNanos()).isBetween(34_300 * MILLI, 34_400 * MILLI);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        -1,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        1_795_426_200L, // seconds, milliseconds and microseconds for nanoseconds
        1_795_426_200_000L,
        1_795_426_200_000_000L,
        FeedCheck.EARLIEST_EPOCH_NANOS - 1,
        FeedCheck.AFTER_LATEST_EPOCH_NANOS,
        FeedCheck.AFTER_LATEST_EPOCH_NANOS + 1
      })
  void shouldRefuseAndCountStampsThatCannotBe(long stamp) {
    scene.ticks(MINUTE, PACE, 0);
    long observed = scene.facts.observedCount();

    for (int i = 0; i < 100; i++) {
      scene.check.observe(stamp);
      scene.run(SECOND);
    }

    assertThat(scene.look().refusedCount()).isEqualTo(100);
    assertThat(scene.facts.observedCount()).isEqualTo(observed);
    assertThat(scene.facts.systemClockSlowNanos()).isEmpty();
    assertThat(scene.facts.lastAgeNanos().orElseThrow()).isGreaterThan(99 * SECOND);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        FeedCheck.EARLIEST_EPOCH_NANOS,
        FeedCheck.EARLIEST_EPOCH_NANOS + 1,
        FeedCheck.AFTER_LATEST_EPOCH_NANOS - 1
      })
  void shouldTakeAndNotBelieveASingleStampAtTheEndsOfTheRange(long stamp) {
    scene.check.observe(stamp);
    scene.ticks(MINUTE, PACE, 0);

    assertThat(scene.facts.refusedCount()).isZero();
    assertThat(scene.facts.systemClockSlowNanos()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"6, false", "40, false", "90, true"})
  void shouldNotBelieveABurstOfBadStampsUnlessItIsAnEighthOfAllSeconds(
      int seconds, boolean isBelieved) {
    scene.ticks(Duration.ofMinutes(8), PACE, 0);

    for (int i = 0; i < 10 * seconds; i++) {
      scene.check.observe(scene.utcEpochNanos + 37 * SECOND);
      scene.run(100 * MILLI);
    }

    assertThat(scene.look().systemClockSlowNanos().isPresent()).isEqualTo(isBelieved);
  }

  @Test
  void shouldForgetALieWhenHonestSecondsHaveReplacedIt() {
    for (int i = 0; i < 20; i++) {
      scene.check.observe(scene.utcEpochNanos + 37 * SECOND);
      scene.run(SECOND);
    }
    assertThat(scene.systemSlowNanos()).isGreaterThan(36 * SECOND);

    scene.ticks(Duration.ofMinutes(10), PACE, 0);

    assertThat(scene.facts.systemClockSlowNanos()).isEmpty();
  }

  @Test
  void shouldTakeWholeSecondsForTheirBeginning() {
    FeedScene ib = new FeedScene(FeedSettings.of("ib").withResolution(Duration.ofSeconds(1)));
    ib.ticks(MINUTE, PACE, 5 * MILLI);
    assertThat(ib.facts.systemClockSlowNanos()).isEmpty();

    ib.wall.step(-37 * SECOND);

    // Of ticks every 100 ms one is at most 100 ms behind the turn of the exchange's second.
    assertThat(ib.systemSlowNanos())
        .isBetween(37 * SECOND - (50 + 5 + 100) * MILLI - SUNK_NANOS, 37 * SECOND - 50 * MILLI);
  }

  @Test
  void shouldSeeThatTheMachineStoodStillAlthoughAllItsClocksAgree() {
    scene.lineErrorNanos = Optional.of(0L);
    scene.ticks(MINUTE, PACE, MILLI);

    scene.freeze(Duration.ofSeconds(5));
    scene.lineErrorNanos = Optional.of(-5 * SECOND);
    scene.ticks(MINUTE, PACE, MILLI);

    assertThat(scene.systemSlowNanos()).isBetween(4_900 * MILLI, 5_000 * MILLI);
    assertThat(scene.trustedSlowNanos()).isBetween(4_900 * MILLI, 5_000 * MILLI);
  }

  @Test
  void shouldKeepWhatItHasSeenWhenTheMonitorHangs() {
    scene.wall.step(-37 * SECOND);
    scene.tick(0);
    for (int i = 0; i < 30; i++) { // ticks without looks
      scene.hang(SECOND);
      scene.tick(0);
    }

    assertThat(scene.systemSlowNanos()).as("the last seconds alone are too close").isZero();
    scene.ticks(Duration.ofSeconds(12), PACE, 0);
    assertThat(scene.systemSlowNanos()).isGreaterThan(36 * SECOND);
  }

  @Test
  void shouldNotTakeWhatWasLeftLyingForNewWhenTheMonitorHangsForHours() {
    scene.ticks(MINUTE, PACE, 0);
    long aliasNanos = StampMaxima.ALIAS_BUCKETS << StampMaxima.BUCKET_SHIFT;
    scene.tick(-37 * SECOND);
    scene.hang(aliasNanos);
    scene.look();
    scene.tick(-37 * SECOND);
    scene.run(SECOND);

    assertThat(scene.look().systemClockSlowNanos()).isEmpty();
  }

  @Test
  void shouldFollowASlewOfTheRulerInsteadOfBelievingIt() {
    scene.ticks(MINUTE, PACE, 0);

    scene.slewPpm = 80_000; // the system clock runs with it, 4.8 s in a minute
    scene.run(MINUTE);
    scene.slewPpm = 0;
    assertThat(scene.look().systemClockSlowNanos()).isEmpty();
    scene.slewPpm = -80_000;
    scene.run(2 * 60 * SECOND);

    assertThat(scene.systemSlowNanos()).isBetween(4_700 * MILLI, 4_800 * MILLI);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-100_000, -500, 500, 100_000})
  void shouldNotClaimMoreThanTheTruthWhileTheRulerIsSlewed(double ppm) {
    FeedScene exact = new FeedScene(FeedSettings.of("x").withAllowance(Duration.ZERO));
    exact.wall.step(-10 * SECOND);
    exact.slewPpm = ppm;

    for (int i = 0; i < 1_000; i++) { // the greatest of a bucket is its first, or its last
      exact.tick(0);
      exact.run(37 * MILLI);
      long behindNanos = exact.utcEpochNanos - exact.wall.epochNanos();
      if (i > 400) { // within what ticks and looks leave open: 200 ms of the fastest slew
        assertThat(exact.systemSlowNanos()).isBetween(behindNanos - 25 * MILLI, behindNanos);
      }
    }
  }
}
