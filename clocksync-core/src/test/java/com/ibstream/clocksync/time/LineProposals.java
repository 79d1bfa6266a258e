package com.ibstream.clocksync.time;

/** Proposals for tests: a majority, 15 ppm of growth, 50 ms of tolerance. */
final class LineProposals {

  static final long EPOCH = 1_795_000_000_000_000_000L;
  static final long MILLI = 1_000_000L;
  static final long SECOND = 1_000 * MILLI;

  private LineProposals() {}

  static LineProposal at(long monoNanos, long epochNanos, long halfWidthNanos) {
    return at(monoNanos, epochNanos, halfWidthNanos, 0);
  }

  static LineProposal at(long monoNanos, long epochNanos, long halfWidthNanos, double ratePpm) {
    return new LineProposal(
        monoNanos,
        epochNanos,
        epochNanos - halfWidthNanos,
        epochNanos + halfWidthNanos,
        ratePpm,
        Growth.steady(RateBounds.ofClockError(15)),
        50 * MILLI,
        monoNanos + 100 * SECOND,
        TrustReason.MAJORITY);
  }
}
