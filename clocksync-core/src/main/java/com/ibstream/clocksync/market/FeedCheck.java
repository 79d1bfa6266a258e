package com.ibstream.clocksync.market;

import com.ibstream.clocksync.time.Ruler;
import java.util.concurrent.atomic.LongAdder;

/**
 * Takes the exchange's stamps from the trading code, tick by tick. No exchange can stamp in the
 * future, so each stamp proves that it is at least that late: UTC - ruler &gt;= stamp - ruler. What
 * that says of our clocks is worked out elsewhere, by a {@link FeedJudge} on the monitor's thread.
 *
 * <p>Safe for any number of threads. Hot: one ruler read, a subtraction, a compare with the
 * greatest so far of the present second, seldom a compare-and-set, and a count. No lock, no wall
 * clock, no exception; no allocation but the counter's own cells when threads first collide.
 *
 * <p>Stamps outside the years 2000 to 2199 are refused and counted: zero, negative and extreme
 * values, and seconds, milliseconds or microseconds taken for nanoseconds.
 */
public final class FeedCheck {

  /** 2000-01-01: 1970-01-20 is what microseconds of today make when taken for nanoseconds. */
  static final long EARLIEST_EPOCH_NANOS = 946_684_800_000_000_000L;

  /** 2200-01-01: far enough from the end of a long for every difference taken here. */
  static final long AFTER_LATEST_EPOCH_NANOS = 7_258_118_400_000_000_000L;

  /** The maxima of so long ago may no longer be kept; a pause of the JVM is mostly shorter. */
  static final long MOST_AGO_NANOS = 4_000_000_000L;

  private final Ruler ruler;
  private final FeedSettings settings;
  private final long originMonoNanos;
  private final StampMaxima maxima = new StampMaxima();
  private final LongAdder observedCount = new LongAdder();
  private final LongAdder refusedCount = new LongAdder();

  /**
   * A check that nobody judges yet. {@code ClockMonitor.feed} makes one that is.
   *
   * @param ruler what stamps are laid against
   * @param settings of the feed
   */
  public FeedCheck(Ruler ruler, FeedSettings settings) {
    this.ruler = ruler;
    this.settings = settings;
    this.originMonoNanos = ruler.monoNanos();
  }

  /**
   * Which feed this is.
   *
   * @return its settings
   */
  public FeedSettings settings() {
    return settings;
  }

  /**
   * A tick has come in just now. Call it as early as possible: what happens between socket and call
   * counts as delay. Hot.
   *
   * @param exchangeEpochNanos the exchange's stamp, nanoseconds since 1970 UTC; a whole second is
   *     given as its beginning
   */
  public void observe(long exchangeEpochNanos) {
    take(exchangeEpochNanos, ruler.monoNanos() - originMonoNanos);
  }

  /**
   * A tick came in a moment ago. The same cost: the reading is held against one of our own, and
   * refused if it lies in the future, more than 4 s ago, or before this check was made.
   *
   * @param exchangeEpochNanos the exchange's stamp, nanoseconds since 1970 UTC
   * @param monoNanos the ruler, {@link System#nanoTime()}, as read at the socket
   */
  public void observe(long exchangeEpochNanos, long monoNanos) {
    long agoNanos = ruler.monoNanos() - monoNanos;
    long elapsedNanos = monoNanos - originMonoNanos;
    if (agoNanos < 0 || agoNanos > MOST_AGO_NANOS || elapsedNanos < 0) {
      refusedCount.increment();
    } else {
      take(exchangeEpochNanos, elapsedNanos);
    }
  }

  private void take(long exchangeEpochNanos, long elapsedNanos) {
    if (exchangeEpochNanos < EARLIEST_EPOCH_NANOS
        || exchangeEpochNanos >= AFTER_LATEST_EPOCH_NANOS) {
      refusedCount.increment();
      return;
    }
    observedCount.increment();
    maxima.offer(elapsedNanos, exchangeEpochNanos - elapsedNanos);
  }

  /** The ruler when this check was made: everything here counts from it, so nothing overflows. */
  long originMonoNanos() {
    return originMonoNanos;
  }

  StampMaxima maxima() {
    return maxima;
  }

  long observedCount() {
    return observedCount.sum();
  }

  long refusedCount() {
    return refusedCount.sum();
  }
}
