package com.ibstream.clocksync.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random hosts, offsets near and far from every size, and bounds of every magnitude. */
class OffsetExplainerPropertyTest {

  private static final int TRIALS = 10_000;
  private static final long SECOND = 1_000_000_000L;
  private static final long QUARTER_SECONDS = 900;
  private static final long[] SIZES = {
    1, 18, 37, 38, 3_600, 43_200, 86_400, 619_315_200, 1_238_630_400, 1L << 32
  };

  private static HostZone zone(SplittableRandom random) {
    List<ZoneOffset> offsets = new ArrayList<>();
    for (int count = random.nextInt(4); count > 0; count--) {
      int seconds = (int) (random.nextInt(-56, 57) * QUARTER_SECONDS);
      offsets.add(ZoneOffset.ofTotalSeconds(random.nextInt(8) == 0 ? seconds + 2 : seconds));
    }
    return new HostZone(offsets);
  }

  private static LeapNear leap(SplittableRandom random) {
    List<LeapNear> all = List.of(LeapNear.NO, LeapNear.MONTH_END, LeapNear.ANNOUNCED);
    return all.get(random.nextInt(all.size()));
  }

  private static OptionalInt kernelTai(SplittableRandom random) {
    return random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(30, 45));
  }

  private static OffsetExplainer explainer(SplittableRandom random) {
    return new OffsetExplainer(zone(random), leap(random), kernelTai(random));
  }

  private static long magnitude(SplittableRandom random) {
    return random.nextLong() >>> random.nextInt(1, 64);
  }

  private static long offset(SplittableRandom random) {
    long size =
        switch (random.nextInt(4)) {
          case 0 -> magnitude(random);
          case 1 -> random.nextLong(1, 120) * QUARTER_SECONDS * SECOND;
          case 2 -> random.nextLong(1, 2_000) * 3_600 * SECOND;
          default -> SIZES[random.nextInt(SIZES.length)] * SECOND;
        };
    long residual = random.nextBoolean() ? 0 : random.nextLong() >> random.nextInt(27, 64);
    return random.nextBoolean() ? size + residual : -size + residual;
  }

  @Test
  void shouldSplitWhatIsExplainedIntoSizeAndResidualWithoutOverflow() {
    SplittableRandom random = new SplittableRandom(51);
    int explained = 0;
    for (int i = 0; i < TRIALS; i++) {
      OffsetExplainer explainer = explainer(random);
      long nanos = offset(random);
      long bound = magnitude(random);

      for (Explanation e : explainer.explainOffset(nanos, bound)) {
        explained++;
        // In exact numbers: a sum that wrapped would not be noticed in longs.
        assertThat(
                BigInteger.valueOf(e.predictedNanos()).add(BigInteger.valueOf(e.residualNanos())))
            .isEqualTo(BigInteger.valueOf(nanos));
        long reach = Math.max(bound, e.cause().windowNanos());
        assertThat(e.residualNanos()).isBetween(-reach, reach);
        assertThat(Long.signum(e.predictedNanos())).isEqualTo(Long.signum(nanos));
        assertThat(e.errorBoundNanos())
            .isEqualTo(bound)
            .isLessThanOrEqualTo(e.cause().widestBoundNanos());
      }
    }
    assertThat(explained).isGreaterThan(TRIALS / 10);
  }

  @Test
  void shouldLeaveNoResidualWithoutABound() {
    SplittableRandom random = new SplittableRandom(52);
    int consistent = 0;
    for (int i = 0; i < TRIALS; i++) {
      long nanos = offset(random);

      for (Explanation e : explainer(random).explainOffset(nanos, 0)) {
        assertThat(e.isConsistent()).isEqualTo(e.residualNanos() == 0);
        consistent += e.isConsistent() ? 1 : 0;
      }
    }
    assertThat(consistent).isGreaterThan(TRIALS / 10);
  }

  @Test
  void shouldListTheSameInTheSameOrderWhateverTheOrderOfTheZonesOffsets() {
    SplittableRandom random = new SplittableRandom(53);
    for (int i = 0; i < TRIALS; i++) {
      HostZone zone = zone(random);
      LeapNear leap = leap(random);
      OptionalInt kernelTai = kernelTai(random);
      List<ZoneOffset> shuffled = new ArrayList<>(zone.offsets());
      Collections.shuffle(shuffled, new Random(i));
      long nanos = offset(random);
      long bound = magnitude(random);

      List<Explanation> found =
          new OffsetExplainer(zone, leap, kernelTai).explainOffset(nanos, bound);
      List<Explanation> again =
          new OffsetExplainer(new HostZone(shuffled), leap, kernelTai).explainOffset(nanos, bound);

      assertThat(keys(again)).isEqualTo(keys(found));
      assertThat(keys(found)).doesNotHaveDuplicates();
      assertThat(found).isSortedAccordingTo(OffsetExplainerPropertyTest::consistentFirst);
    }
  }

  private static List<String> keys(List<Explanation> explanations) {
    return explanations.stream().map(e -> e.cause() + " " + e.predictedNanos()).toList();
  }

  private static int consistentFirst(Explanation a, Explanation b) {
    return a.isConsistent() == b.isConsistent()
        ? a.cause().compareTo(b.cause())
        : Boolean.compare(b.isConsistent(), a.isConsistent());
  }

  @Test
  void shouldExplainAJumpAsTheFallOfTheOffset() {
    SplittableRandom random = new SplittableRandom(54);
    for (int i = 0; i < TRIALS; i++) {
      OffsetExplainer explainer = explainer(random);
      long nanos = offset(random);
      long bound = magnitude(random);

      List<String> jump =
          explainer.explainJump(-nanos, bound).stream()
              .map(e -> e.cause() + " " + -e.predictedNanos() + " " + -e.residualNanos())
              .sorted()
              .toList();

      assertThat(jump)
          .isEqualTo(
              explainer.explainOffset(nanos, bound).stream()
                  .map(e -> e.cause() + " " + e.predictedNanos() + " " + e.residualNanos())
                  .sorted()
                  .toList());
    }
  }

  @Test
  void shouldSeldomExplainAnOffsetThatIsNothing() {
    SplittableRandom random = new SplittableRandom(55);
    OffsetExplainer explainer =
        new OffsetExplainer(
            new HostZone(List.of(ZoneOffset.ofHours(-5), ZoneOffset.ofHours(-6))),
            LeapNear.NO,
            OptionalInt.of(37));
    int explained = 0;
    for (int i = 0; i < TRIALS; i++) {
      long nanos = random.nextLong(-30 * 3_600 * SECOND, 30 * 3_600 * SECOND);
      explained += explainer.explainOffset(nanos, 50_000_000L).isEmpty() ? 0 : 1;
    }
    // By the windows: some 20 sizes of two minutes each, in 60 hours, are 1.1 %.
    assertThat(explained).isLessThan(TRIALS / 50);
  }
}
