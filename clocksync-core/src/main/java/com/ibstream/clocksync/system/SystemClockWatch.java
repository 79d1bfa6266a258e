package com.ibstream.clocksync.system;

import com.ibstream.clocksync.facts.KernelFacts;
import com.ibstream.clocksync.facts.SynchronisationClaim;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.time.LineProposal;
import java.util.Optional;
import java.util.OptionalLong;

/** Follows the system clock's offset from UTC. Monitor thread only. */
public final class SystemClockWatch {

  private static final long DAY_NANOS = 24 * 3_600 * 1_000_000_000L;

  private final OffsetWindow window;
  private final OffsetWindow day = new OffsetWindow(DAY_NANOS);
  private final long toleranceNanos;
  private OptionalLong goodMonoNanos = OptionalLong.empty();
  private SynchronisationClaim claim = SynchronisationClaim.NOT_ASKED;

  /**
   * A watch that has seen nothing.
   *
   * @param windowNanos the span of the statistics, on the ruler
   * @param toleranceNanos the greatest error of the system clock that counts as good
   */
  public SystemClockWatch(long windowNanos, long toleranceNanos) {
    this.window = new OffsetWindow(windowNanos);
    this.toleranceNanos = toleranceNanos;
  }

  /**
   * Compares a bracket with an estimate of UTC that is trusted.
   *
   * @param bracket a fresh look at the system clock
   * @param estimate the latest estimate, with all that the look has shown of the ruler
   * @param isNew whether the bracket was not observed before, so that it may enter the statistics
   * @param kernel what the kernel says of its clock; empty where it cannot be asked
   * @return the system clock as it stands
   */
  public SystemClockFacts observe(
      Bracket bracket, LineProposal estimate, boolean isNew, Optional<KernelFacts> kernel) {
    long atMonoNanos = bracket.monoNanos();
    long halfWidthNanos = bracket.halfWidthNanos();
    long offsetNanos = estimate.pointAt(atMonoNanos) - bracket.epochNanos();
    long earliestNanos = estimate.earliestAt(atMonoNanos) - bracket.epochNanos() - halfWidthNanos;
    long latestNanos = estimate.latestAt(atMonoNanos) - bracket.epochNanos() + halfWidthNanos;
    if (isNew) {
      window.add(atMonoNanos, offsetNanos);
      day.add(atMonoNanos, offsetNanos);
    }
    if (earliestNanos >= -toleranceNanos && latestNanos <= toleranceNanos) {
      goodMonoNanos = OptionalLong.of(atMonoNanos);
    }
    claim =
        kernel
            .map(says -> claim.next(says, earliestNanos, latestNanos, toleranceNanos))
            .orElse(SynchronisationClaim.NOT_ASKED);
    return new SystemClockFacts(
        atMonoNanos,
        bracket.epochNanos(),
        offsetNanos,
        earliestNanos,
        latestNanos,
        window.statistics(),
        day.statistics(),
        goodMonoNanos,
        claim);
  }
}
