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
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Random claims over so few instants that each can be looked at, with the rule as it is worded. */
class IntervalVotePropertyTest {

  private static final int TRIALS = 30_000;
  private static final long FIRST = -12;
  private static final long LAST = 12;
  private static final int MIN_VOICES = 2;

  private static List<Claim> claims(SplittableRandom random, int most) {
    List<Claim> claims = new ArrayList<>();
    for (int count = random.nextInt(0, most + 1); count > 0; count--) {
      claims.add(claim(random, random.nextInt(0, most)));
    }
    return claims;
  }

  private static Claim claim(SplittableRandom random, int voice) {
    long from = random.nextLong(FIRST, LAST + 1);
    return new Claim(from, random.nextLong(from, LAST + 1), voice);
  }

  private static boolean allows(Claim claim, long instant) {
    return claim.earliestNanos() <= instant && instant <= claim.latestNanos();
  }

  private static long claimsAt(List<Claim> claims, long instant) {
    return claims.stream().filter(claim -> allows(claim, instant)).count();
  }

  private static long voicesAt(List<Claim> claims, long instant) {
    return claims.stream()
        .filter(claim -> allows(claim, instant))
        .mapToInt(Claim::voice)
        .distinct()
        .count();
  }

  /** The rule, instant by instant. */
  private static Optional<List<Long>> agreed(List<Claim> claims, int electorate) {
    int all = Math.max(claims.size(), electorate);
    int silent = all - claims.size();
    long voices = claims.stream().mapToInt(Claim::voice).distinct().count() + silent;
    LongPredicate isAgreed =
        instant ->
            2 * claimsAt(claims, instant) > all
                && voicesAt(claims, instant) >= MIN_VOICES
                && 2 * voicesAt(claims, instant) > voices;
    LongPredicate isPossible =
        instant -> claimsAt(claims, instant) > 0 && 2 * (claimsAt(claims, instant) + silent) > all;
    return instants().anyMatch(isAgreed)
        ? Optional.of(instants().filter(isPossible).boxed().toList())
        : Optional.empty();
  }

  private static LongStream instants() {
    return LongStream.rangeClosed(FIRST, LAST);
  }

  private static Optional<List<Long>> ends(Optional<Agreement> agreement) {
    return agreement.map(found -> List.of(found.earliestNanos(), found.latestNanos()));
  }

  @Test
  void shouldSayWhatTheRuleSaysAtEveryInstant() {
    SplittableRandom random = new SplittableRandom(41);
    int agreements = 0;
    for (int i = 0; i < TRIALS; i++) {
      List<Claim> claims = claims(random, 7);
      int electorate = claims.size() + (random.nextBoolean() ? random.nextInt(0, 3) : 0);

      Optional<Agreement> agreement = IntervalVote.hold(claims, electorate, MIN_VOICES);

      Optional<List<Long>> expected =
          agreed(claims, electorate).map(all -> List.of(all.get(0), all.get(all.size() - 1)));
      assertThat(ends(agreement)).as("%s of %d", claims, electorate).isEqualTo(expected);
      agreement.ifPresent(
          found -> {
            assertThat(claims.get(found.earliestClaim()).earliestNanos())
                .isEqualTo(found.earliestNanos());
            assertThat(claims.get(found.latestClaim()).latestNanos())
                .isEqualTo(found.latestNanos());
          });
      agreements += agreement.isPresent() ? 1 : 0;
    }
    assertThat(agreements).isBetween(TRIALS / 10, 9 * TRIALS / 10);
  }

  @Test
  void shouldSayTheSameInWhateverOrderTheSourcesSpeak() {
    SplittableRandom random = new SplittableRandom(42);
    for (int i = 0; i < TRIALS; i++) {
      List<Claim> claims = claims(random, 7);
      List<Claim> shuffled = new ArrayList<>(claims);
      Collections.shuffle(shuffled, new Random(i));

      Optional<Agreement> agreement = IntervalVote.hold(claims, claims.size(), MIN_VOICES);
      Optional<Agreement> again = IntervalVote.hold(shuffled, claims.size(), MIN_VOICES);

      assertThat(ends(again)).as("%s", claims).isEqualTo(ends(agreement));
    }
  }

  @Test
  void shouldHoldTheTruthWheneverAStrictMajorityOfTheElectorateIsHonest() {
    SplittableRandom random = new SplittableRandom(43);
    int agreements = 0;
    for (int i = 0; i < TRIALS; i++) {
      long truth = random.nextLong(FIRST, LAST + 1);
      int electorate = random.nextInt(2, 9);
      int honest = random.nextInt(electorate / 2 + 1, electorate + 1);
      // Some of the honest are still silent; every liar speaks.
      int honestSpeakers = random.nextInt(0, honest + 1);
      List<Claim> claims = new ArrayList<>();
      for (int k = 0; k < electorate - honest; k++) {
        claims.add(claim(random, random.nextInt(0, electorate)));
      }
      for (int k = 0; k < honestSpeakers; k++) {
        claims.add(honest(random, truth, random.nextInt(0, electorate)));
      }
      Collections.shuffle(claims, new Random(i));

      Optional<Agreement> agreement = IntervalVote.hold(claims, electorate, MIN_VOICES);
      // One more honest source must not take the truth away.
      claims.add(honest(random, truth, electorate));
      Optional<Agreement> later = IntervalVote.hold(claims, electorate + 1, MIN_VOICES);

      for (Optional<Agreement> found : List.of(agreement, later)) {
        found.ifPresent(
            it ->
                assertThat(truth).as("%s", claims).isBetween(it.earliestNanos(), it.latestNanos()));
      }
      agreements += agreement.isPresent() ? 1 : 0;
    }
    assertThat(agreements).isGreaterThan(TRIALS / 10);
  }

  private static Claim honest(SplittableRandom random, long truth, int voice) {
    return new Claim(random.nextLong(FIRST, truth + 1), random.nextLong(truth, LAST + 1), voice);
  }
}
