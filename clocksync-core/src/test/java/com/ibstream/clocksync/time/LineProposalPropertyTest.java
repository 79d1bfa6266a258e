package com.ibstream.clocksync.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random proposals at random instants, near and far, past and future. */
class LineProposalPropertyTest {

  private static final int TRIALS = 20_000;
  private static final long CENTURY = 100 * 365 * 86_400L * LineProposals.SECOND;

  @Test
  void shouldKeepThePointInsideAnIntervalThatOnlyGrows() {
    SplittableRandom random = new SplittableRandom(51);
    for (int i = 0; i < TRIALS; i++) {
      long asOf = random.nextLong();
      LineProposal proposal =
          LineProposals.at(
              asOf,
              LineProposals.EPOCH,
              random.nextLong(0, LineProposals.SECOND),
              random.nextDouble(-15, 15));
      int way = random.nextBoolean() ? 1 : -1;
      long near = random.nextLong(0, CENTURY) >> random.nextInt(0, 62);
      long far = near + (random.nextLong(0, CENTURY) >> random.nextInt(0, 62));

      long width = widthAt(proposal, asOf + way * near);

      assertInside(proposal, asOf + way * near);
      assertInside(proposal, asOf + way * far);
      assertThat(widthAt(proposal, asOf + way * far))
          .as("%s at %d and %d ns", proposal, way * near, way * far)
          .isGreaterThanOrEqualTo(width);
    }
  }

  private static long widthAt(LineProposal proposal, long monoNanos) {
    return proposal.latestAt(monoNanos) - proposal.earliestAt(monoNanos);
  }

  private static void assertInside(LineProposal proposal, long monoNanos) {
    assertThat(proposal.pointAt(monoNanos))
        .as("%s at %d", proposal, monoNanos)
        .isBetween(proposal.earliestAt(monoNanos), proposal.latestAt(monoNanos));
  }
}
