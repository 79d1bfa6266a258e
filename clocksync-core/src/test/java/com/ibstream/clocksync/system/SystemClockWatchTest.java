package com.ibstream.clocksync.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.DriftClass;
import com.ibstream.clocksync.facts.KernelFacts;
import com.ibstream.clocksync.facts.LeapSecond;
import com.ibstream.clocksync.facts.SynchronisationClaim;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.testing.FakeRuler;
import com.ibstream.clocksync.testing.FakeWallClock;
import com.ibstream.clocksync.time.Growth;
import com.ibstream.clocksync.time.LineProposal;
import com.ibstream.clocksync.time.RateBounds;
import com.ibstream.clocksync.time.TrustReason;
import com.ibstream.clocksync.time.WallClock;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemClockWatchTest {

  private static final long EPOCH = 1_795_000_000_000_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final long TOLERANCE = 50_000_000L;

  private final FakeRuler ruler = new FakeRuler(Long.MAX_VALUE);
  private final FakeWallClock wall = new FakeWallClock(ruler, EPOCH);
  private final SystemClockWatch watch = new SystemClockWatch(10 * SECOND, TOLERANCE);

  private LineProposal estimate(long halfWidthNanos) {
    return new LineProposal(
        Long.MAX_VALUE,
        EPOCH,
        EPOCH - halfWidthNanos,
        EPOCH + halfWidthNanos,
        0,
        Growth.steady(RateBounds.ofClockError(15)),
        SECOND,
        0,
        TrustReason.MAJORITY);
  }

  private SystemClockFacts observe() {
    return observe(Optional.empty());
  }

  private SystemClockFacts observe(Optional<KernelFacts> kernel) {
    return watch.observe(Bracket.take(ruler, wall), estimate(1_000), true, kernel);
  }

  private static Optional<KernelFacts> kernel(boolean isSynchronised, long maxErrorNanos) {
    return Optional.of(
        new KernelFacts(
            0, isSynchronised, 0, maxErrorNanos, 0, OptionalInt.of(37), LeapSecond.NONE));
  }

  @ParameterizedTest
  @CsvSource({
    "0, true, 1000, NOT_DISPUTED",
    "4990000, true, 1000, NOT_DISPUTED", // admits next to nothing, but is good
    "-5100000, true, 1000, DISPUTED",
    "5100000, true, 1000, DISPUTED",
    "5100000, true, 5200000, NOT_DISPUTED",
    "49990000, true, 16000000000, NOT_DISPUTED",
    "50010000, true, 16000000000, DISPUTED",
    "-37000000000, true, 16000000000, DISPUTED",
    "37000000000, false, 16000000000, NOT_CLAIMED",
  })
  void shouldNameAClaimThatTheVoteProvesWrong(
      long stepNanos, boolean isSynchronised, long maxErrorNanos, SynchronisationClaim claim) {
    wall.step(stepNanos);

    assertThat(observe(kernel(isSynchronised, maxErrorNanos)).claim()).isEqualTo(claim);
  }

  @Test
  void shouldEndADisputeOnlyWellBelowWhereItBegan() {
    wall.step(-10_200_000);
    assertThat(observe(kernel(true, 10_000_000)).claim()).isEqualTo(SynchronisationClaim.DISPUTED);
    wall.step(1_000_000);
    assertThat(observe(kernel(true, 10_000_000)).claim()).isEqualTo(SynchronisationClaim.DISPUTED);
    wall.step(1_300_000);
    assertThat(observe(kernel(true, 10_000_000)).claim())
        .isEqualTo(SynchronisationClaim.NOT_DISPUTED);
    assertThat(observe().claim()).isEqualTo(SynchronisationClaim.NOT_ASKED);
  }

  @Test
  void shouldRememberWhenTheClockWasLastProvedGood() {
    assertThat(observe().goodMonoNanos()).hasValue(ruler.monoNanos());
    long good = ruler.monoNanos();

    ruler.advance(SECOND);
    wall.step(TOLERANCE); // at the tolerance, so that with its bound it may be beyond

    assertThat(observe().goodMonoNanos()).hasValue(good);
    wall.step(-2_000_000);
    assertThat(observe().goodMonoNanos()).hasValue(ruler.monoNanos());
  }

  @ParameterizedTest
  @CsvSource({"-37000000000,37000000000", "37000000000,-37000000000", "0,0"})
  void shouldCallAClockThatIsBehindPositive(long stepNanos, long expectedOffsetNanos) {
    wall.step(stepNanos);

    SystemClockFacts facts = observe();

    assertThat(facts.offsetNanos()).isEqualTo(expectedOffsetNanos);
    assertThat(facts.earliestOffsetNanos()).isLessThanOrEqualTo(expectedOffsetNanos - 1_000);
    assertThat(facts.latestOffsetNanos()).isGreaterThanOrEqualTo(expectedOffsetNanos + 1_000);
    assertThat(facts.errorBoundNanos()).isBetween(1_000L, 1_010L);
    assertThat(facts.systemClockBoundNanos())
        .isBetween(Math.abs(stepNanos) + 1_000, Math.abs(stepNanos) + 1_010);
    assertThat(facts.driftClass())
        .isEqualTo(stepNanos == 0 ? DriftClass.EXCELLENT : DriftClass.CRITICAL);
  }

  @Test
  void shouldKeepStatisticsOfTheWindowOnly() {
    SystemClockFacts facts = observe();
    for (int i = 1; i <= 20; i++) {
      ruler.advance(SECOND);
      wall.step(-1_000);
      facts = observe();
    }

    assertThat(facts.statistics().count()).isEqualTo(11);
    assertThat(facts.statistics().minNanos()).isEqualTo(10_000);
    assertThat(facts.statistics().maxNanos()).isEqualTo(20_000);
    assertThat(facts.statistics().meanNanos()).isEqualTo(15_000);
    assertThat(facts.dayStatistics().count()).as("every tenth second of a day").isEqualTo(3);
    assertThat(facts.dayStatistics().maxNanos()).isEqualTo(20_000);
  }

  @Test
  void shouldTakeTheNarrowestOfSeveralBracketsWhenReadsAreInterrupted() {
    long[] steps = {900, 5_000, 40, 700_000, 60};
    int[] call = {0};
    FakeRuler interrupted = new FakeRuler(0);
    WallClock slow =
        () -> {
          interrupted.advance(steps[call[0]++]);
          return EPOCH;
        };

    Bracket bracket = Bracket.take(interrupted, slow);

    assertThat(bracket.widthNanos()).isEqualTo(40);
    assertThat(bracket.halfWidthNanos()).isEqualTo(20);
    assertThat(bracket.monoNanos()).isEqualTo(5_920);
    assertThat(bracket.epochNanosAt(6_020)).isEqualTo(EPOCH + 100);
  }
}
