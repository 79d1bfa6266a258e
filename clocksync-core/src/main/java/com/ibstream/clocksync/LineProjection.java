package com.ibstream.clocksync;

import com.ibstream.clocksync.estimate.Ageing;
import com.ibstream.clocksync.estimate.ClockEstimate;
import com.ibstream.clocksync.system.RawMapping;
import com.ibstream.clocksync.time.Growth;
import com.ibstream.clocksync.time.LineProposal;
import com.ibstream.clocksync.time.RateBounds;
import com.ibstream.clocksync.time.TrustReason;

/**
 * A line fitted on the raw clock, said on the ruler, which may be slewed. Good as long as the two
 * go on as they did; then it is said anew. Immutable.
 *
 * @param line fitted on the raw clock
 * @param mapping how ruler and raw clock stand
 * @param leewayNanos how far the raw clock may be from where this projection has it; belongs to the
 *     interval
 * @param toleranceNanos the greatest error bound that is trusted
 * @param trustedUntilMonoNanos when the vote behind it is no longer recent
 * @param reason why it is trusted until then
 */
record LineProjection(
    ClockEstimate.Line line,
    RawMapping mapping,
    long leewayNanos,
    long toleranceNanos,
    long trustedUntilMonoNanos,
    TrustReason reason) {

  private static final double PPM = 1e-6;

  /** The same line where ruler and raw clock stand otherwise. */
  LineProjection onto(RawMapping other, long newLeewayNanos) {
    return new LineProjection(
        line, other, newLeewayNanos, toleranceNanos, trustedUntilMonoNanos, reason);
  }

  /** How far ruler and raw clock may have parted from where this projection has them. */
  long partedNanos(RawMapping now) {
    return Math.abs(now.rawNanos() - mapping.rawNanosAt(now.monoNanos())) + now.halfWidthNanos();
  }

  /** The line on the ruler, as of the mapping's instant. */
  LineProposal onRuler() {
    long raw = mapping.rawNanos();
    Ageing ageing = line.ageing();
    long nearUntilRawNanos = line.asOfRawNanos() + Ageing.AHEAD_NANOS;
    Growth growth = new Growth(ageing.near(), nearUntilRawNanos, ageing.far());
    long slack = mapping.halfWidthNanos() + leewayNanos;
    long earliest = line.earliestEpochNanos() + growth.leastNanos(line.asOfRawNanos(), raw) - slack;
    long latest = line.latestEpochNanos() + growth.mostNanos(line.asOfRawNanos(), raw) + slack;
    long elapsed = raw - line.asOfRawNanos();
    long point = line.pointEpochNanos() + elapsed + Math.round(elapsed * (line.ratePpm() * PPM));
    RateBounds near = ageing.near().againstSlewed(mapping.slewPpm());
    RateBounds far = ageing.far().againstSlewed(mapping.slewPpm());
    return new LineProposal(
        mapping.monoNanos(),
        Math.max(earliest, Math.min(latest, point)),
        earliest,
        latest,
        near.clamp(RateBounds.rateAgainst(line.ratePpm(), mapping.slewPpm())),
        new Growth(near, mapping.monoNanosAt(nearUntilRawNanos), far),
        toleranceNanos,
        trustedUntilMonoNanos,
        reason);
  }
}
