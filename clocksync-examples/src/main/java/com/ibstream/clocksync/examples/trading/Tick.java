package com.ibstream.clocksync.examples.trading;

/**
 * One tick as it arrives from the market, without our stamp. Immutable.
 *
 * @param type bid and ask, or a trade
 * @param exchangeEpochMicros the exchange's own time, whole seconds as the broker's interface gives
 *     it, in microseconds since 1970 UTC
 * @param requestId of the subscription
 * @param first bid price, or price of the trade
 * @param firstSize bid size, or size of the trade
 * @param second ask price; unused for a trade
 * @param secondSize ask size; unused for a trade
 */
public record Tick(
    Type type,
    long exchangeEpochMicros,
    int requestId,
    double first,
    double firstSize,
    double second,
    double secondSize) {

  /** The tick types that the sample service records. */
  public enum Type {
    /** Best bid and ask. */
    BID_ASK,
    /** A trade. */
    LAST
  }
}
