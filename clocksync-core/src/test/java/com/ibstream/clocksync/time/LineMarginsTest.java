package com.ibstream.clocksync.time;

import static com.ibstream.clocksync.time.LineProposals.EPOCH;
import static com.ibstream.clocksync.time.LineProposals.MILLI;
import static com.ibstream.clocksync.time.LineProposals.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Margins are never less than the sum of their terms, reckoned here without rounding, and hardly
 * more: whether a read takes the sums made beforehand or goes term by term.
 */
class LineMarginsTest {

  private static final int TRIALS = 2_000;
  private static final int FIGURES = 40;
  private static final long HALF_DAY = 43_200 * SECOND;
  private static final double[] CORRECTING_PPM = {0, 0, 0, 500, -500, -1e6};
  private static final double[] UNCHECKED_PPM = {0, 500, 100_500, 500_000};

  /** Rounded outwards: a nanosecond for each of three terms. */
  private static final BigDecimal MOST_ABOVE = BigDecimal.valueOf(3);

  /** Rates are binary fractions; over half a day that may come to this. */
  private static final BigDecimal HAIR = new BigDecimal("0.01");

  private final SplittableRandom random = new SplittableRandom(17);

  @Test
  void shouldBeTheSumOfAllTermsRoundedOutwards() {
    for (int i = 0; i < TRIALS; i++) {
      Case drawn = new Case(random);

      LineMargins margins =
          LineMargins.around(
              drawn.start, drawn.startEpochNanos, drawn.ratePpm, drawn.proposal, drawn.watch);

      for (long elapsedNanos : drawn.instants(random)) {
        assertOutwards(
            margins.lowAfter(elapsedNanos), drawn.exactLow(elapsedNanos), drawn, elapsedNanos);
        assertOutwards(
            margins.highAfter(elapsedNanos), drawn.exactHigh(elapsedNanos), drawn, elapsedNanos);
      }
    }
  }

  private static void assertOutwards(
      long marginNanos, BigDecimal exactNanos, Case drawn, long elapsedNanos) {
    assertThat(BigDecimal.valueOf(marginNanos))
        .as(() -> drawn + " after " + elapsedNanos + " ns")
        .isBetween(exactNanos.subtract(HAIR), exactNanos.add(MOST_ABOVE));
  }

  /** A line in any state: inside its interval or slewing from outside, watched or not. */
  private static final class Case {

    final long start;
    final long startEpochNanos;
    final double ratePpm;
    final LineProposal proposal;
    final Watch watch;
    final long nearNanos;
    final long checkedNanos;

    Case(SplittableRandom random) {
      start = random.nextLong();
      startEpochNanos = EPOCH + random.nextLong(-2 * MILLI, 2 * MILLI);
      nearNanos = random.nextLong(0, 100 * SECOND);
      checkedNanos = random.nextLong(-SECOND, 200 * SECOND);
      double utcPpm = random.nextDouble(-10, 10);
      double nearPpm = random.nextDouble(0, 2);
      proposal =
          new LineProposal(
              start,
              EPOCH,
              EPOCH - MILLI,
              EPOCH + MILLI,
              utcPpm,
              new Growth(
                  new RateBounds(utcPpm - nearPpm, utcPpm + nearPpm),
                  start + nearNanos,
                  RateBounds.ofClockError(15)),
              50 * MILLI,
              start + SECOND,
              TrustReason.MAJORITY);
      double correctingPpm = CORRECTING_PPM[random.nextInt(CORRECTING_PPM.length)];
      ratePpm = correctingPpm == -1e6 ? correctingPpm : utcPpm + correctingPpm;
      double uncheckedPpm = UNCHECKED_PPM[random.nextInt(UNCHECKED_PPM.length)];
      watch = new Watch(start + checkedNanos, uncheckedPpm, 0, -1);
    }

    /** Here and there, and just before, at and just after what matters. */
    long[] instants(SplittableRandom random) {
      return new long[] {
        0,
        random.nextLong(SECOND),
        random.nextLong(nearNanos + 1),
        random.nextLong(HALF_DAY),
        Math.max(0, checkedNanos - 1),
        Math.max(0, checkedNanos),
        Math.max(0, checkedNanos + 1),
        Math.max(0, nearNanos - 1),
        nearNanos,
        nearNanos + 1
      };
    }

    BigDecimal exactLow(long elapsedNanos) {
      RateBounds near = proposal.growth().near();
      RateBounds far = proposal.growth().far();
      return exact(
          startEpochNanos - proposal.earliestAt(start),
          ratePpm - near.minPpm(),
          near.minPpm() - far.minPpm(),
          elapsedNanos);
    }

    BigDecimal exactHigh(long elapsedNanos) {
      RateBounds near = proposal.growth().near();
      RateBounds far = proposal.growth().far();
      return exact(
          proposal.latestAt(start) - startEpochNanos,
          near.maxPpm() - ratePpm,
          far.maxPpm() - near.maxPpm(),
          elapsedNanos);
    }

    private BigDecimal exact(long atStart, double nearPpm, double farPpm, long elapsedNanos) {
      BigDecimal unchecked = part(1, watch.uncheckedPpm());
      BigDecimal uncheckedRate =
          unchecked.divide(BigDecimal.ONE.subtract(unchecked), new MathContext(FIGURES));
      return BigDecimal.valueOf(atStart)
          .add(part(elapsedNanos, nearPpm))
          .add(part(Math.max(0, elapsedNanos - nearNanos), farPpm))
          .max(BigDecimal.ZERO)
          .add(
              BigDecimal.valueOf(Math.max(0, elapsedNanos - checkedNanos)).multiply(uncheckedRate));
    }

    private static BigDecimal part(long nanos, double ppm) {
      return BigDecimal.valueOf(nanos).multiply(new BigDecimal(ppm)).movePointLeft(6);
    }

    @Override
    public String toString() {
      return proposal + " from " + startEpochNanos + " at " + ratePpm + " ppm, " + watch;
    }
  }
}
