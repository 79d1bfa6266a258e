package com.ibstream.clocksync.market;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The greatest value of each bucket of time, for the last eight buckets. Written by any number of
 * threads without a lock, read by one.
 *
 * <p>A bucket is 2^30 ns, a little more than a second: each holds a turn of the exchange's whole
 * second. One long holds a value and, in its ten lowest bits, which turn of the ring it belongs to;
 * so a maximum and its time cannot be torn apart, nobody has to empty a slot in time, and a thread
 * that slept does not spoil a later bucket. The price is 1.024 us of the value, always rounded
 * down: what is proved stays proved.
 */
final class StampMaxima {

  /** The length of a bucket, as a power of two: 1.074 s. */
  static final int BUCKET_SHIFT = 30;

  static final int SLOTS = 8;

  /** Less than any value, and of no turn. */
  static final long EMPTY = Long.MIN_VALUE;

  private static final int SLOT_BITS = 3;
  private static final int TURN_BITS = 10;
  private static final long TURN_MASK = (1L << TURN_BITS) - 1;

  /** Buckets that are so far apart cannot be told apart any more: 2.4 h. */
  static final long ALIAS_BUCKETS = 1L << (SLOT_BITS + TURN_BITS);

  private final AtomicLongArray slots = new AtomicLongArray(SLOTS);

  StampMaxima() {
    for (int i = 0; i < SLOTS; i++) {
      slots.set(i, EMPTY);
    }
  }

  /** Which bucket an instant belongs to. */
  static long bucketOf(long elapsedNanos) {
    return elapsedNanos >> BUCKET_SHIFT;
  }

  /**
   * Raises the maximum of an instant's bucket. Hot. A value for a bucket whose place has been taken
   * by a later one is dropped.
   *
   * @param elapsedNanos the instant
   * @param value not near {@link Long#MIN_VALUE}
   */
  void offer(long elapsedNanos, long value) {
    long bucket = elapsedNanos >> BUCKET_SHIFT;
    int slot = (int) bucket & (SLOTS - 1);
    long mine = (value & ~TURN_MASK) | ((bucket >> SLOT_BITS) & TURN_MASK);
    long seen = slots.getOpaque(slot); // an old reading can only be too low, or of an older turn
    if (((seen ^ mine) & TURN_MASK) != 0 || mine > seen) {
      raise(slot, mine);
    }
  }

  private void raise(int slot, long mine) {
    while (true) {
      long seen = slots.get(slot);
      if (seen != EMPTY) {
        long turnsAhead = signed(mine - seen, TURN_BITS);
        if (turnsAhead < 0 || (turnsAhead == 0 && mine <= seen)) {
          return;
        }
      }
      if (slots.compareAndSet(slot, seen, mine)) {
        return;
      }
    }
  }

  /** What a slot holds; {@link #EMPTY} for nothing. The reader's side, like all that follows. */
  long at(int slot) {
    return slots.get(slot);
  }

  /**
   * Which bucket a slot's content belongs to: the one nearest to another of those it may be.
   *
   * @param content not {@link #EMPTY}
   * @param near less than half of {@link #ALIAS_BUCKETS} away
   */
  static long bucketOf(int slot, long content, long near) {
    long low = ((content & TURN_MASK) << SLOT_BITS) | slot;
    return near + signed(low - near, SLOT_BITS + TURN_BITS);
  }

  /** The maximum in a slot's content, up to 1.024 us too low. */
  static long valueOf(long content) {
    return content & ~TURN_MASK;
  }

  /** Empties a slot unless it has changed: what is left lying would one day look like new. */
  void clear(int slot, long content) {
    slots.compareAndSet(slot, content, EMPTY);
  }

  private static long signed(long value, int bits) {
    return value << (Long.SIZE - bits) >> (Long.SIZE - bits);
  }
}
