package com.ibstream.clocksync.ntp;

/**
 * When one source is asked next: a burst, then an interval that grows while all is well. Monitor
 * thread only.
 *
 * <p>The budget of the address is kept elsewhere ({@link AddressBudgets}); this is what we would
 * like.
 *
 * <p>A burst asks all sources at the same instants. So the first interval behind a burst is
 * shortened, for each source by another fraction of what may be missing; from then on intervals are
 * whole and the sources take turns.
 */
final class SourceSchedule {

  /** Good answers in a row after which the interval doubles. */
  private static final int STABLE_POLLS = 8;

  /** The shortest interval outside bursts for a near server: once a second is plenty. */
  private static final long NEAR_FLOOR_NANOS = 1_000_000_000L;

  /** The longest interval, also after many kisses RATE: a day has 84 of them. */
  private static final long LONGEST_NANOS = 1_024_000_000_000L;

  private final boolean isNear;
  private final long minPollNanos;
  private final long maxPollNanos;
  private long intervalNanos;
  private long floorNanos;
  private long capNanos = Long.MAX_VALUE;
  private int burstLeft;
  private int goodInARow;
  private double spread;
  private boolean isToBeSpread = true;
  private long lastSentMonoNanos;
  private boolean isFirst = true;

  SourceSchedule(boolean isNear, long minPollNanos, long maxPollNanos, int burst) {
    this.isNear = isNear;
    this.minPollNanos = minPollNanos;
    this.maxPollNanos = maxPollNanos;
    this.intervalNanos = minPollNanos;
    this.floorNanos = isNear ? NEAR_FLOOR_NANOS : AddressBudgets.PUBLIC_EARNING_NANOS;
    this.burstLeft = burst;
  }

  /** When the next request is wanted, on the ruler; {@code nowMonoNanos} if at once. */
  long wantedMonoNanos(long nowMonoNanos) {
    if (isFirst) {
      return nowMonoNanos;
    }
    long spacing = isNear ? AddressBudgets.NEAR_SPACING_NANOS : AddressBudgets.PUBLIC_SPACING_NANOS;
    return lastSentMonoNanos + (burstLeft > 0 ? spacing : steadyNanos());
  }

  private long steadyNanos() {
    long poll = pollNanos();
    if (!isToBeSpread || spread == 0) {
      return poll;
    }
    long turn = poll - Math.floorMod(lastSentMonoNanos - Math.round(poll * spread), poll);
    if (turn >= floorNanos) {
      return turn;
    }
    // Too soon: the same turn of the next round, unless that leaves the source alone for long.
    boolean isLongLeftAlone = poll < 2 * floorNanos || poll + turn > capNanos;
    return isLongLeftAlone ? floorNanos : poll + turn;
  }

  /** The interval outside bursts. */
  long pollNanos() {
    return Math.max(floorNanos, Math.min(intervalNanos, capNanos));
  }

  void sent(long monoNanos) {
    boolean isSteady = !isFirst && burstLeft == 0;
    if (isSteady && pollNanos() > floorNanos) {
      isToBeSpread = false;
    } else if (!isSteady) {
      isToBeSpread = true;
    }
    isFirst = false;
    lastSentMonoNanos = monoNanos;
    burstLeft = Math.max(0, burstLeft - 1);
  }

  void accepted() {
    goodInARow++;
    if (goodInARow >= STABLE_POLLS) {
      goodInARow = 0;
      long before = pollNanos();
      intervalNanos = Math.min(2 * intervalNanos, maxPollNanos);
      isToBeSpread |= pollNanos() > before;
    }
  }

  /** No good answer, or trouble elsewhere: back to the short interval. */
  void troubled() {
    goodInARow = 0;
    intervalNanos = minPollNanos;
  }

  /**
   * No good answer for long, while other servers give them: asked as seldom as when all is well.
   */
  void hopeless() {
    goodInARow = 0;
    intervalNanos = maxPollNanos;
  }

  /** Kiss RATE: twice as slow, for good. */
  void slowDown() {
    burstLeft = 0;
    floorNanos = Math.min(2 * Math.max(floorNanos, pollNanos()), LONGEST_NANOS);
  }

  /** Limits the interval so that the error bound stays well within the tolerance. */
  void cap(long nanos) {
    capNanos = nanos;
  }

  /**
   * Sets the turn of this source: the part of the interval, counted on the ruler, at which it is
   * asked. It takes its turn behind a burst and when the interval has grown, by one shorter wait.
   *
   * @param fraction over 0, up to 1
   */
  void spread(double fraction) {
    spread = fraction;
  }

  /** Asks for some exchanges in quick succession. */
  void burst(int exchanges) {
    burstLeft = Math.max(burstLeft, exchanges);
  }
}
