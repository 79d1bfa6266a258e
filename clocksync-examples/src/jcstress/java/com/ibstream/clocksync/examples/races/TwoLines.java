package com.ibstream.clocksync.examples.races;

import com.ibstream.clocksync.time.Growth;
import com.ibstream.clocksync.time.LineProposal;
import com.ibstream.clocksync.time.LinePublisher;
import com.ibstream.clocksync.time.RateBounds;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.time.TrustReason;
import com.ibstream.clocksync.time.TrustedClock;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Two lines that differ in all a reader can see, and the verdict on a reading: whose is it? The
 * first is published at once; the second is there to be published by an actor.
 */
final class TwoLines {

  /** Near the end of the ruler's numbers, so that they wrap while the actors are at it. */
  static final long START = Long.MAX_VALUE - 1_000_000L;

  /** How far the wall clock is ahead of the ruler, always; reads compare once a watch says so. */
  static final long WALL_MINUS_MONO = 123_456_789L;

  private static final long EPOCH = 1_795_000_000_000_000_000L;
  private static final long MILLI = 1_000_000L;

  /** No bound is too wide, however long an actor is put to sleep. */
  private static final long TOLERANCE_NANOS = 365 * 86_400_000L * MILLI;

  /** The same for both, so that the second stays as far ahead of the first as it is. */
  private static final double RATE_PPM = 5;

  /** Each term is rounded outwards, here and there. */
  private static final long ROUNDING_NANOS = 10;

  private final LineProposal first;
  private final LineProposal second;
  private final LinePublisher publisher;

  /**
   * Publishes the first line.
   *
   * @param rulerFrom makes the ruler from its first reading
   * @param secondMinusFirstNanos how far the second line's point is ahead of the first one's
   */
  TwoLines(LongFunction<Ruler> rulerFrom, long secondMinusFirstNanos) {
    long secondEpochNanos = EPOCH + secondMinusFirstNanos;
    long start = START;
    Ruler ruler = rulerFrom.apply(start);
    first =
        new LineProposal(
            start,
            EPOCH,
            EPOCH - MILLI,
            EPOCH + 2 * MILLI,
            RATE_PPM,
            Growth.steady(RateBounds.ofClockError(10)),
            TOLERANCE_NANOS,
            start, // a vote long ago: held over from the beginning
            TrustReason.SINGLE_SOURCE);
    second =
        new LineProposal(
            start,
            secondEpochNanos,
            secondEpochNanos - 4 * MILLI,
            secondEpochNanos + 3 * MILLI,
            RATE_PPM,
            Growth.steady(RateBounds.ofClockError(40)),
            TOLERANCE_NANOS,
            start + TOLERANCE_NANOS,
            TrustReason.MAJORITY);
    publisher = new LinePublisher(ruler, Optional.of(() -> ruler.monoNanos() + WALL_MINUS_MONO));
    publisher.publish(first);
  }

  LinePublisher publisher() {
    return publisher;
  }

  TrustedClock clock() {
    return publisher.clock();
  }

  void publishSecond() {
    publisher.publish(second);
  }

  /** Whether all of a reading is the first line's. */
  boolean isFirst(Reading reading) {
    return isFirst(reading, 0);
  }

  /**
   * Whether all of a reading is the first line's, each end of its interval moved out by so much.
   */
  boolean isFirst(Reading reading, long movedOutNanos) {
    return isFirst(reading, movedOutNanos, TrustLevel.HOLDOVER, TrustReason.NO_RECENT_VOTE);
  }

  /** Whether all of a reading is the first line's after its trust was withdrawn. */
  boolean isFirstWithdrawn(Reading reading, TrustReason why) {
    return isFirst(reading, 0, TrustLevel.UNTRUSTED, why);
  }

  private boolean isFirst(
      Reading reading, long movedOutNanos, TrustLevel trust, TrustReason reason) {
    return isOf(first, movedOutNanos, reading, trust, reason)
        && isNear(reading.epochNanos(), first.pointAt(reading.monoNanos()));
  }

  /**
   * Whether all of a reading is the second line's. Where the correction is slewed, the point may
   * still be on its way from the first; it must lie inside the second line's interval then.
   */
  boolean isSecond(Reading reading) {
    long monoNanos = reading.monoNanos();
    long fromNanos = first.pointAt(monoNanos);
    long toNanos = second.pointAt(monoNanos);
    boolean isSlewed = Math.abs(toNanos - fromNanos) <= LinePublisher.MAX_SLEW_NANOS;
    boolean isOnItsWay =
        reading.epochNanos() - Math.min(fromNanos, toNanos) >= -ROUNDING_NANOS
            && reading.epochNanos() - Math.max(fromNanos, toNanos) <= ROUNDING_NANOS;
    return isOf(second, 0, reading, TrustLevel.TRUSTED, TrustReason.MAJORITY)
        && (isSlewed ? isOnItsWay : isNear(reading.epochNanos(), toNanos));
  }

  private static boolean isOf(
      LineProposal line,
      long movedOutNanos,
      Reading reading,
      TrustLevel trust,
      TrustReason reason) {
    long monoNanos = reading.monoNanos();
    long before = reading.epochNanos() - reading.earliestEpochNanos();
    long after = reading.latestEpochNanos() - reading.epochNanos();
    return reading.trust() == trust
        && reading.reason() == reason
        && isNear(reading.earliestEpochNanos(), line.earliestAt(monoNanos) - movedOutNanos)
        && isNear(reading.latestEpochNanos(), line.latestAt(monoNanos) + movedOutNanos)
        && before >= 0
        && after >= 0
        && reading.errorBoundNanos() == Math.max(before, after);
  }

  private static boolean isNear(long nanos, long expectedNanos) {
    return Math.abs(nanos - expectedNanos) <= ROUNDING_NANOS;
  }
}
