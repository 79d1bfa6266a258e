package com.ibstream.clocksync.examples.trading;

import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Makes up ticks of one future: a random walk in steps of a quarter point. SINGLE THREAD. */
public final class SyntheticMarket {

  private static final double TICK_SIZE = 0.25;
  private static final double START_PRICE = 23_260;
  private static final double LEAST_PRICE = 1_000;
  private static final int TRADE_ONE_IN = 4;
  private static final int MAX_SIZE = 20;
  private static final int BID_ASK_REQUEST = 1_014_076_394;
  private static final int LAST_REQUEST = 1_793_293_976;

  /**
   * How long a tick is under way at least: as long as the widest error bound that is trusted by
   * default, so that no tick can seem to come from the future.
   */
  private static final long MIN_LATENCY_NANOS = 50_000_000L;

  private static final long MAX_LATENCY_NANOS = 120_000_000L;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long MICROS_PER_SECOND = 1_000_000L;

  private final LongSupplier exchangeEpochNanos;
  private final RandomGenerator random;
  private double bid = START_PRICE;

  /**
   * A market.
   *
   * @param exchangeEpochNanos the exchange's clock, nanoseconds since 1970 UTC
   * @param random chance
   */
  public SyntheticMarket(LongSupplier exchangeEpochNanos, RandomGenerator random) {
    this.exchangeEpochNanos = exchangeEpochNanos;
    this.random = random;
  }

  /**
   * The tick that arrives now. It left the exchange a little earlier.
   *
   * @return a new tick
   */
  public Tick next() {
    long sentEpochNanos =
        exchangeEpochNanos.getAsLong() - random.nextLong(MIN_LATENCY_NANOS, MAX_LATENCY_NANOS);
    long exchangeEpochMicros = Math.floorDiv(sentEpochNanos, NANOS_PER_SECOND) * MICROS_PER_SECOND;
    bid = Math.max(LEAST_PRICE, bid + TICK_SIZE * (random.nextInt(3) - 1));
    double ask = bid + TICK_SIZE * (1 + random.nextInt(2));
    if (random.nextInt(TRADE_ONE_IN) == 0) {
      double price = random.nextBoolean() ? bid : ask;
      return new Tick(Tick.Type.LAST, exchangeEpochMicros, LAST_REQUEST, price, size(), 0, 0);
    }
    return new Tick(
        Tick.Type.BID_ASK, exchangeEpochMicros, BID_ASK_REQUEST, bid, size(), ask, size());
  }

  private double size() {
    return 1 + random.nextInt(MAX_SIZE);
  }
}
