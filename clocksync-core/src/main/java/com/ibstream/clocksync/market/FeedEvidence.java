package com.ibstream.clocksync.market;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * What a feed has proved, bucket by bucket: lower bounds of UTC - ruler, made comparable by {@link
 * BoundDecay}. The last so many buckets in which anything came in are kept, however old: nothing
 * has to be forgotten by age, as old bounds sink by themselves. Monitor thread only.
 */
final class FeedEvidence {

  /** What agrees must be spread over so many buckets, 10.7 s: more than one burst. */
  static final long LEAST_SPREAD_BUCKETS = 10;

  private final long[] buckets;
  private final long[] bounds;
  private final long[] sorted;
  private int count;
  private int next;
  private boolean isChanged;
  private OptionalLong agreed = OptionalLong.empty();

  /**
   * No evidence yet.
   *
   * @param capacity how many buckets are kept
   */
  FeedEvidence(int capacity) {
    this.buckets = new long[capacity];
    this.bounds = new long[capacity];
    this.sorted = new long[capacity];
  }

  /**
   * Adds what a bucket proves, or replaces what it seemed to prove before.
   *
   * @param bucket one of the latest, or a new one
   * @param boundNanos the lower bound
   */
  void put(long bucket, long boundNanos) {
    int place = find(bucket);
    if (place < 0) {
      place = next;
      next = (next + 1) % buckets.length;
      count = Math.min(count + 1, buckets.length);
    } else if (bounds[place] == boundNanos) {
      return;
    }
    buckets[place] = bucket;
    bounds[place] = boundNanos;
    isChanged = true;
  }

  /** Only the buckets that are still written to can be met again. */
  private int find(long bucket) {
    for (int i = 1; i <= Math.min(count, StampMaxima.SLOTS); i++) {
      int place = Math.floorMod(next - i, buckets.length);
      if (buckets[place] == bucket) {
        return place;
      }
    }
    return -1;
  }

  /** The greatest bound on which enough buckets agree; empty if there are none. */
  OptionalLong agreed() {
    if (isChanged) {
      isChanged = false;
      agreed = agreedSince(Long.MIN_VALUE);
    }
    return agreed;
  }

  /**
   * The same among the latest buckets.
   *
   * @param fromBucket the first that counts
   * @return empty if too few agree
   */
  OptionalLong agreedSince(long fromBucket) {
    int found = 0;
    for (int i = 0; i < count; i++) {
      if (buckets[i] >= fromBucket) {
        sorted[found++] = bounds[i];
      }
    }
    Arrays.sort(sorted, 0, found);
    for (int i = found - Agreement.needed(found); i >= 0; i--) {
      if (isSpread(sorted[i], fromBucket)) {
        return OptionalLong.of(sorted[i]);
      }
    }
    return OptionalLong.empty();
  }

  private boolean isSpread(long leastNanos, long fromBucket) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      if (buckets[i] >= fromBucket && bounds[i] >= leastNanos) {
        first = Math.min(first, buckets[i]);
        last = Math.max(last, buckets[i]);
      }
    }
    return last - first >= LEAST_SPREAD_BUCKETS;
  }
}
