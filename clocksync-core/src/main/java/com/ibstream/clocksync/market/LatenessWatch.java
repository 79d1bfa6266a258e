package com.ibstream.clocksync.market;

import com.ibstream.clocksync.facts.FeedFacts;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * How late a feed's fastest ticks come in by one of our clocks, beside what is usual. It cannot
 * tell a longer way from a clock that gained. Monitor thread only.
 *
 * <p>Usual is what the best eighth of all minutes reached, of the last thousand in which ticks came
 * in: a lateness that lasts for many hours of trading becomes usual.
 */
final class LatenessWatch {

  /** Blocks of 64 buckets: 69 s. */
  private static final int BLOCK_SHIFT = 6;

  static final int CAPACITY = 1024;

  private final long allowanceNanos;
  private final long resolutionNanos;
  private final long lateRiseNanos;
  private final long[] blocks = new long[CAPACITY];
  private int count;
  private int next;
  private long block;
  private OptionalLong leastInBlock = OptionalLong.empty();
  private OptionalLong usual = OptionalLong.empty();
  private boolean isRaised;

  LatenessWatch(FeedSettings settings) {
    this.allowanceNanos = settings.allowance().toNanos();
    this.resolutionNanos = settings.resolution().toNanos();
    this.lateRiseNanos = settings.lateRise().toNanos();
  }

  /**
   * Goes on to a look.
   *
   * @param bucket the present
   * @param present how late the fastest ticks of the last minute were, local minus exchange; empty
   *     if there were too few
   * @return beside what is usual
   */
  FeedFacts.Lateness look(long bucket, OptionalLong present) {
    if (bucket >> BLOCK_SHIFT != block) {
      block = bucket >> BLOCK_SHIFT;
      leastInBlock.ifPresent(this::endBlock);
      leastInBlock = OptionalLong.empty();
    }
    OptionalLong rise = OptionalLong.empty();
    if (present.isPresent()) {
      long nanos = present.getAsLong();
      leastInBlock = OptionalLong.of(Math.min(nanos, leastInBlock.orElse(nanos)));
      if (usual.isPresent()) {
        // The usual second may have been caught at its turn, and the present one near its end.
        rise = OptionalLong.of(Math.max(0, nanos - usual.getAsLong() - resolutionNanos));
        isRaised = rise.getAsLong() >= (isRaised ? lateRiseNanos / 2 : lateRiseNanos);
      }
    }
    return new FeedFacts.Lateness(present, usual, rise, isRaised);
  }

  private void endBlock(long leastNanos) {
    blocks[next] = leastNanos;
    next = (next + 1) % CAPACITY;
    count = Math.min(count + 1, CAPACITY);
    int needed = Agreement.needed(count);
    if (count >= needed) {
      long[] sorted = Arrays.copyOf(blocks, count);
      Arrays.sort(sorted);
      // No tick is early: who saw it so had a slow clock, and putting that right is no delay.
      usual = OptionalLong.of(Math.max(-allowanceNanos, sorted[needed - 1]));
    }
  }
}
