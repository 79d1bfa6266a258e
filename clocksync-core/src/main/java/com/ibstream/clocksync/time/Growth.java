package com.ibstream.clocksync.time;

/**
 * How the hard interval around a line moves out with the ruler: at first as fast as what was
 * measured of UTC's rate allows, later as fast as any clock of this kind may be wrong. Immutable.
 *
 * @param near between which rates UTC runs against the ruler until then
 * @param nearUntilMonoNanos how long the measured rate is vouched for, on the ruler
 * @param far between which rates it may run after that; holds {@code near}
 */
public record Growth(RateBounds near, long nearUntilMonoNanos, RateBounds far) {

  /** Rejects a far future that is better known than the near one, and one that is known exactly. */
  public Growth {
    if (!(far.minPpm() < far.maxPpm())) {
      throw new IllegalArgumentException("the rate is never known exactly: " + far);
    }
    if (far.minPpm() > near.minPpm() || far.maxPpm() < near.maxPpm()) {
      throw new IllegalArgumentException(
          "later rates must hold the earlier ones: " + near + ", " + far);
    }
  }

  /**
   * The same rates for ever.
   *
   * @param rates between which rates UTC runs against the ruler
   * @return a growth that never changes
   */
  public static Growth steady(RateBounds rates) {
    return new Growth(rates, 0, rates);
  }

  boolean isSteady() {
    return near.equals(far);
  }

  /** How much of a span that ends at an instant lies beyond what the near rates are good for. */
  private long farNanos(long fromMonoNanos, long toMonoNanos) {
    long all = toMonoNanos - fromMonoNanos;
    return isSteady() ? 0 : Math.max(0, Math.min(all, toMonoNanos - nearUntilMonoNanos));
  }

  /**
   * The least that UTC goes on between two instants.
   *
   * @param fromMonoNanos the instant that {@code near} begins at, or any later one
   * @param toMonoNanos before or after it
   * @return nanoseconds, rounded down
   */
  public long leastNanos(long fromMonoNanos, long toMonoNanos) {
    long late = farNanos(fromMonoNanos, toMonoNanos);
    return near.leastNanos(toMonoNanos - fromMonoNanos - late) + far.leastNanos(late);
  }

  /**
   * The most that UTC goes on between two instants.
   *
   * @param fromMonoNanos the instant that {@code near} begins at, or any later one
   * @param toMonoNanos before or after it
   * @return nanoseconds, rounded up
   */
  public long mostNanos(long fromMonoNanos, long toMonoNanos) {
    long late = farNanos(fromMonoNanos, toMonoNanos);
    return near.mostNanos(toMonoNanos - fromMonoNanos - late) + far.mostNanos(late);
  }
}
