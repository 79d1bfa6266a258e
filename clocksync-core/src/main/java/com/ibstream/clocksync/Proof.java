package com.ibstream.clocksync;

import com.ibstream.clocksync.time.LineProposal;
import java.util.Optional;

/**
 * What was proved of UTC before, which a few servers may not contradict: those that return from an
 * outage before the others are not believed then. A jump of the ruler is confirmed by most. Where
 * most contradict it, one of the two is wrong, and the stamps in doubt are named. Monitor thread
 * only.
 */
final class Proof {

  private final OwnClocks clocks;

  /** What may not be contradicted, and what was promised to those who stamp. */
  private Optional<LineProposal> proved = Optional.empty();

  private Optional<LineProposal> promised = Optional.empty();

  /** The last time that most contradicted what was promised. */
  private Optional<Reversal> latest = Optional.empty();

  /**
   * Stays until most of all servers agree: with time every contradiction grows old enough to fit.
   */
  private boolean isContradicted;

  /** By how much UTC came later than promised, at the least and the most, and when. */
  private record Reversal(long leastNanos, long mostNanos, InDoubt since) {

    static Reversal of(LineProposal before, LineProposal next, InDoubt since) {
      return new Reversal(
          next.earliestEpochNanos() - before.latestAt(next.asOfMonoNanos()),
          next.latestEpochNanos() - before.earliestAt(next.asOfMonoNanos()),
          since);
    }

    /** Whether this one takes back what an earlier one did. */
    boolean undoes(Reversal earlier) {
      return earlier.leastNanos + leastNanos <= 0 && earlier.mostNanos + mostNanos >= 0;
    }
  }

  /**
   * Since when stamps are in doubt.
   *
   * @param monoNanos on the ruler
   * @param epochNanos no later than any stamp given out since
   */
  record InDoubt(long monoNanos, long epochNanos) {}

  Proof(OwnClocks clocks) {
    this.clocks = clocks;
  }

  /** Whether a line cannot be reconciled with what was proved, and is not that of most servers. */
  boolean isContradictedBy(LineProposal next, boolean isMost) {
    isContradicted = (isDisjoint(proved, next) || isContradicted) && !isMost;
    return isContradicted;
  }

  /**
   * Whether a line that most servers stand behind cannot be reconciled with what was promised. Then
   * one of the two is wrong, or the ruler stood still unseen. To be asked before the line is taken.
   *
   * @param lastVoteMonoNanos when what was promised was last voted for
   * @return the stamps since the last vote are in doubt; where this line comes back to what was
   *     overruled before, it was what came between that was wrong, and all of it is
   */
  Optional<InDoubt> reversedBy(LineProposal next, long lastVoteMonoNanos) {
    if (!isDisjoint(promised, next)) {
      return Optional.empty();
    }
    LineProposal before = promised.get();
    long nowMonoNanos = next.asOfMonoNanos();
    long earliestNanos = Math.min(before.earliestAt(nowMonoNanos), next.earliestEpochNanos());
    Reversal reversal = Reversal.of(before, next, new InDoubt(nowMonoNanos, earliestNanos));
    InDoubt since =
        latest
            .filter(reversal::undoes)
            .map(Reversal::since)
            .orElseGet(() -> new InDoubt(lastVoteMonoNanos, before.earliestAt(lastVoteMonoNanos)));
    latest = Optional.of(reversal);
    return Optional.of(since);
  }

  private static boolean isDisjoint(Optional<LineProposal> line, LineProposal next) {
    long nowMonoNanos = next.asOfMonoNanos();
    return line.filter(
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
            && !isDisjoint(proved, next)
            && proved.filter(before -> width(before, next) < width(next, next)).isPresent();
    if (!isNarrower) {
      proved = Optional.of(clocks.asExpected(next));
    }
    promised = Optional.of(next);
  }

  private static long width(LineProposal line, LineProposal at) {
    long monoNanos = at.asOfMonoNanos();
    return line.latestAt(monoNanos) - line.earliestAt(monoNanos);
  }

  /** The same proof where the ruler is slewed otherwise. */
  void follow(LineProposal line) {
    proved = proved.map(before -> line);
    promised = promised.map(before -> line);
  }

  /** The machine may have slept. */
  void forget() {
    proved = Optional.empty();
    promised = Optional.empty();
    latest = Optional.empty();
    isContradicted = false;
  }
}
