package com.ibstream.clocksync.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.estimate.IntervalVote.Agreement;
import com.ibstream.clocksync.estimate.IntervalVote.Claim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IntervalVoteTest {

  private static List<Claim> claims(long... ends) {
    List<Claim> claims = new ArrayList<>();
    for (int i = 0; i < ends.length; i += 2) {
      claims.add(new Claim(ends[i], ends[i + 1], i));
    }
    return claims;
  }

  private static Optional<Agreement> hold(List<Claim> claims) {
    return IntervalVote.hold(claims, claims.size(), 2);
  }

  @Test
  void shouldAgreeOnTheOverlapWhenTwoMeet() {
    assertThat(hold(claims(0, 10, 5, 15))).contains(new Agreement(5, 10, 1, 0));
  }

  @Test
  void shouldAgreeWhenIntervalsOnlyTouch() {
    assertThat(hold(claims(0, 10, 10, 15))).contains(new Agreement(10, 10, 1, 0));
  }

  @Test
  void shouldFindNothingWhenTwoDisagree() {
    assertThat(hold(claims(0, 10, 11, 15))).isEmpty();
  }

  @Test
  void shouldFindNothingWhenHalfIsNotAStrictMajority() {
    assertThat(hold(claims(0, 10, 0, 10, 20, 30, 20, 30))).isEmpty();
  }

  @Test
  void shouldFindNothingForOneAlone() {
    assertThat(hold(claims(0, 10))).isEmpty();
  }

  @Test
  void shouldFindNothingForNobody() {
    assertThat(hold(List.of())).isEmpty();
  }

  @Test
  void shouldOutvoteTheMinorityAndKnowItByTouch() {
    List<Claim> claims = claims(0, 10, 2, 12, 4, 14, 100, 110, 100, 110);

    Agreement agreement = hold(claims).orElseThrow();

    assertThat(agreement).isEqualTo(new Agreement(4, 10, 2, 0));
    assertThat(agreement.touches(claims.get(0))).isTrue();
    assertThat(agreement.touches(claims.get(3))).isFalse();
  }

  @Test
  void shouldKeepTheTruthWhenLiarsOverlapSomeHonestIntervals() {
    // Truth is 5. Most intervals share 9 to 10, which would exclude it; a majority shares 4 to 6 as
    // well.
    Agreement agreement = hold(claims(0, 10, 0, 10, 4, 6, 9, 12, 9, 12)).orElseThrow();

    assertThat(agreement.earliestNanos()).isLessThanOrEqualTo(5);
    assertThat(agreement.latestNanos()).isGreaterThanOrEqualTo(5);
  }

  @Test
  void shouldCountSilenceAgainstTheMajority() {
    List<Claim> claims = claims(0, 10, 0, 10);

    assertThat(IntervalVote.hold(claims, 3, 2)).isPresent();
    assertThat(IntervalVote.hold(claims, 4, 2)).isEmpty();
  }

  @Test
  void shouldKeepTheTruthWhenLiarsAndAWideHonestIntervalAreFirstToSpeak() {
    // Truth is 5; three liars and one wide honest interval agree on 50 to 60, three honest sources
    // are still to answer.
    List<Claim> claims = claims(50, 60, 50, 60, 50, 60, 0, 100);

    Agreement agreement = IntervalVote.hold(claims, 7, 2).orElseThrow();

    assertThat(agreement.earliestNanos()).isLessThanOrEqualTo(5);
  }

  @Test
  void shouldKeepTheTruthWhenHonestSourcesShareAParentAndOneOverlapsTheLiars() {
    // Truth is 5; the honest are one voice of three, so an instant away from the truth has more
    // voices.
    List<Claim> claims =
        List.of(
            new Claim(0, 10, 1),
            new Claim(0, 10, 1),
            new Claim(0, 60, 1),
            new Claim(50, 60, 2),
            new Claim(50, 60, 3));

    Agreement agreement = hold(claims).orElseThrow();

    assertThat(agreement.earliestNanos()).isLessThanOrEqualTo(5);
    assertThat(agreement.latestNanos()).isGreaterThanOrEqualTo(50);
  }

  @Test
  void shouldTakeCopiesOfOneVoiceAsOne() {
    List<Claim> copies = List.of(new Claim(0, 10, 1), new Claim(0, 10, 1), new Claim(0, 10, 1));

    assertThat(hold(copies)).isEmpty();
  }

  @Test
  void shouldNotLetLiarsSpeakForTheVoicesTheyPretendToShare() {
    // Honest 0, 1, 2; liars claim the parents of 0 and 1 and agree with each other.
    List<Claim> claims =
        List.of(
            new Claim(0, 10, 1),
            new Claim(0, 10, 2),
            new Claim(0, 10, 3),
            new Claim(50, 51, 1),
            new Claim(50, 51, 2));

    Agreement agreement = hold(claims).orElseThrow();

    assertThat(agreement.earliestNanos()).isZero();
    assertThat(agreement.latestNanos()).isEqualTo(10);
  }

  @Test
  void shouldAlwaysHoldTheTruthAndNotDependOnOrderWhenAMajorityIsHonest() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 20_000; i++) {
      int honest = random.nextInt(2, 6);
      int liars = random.nextInt(0, honest);
      long truth = random.nextLong(-1_000, 1_000);
      List<Claim> claims = new ArrayList<>();
      for (int k = 0; k < honest; k++) {
        claims.add(new Claim(truth - random.nextLong(50), truth + random.nextLong(50), k));
      }
      for (int k = 0; k < liars; k++) {
        long start = truth + random.nextLong(-100, 100);
        claims.add(new Claim(start, start + random.nextLong(60), honest + k));
      }
      Agreement agreement = hold(claims).orElseThrow();
      List<Claim> shuffled = new ArrayList<>(claims);
      Collections.shuffle(shuffled, new Random(i));
      Agreement again = hold(shuffled).orElseThrow();

      assertThat(truth).isBetween(agreement.earliestNanos(), agreement.latestNanos());
      assertThat(again.earliestNanos()).isEqualTo(agreement.earliestNanos());
      assertThat(again.latestNanos()).isEqualTo(agreement.latestNanos());
    }
  }
}
