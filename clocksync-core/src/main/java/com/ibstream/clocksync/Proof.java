package com.ibstream.clocksync;

import com.ibstream.clocksync.time.LineProposal;
import java.util.Optional;

/**
 * What was proved of UTC before, which a few servers may not contradict: those that return from an
 * outage before the others are not believed then. A jump of the ruler is confirmed by most. Monitor
 * thread only.
 */
final class Proof {

  private final OwnClocks clocks;
  private Optional<LineProposal> proved = Optional.empty();

  /**
   * Stays until most of all servers agree: with time every contradiction grows old enough to fit.
   */
  private boolean isContradicted;

  Proof(OwnClocks clocks) {
    this.clocks = clocks;
  }

  /** Whether a line cannot be reconciled with what was proved, and is not that of most servers. */
  boolean isContradictedBy(LineProposal next, boolean isMost) {
    isContradicted = (isDisjoint(next) || isContradicted) && !isMost;
    return isContradicted;
  }

  private boolean isDisjoint(LineProposal next) {
    long nowMonoNanos = next.asOfMonoNanos();
    return proved
        .filter(
            before ->
                before.latestAt(nowMonoNanos) < next.earliestEpochNanos()
                    || before.earliestAt(nowMonoNanos) > next.latestEpochNanos())
        .isPresent();
  }

  /**
   * Takes a line that was published. Where nobody knows how fast the ruler is slewed, a line may be
   * so wide after an outage that it proves next to nothing; what was proved before then stays.
   */
  void take(LineProposal next) {
    boolean isNarrower =
        !clocks.isSlewKnown()
            && !isDisjoint(next)
            && proved.filter(before -> width(before, next) < width(next, next)).isPresent();
    if (!isNarrower) {
      proved = Optional.of(clocks.asExpected(next));
    }
  }

  private static long width(LineProposal line, LineProposal at) {
    long monoNanos = at.asOfMonoNanos();
    return line.latestAt(monoNanos) - line.earliestAt(monoNanos);
  }

  /** The same proof where the ruler is slewed otherwise. */
  void follow(LineProposal line) {
    proved = proved.map(before -> line);
  }

  /** The machine may have slept. */
  void forget() {
    proved = Optional.empty();
    isContradicted = false;
  }
}
