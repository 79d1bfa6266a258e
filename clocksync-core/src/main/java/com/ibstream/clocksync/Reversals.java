package com.ibstream.clocksync;

import com.ibstream.clocksync.time.LineProposal;
import com.ibstream.clocksync.time.LinePublisher;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What was promised to those who stamp, and when most servers contradicted it. One of the two is
 * wrong then, or the machine was frozen with all its clocks; nobody can tell which, but the stamps
 * in doubt can be named. Monitor thread only.
 */
final class Reversals {

  /** So many are remembered, and for so long: older stamps are left as they were judged. */
  private static final int MOST = 16;

  private static final long REACH_NANOS = 7 * 86_400_000_000_000L;
  private static final double PPM = 1e-6;

  private final double driftPpm;
  private final Deque<Reversal> earlier = new ArrayDeque<>();
  private Optional<Promise> promise = Optional.empty();

  /**
   * The tightest of the lines that did not contradict each other, as it has aged. A vote while some
   * have spoken since a jump and some have not may span both truths: it proves neither.
   */
  private record Promise(LineProjection line, long votedMonoNanos) {}

  /**
   * Since when stamps are in doubt.
   *
   * @param monoNanos on the ruler
   * @param epochNanos no later than any stamp given out since
   */
  record InDoubt(long monoNanos, long epochNanos) {}

  /** By how much UTC came later than promised, at the least and the most, and when. */
  private record Reversal(long leastNanos, long mostNanos, InDoubt at) {

    static Reversal of(LineProposal before, LineProposal next) {
      return new Reversal(
          next.earliestEpochNanos() - before.latestEpochNanos(),
          next.latestEpochNanos() - before.earliestEpochNanos(),
          new InDoubt(
              next.asOfMonoNanos(),
              Math.min(before.earliestEpochNanos(), next.earliestEpochNanos())
                  - LinePublisher.MAX_SLEW_NANOS));
    }

    Reversal after(Reversal other) {
      return new Reversal(leastNanos + other.leastNanos, mostNanos + other.mostNanos, other.at);
    }

    /** Whether what both did is nothing, but for what a false clock drifts meanwhile. */
    boolean isNothing(double driftPpm, long nowMonoNanos) {
      long drift = (long) ((nowMonoNanos - at.monoNanos) * (driftPpm * PPM));
      return leastNanos - drift <= 0 && mostNanos + drift >= 0;
    }
  }

  /**
   * Nothing was promised yet.
   *
   * @param driftPpm how fast a false clock may drift away from where it was first seen
   */
  Reversals(double driftPpm) {
    this.driftPpm = driftPpm;
  }

  /**
   * Takes a line that most servers stand behind.
   *
   * @param votedMonoNanos since when most had spoken for it
   * @return empty if it agrees with what was promised; else since when stamps are in doubt: since
   *     the promise was voted for, or, where this takes back what one or several reversals before
   *     did, since the first of these
   */
  Optional<InDoubt> take(LineProjection line, long votedMonoNanos) {
    LineProposal next = line.onRuler();
    Promise offered = new Promise(line, votedMonoNanos);
    if (promise.isEmpty()) {
      promise = Optional.of(offered);
      return Optional.empty();
    }
    Promise kept = promise.get();
    LineProposal before = kept.line.onto(line.mapping(), line.leewayNanos()).onRuler();
    boolean isDisjoint =
        before.latestEpochNanos() < next.earliestEpochNanos()
            || before.earliestEpochNanos() > next.latestEpochNanos();
    if (!isDisjoint) {
      promise = width(before) < width(next) ? promise : Optional.of(offered);
      return Optional.empty();
    }
    promise = Optional.of(offered);
    Reversal reversal = Reversal.of(before, next);
    earlier.removeIf(old -> next.asOfMonoNanos() - old.at.monoNanos > REACH_NANOS);
    Optional<InDoubt> whole = undone(reversal, next.asOfMonoNanos());
    earlier.addFirst(reversal);
    if (earlier.size() > MOST) {
      earlier.removeLast();
    }
    return whole.or(() -> Optional.of(since(before, kept.votedMonoNanos)));
  }

  private static long width(LineProposal line) {
    return line.latestEpochNanos() - line.earliestEpochNanos();
  }

  /** A clock that was still being corrected may have told a little less than the line. */
  private static InDoubt since(LineProposal line, long monoNanos) {
    return new InDoubt(monoNanos, line.earliestAt(monoNanos) - LinePublisher.MAX_SLEW_NANOS);
  }

  /** The first of the latest reversals, or the one, that the newest takes back. */
  private Optional<InDoubt> undone(Reversal newest, long nowMonoNanos) {
    Reversal sum = newest;
    for (Reversal old : earlier) {
      sum = sum.after(old);
      if (sum.isNothing(driftPpm, nowMonoNanos)
          || newest.after(old).isNothing(driftPpm, nowMonoNanos)) {
        return Optional.of(old.at);
      }
    }
    return Optional.empty();
  }

  /** The machine may have slept: what was promised holds no more. */
  void forget() {
    promise = Optional.empty();
  }
}
