package com.ibstream.clocksync.market;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * How far a lower bound of UTC - ruler, once proved, may have sunk since: by what the ruler has
 * gained on the raw clock, and by what the raw clock may have gained on UTC. Counted from the first
 * look; a bound proved at one instant and held against another loses the difference of the two.
 * Monitor thread only.
 */
final class BoundDecay {

  /** More than the buckets that can still change between two looks. */
  private static final int KEPT = 2 * StampMaxima.SLOTS;

  private static final double PPM = 1e-6;

  private final long[] buckets = new long[KEPT];
  private final long[] leastNanos = new long[KEPT];
  private boolean hasLooked;
  private long startElapsedNanos;
  private long startRawNanos;
  private long rawNanos;
  private double agedNanos;
  private long bucket;
  private long bucketBefore;
  private long lowNanos;
  private long highNanos;
  private long leastSinceBeforeNanos;

  /**
   * Goes on to a look, not before the last one.
   *
   * @param elapsedNanos the instant
   * @param newRawNanos the same on the raw clock
   * @param halfWidthNanos how exactly the two belong together
   * @param errorPpm how wrong the rate of the raw clock may be
   */
  void look(long elapsedNanos, long newRawNanos, long halfWidthNanos, double errorPpm) {
    if (!hasLooked) {
      startElapsedNanos = elapsedNanos;
      startRawNanos = newRawNanos;
      rawNanos = startRawNanos;
      bucket = StampMaxima.bucketOf(elapsedNanos);
      Arrays.fill(buckets, bucket);
    }
    agedNanos += Math.max(0, newRawNanos - rawNanos) * (errorPpm * PPM);
    rawNanos = newRawNanos;
    long gainedNanos = elapsedNanos - startElapsedNanos - (rawNanos - startRawNanos);
    long nowNanos = gainedNanos + (long) Math.ceil(agedNanos);
    long lowBeforeNanos = hasLooked ? lowNanos : nowNanos - halfWidthNanos;
    lowNanos = nowNanos - halfWidthNanos;
    highNanos = nowNanos + halfWidthNanos;
    bucketBefore = bucket;
    bucket = StampMaxima.bucketOf(elapsedNanos);
    leastSinceBeforeNanos = Math.min(lowBeforeNanos, lowNanos);
    if (hasLooked) {
      noteLeast();
    }
    hasLooked = true;
  }

  /**
   * The decay may have been at either end of what lies between two looks. A slew that turns round
   * in between is not seen: that is 10 ms at the worst, of the fastest that a kernel does.
   */
  private void noteLeast() {
    for (long b = Math.max(bucketBefore, bucket - KEPT + 1); b <= bucket; b++) {
      int place = place(b);
      leastNanos[place] =
          buckets[place] == b
              ? Math.min(leastNanos[place], leastSinceBeforeNanos)
              : leastSinceBeforeNanos;
      buckets[place] = b;
    }
  }

  private long firstBucket() {
    return StampMaxima.bucketOf(startElapsedNanos);
  }

  private static int place(long bucket) {
    return Math.floorMod(bucket, KEPT);
  }

  /**
   * The least decay while a bucket lasted, so far.
   *
   * @return empty for a bucket that began before the first look, or that is over since long
   */
  OptionalLong leastIn(long which) {
    if (which <= firstBucket() || which > bucket) {
      return OptionalLong.empty(); // nobody saw how the ruler was slewed before the first look
    }
    if (buckets[place(which)] == which) {
      return OptionalLong.of(leastNanos[place(which)]);
    }
    return which > bucketBefore ? OptionalLong.of(leastSinceBeforeNanos) : OptionalLong.empty();
  }

  /** The greatest decay at the last look. */
  long nowNanos() {
    return highNanos;
  }
}
