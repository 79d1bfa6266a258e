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
   * Compares a bracket with the estimate of UTC.
   *
   * @param bracket a fresh look at the system clock
   * @param estimate the latest estimate
   * @param isTrusted whether the estimate is to be believed, so that the offset may count
   * @param isNew whether the bracket was not observed before, so that it may enter the statistics
   * @param kernel what the kernel says of its clock; empty where it cannot be asked
   * @return the system clock as it stands
   */
  public SystemClockFacts observe(
      Bracket bracket,
      LineProposal estimate,
      boolean isTrusted,
      boolean isNew,
      Optional<KernelFacts> kernel) {
    long atMonoNanos = bracket.monoNanos();
    long offsetNanos = estimate.pointAt(atMonoNanos) - bracket.epochNanos();
    long halfWidthNanos = bracket.halfWidthNanos();
    long earliestNanos = estimate.earliestAt(atMonoNanos) - bracket.epochNanos() - halfWidthNanos;
    long latestNanos = estimate.latestAt(atMonoNanos) - bracket.epochNanos() + halfWidthNanos;
    if (isTrusted) {
      if (isNew) {
        window.add(atMonoNanos, offsetNanos);
        day.add(atMonoNanos, offsetNanos);
      }
      if (earliestNanos >= -toleranceNanos && latestNanos <= toleranceNanos) {
        goodMonoNanos = OptionalLong.of(atMonoNanos);
      }
    }
    return new SystemClockFacts(
        atMonoNanos,
        bracket.epochNanos(),
        offsetNanos,
        earliestNanos,
        latestNanos,
        window.statistics(),
        day.statistics(),
        goodMonoNanos,
        claim(kernel, isTrusted, earliestNanos, latestNanos));
  }

  private SynchronisationClaim claim(
      Optional<KernelFacts> kernel, boolean isTrusted, long earliestNanos, long latestNanos) {
    if (kernel.isEmpty()) {
      return SynchronisationClaim.NOT_ASKED;
    }
    if (!isTrusted) {
      return kernel.get().isSynchronised()
          ? SynchronisationClaim.NOT_COMPARED
          : SynchronisationClaim.NOT_CLAIMED;
    }
    return SynchronisationClaim.of(kernel.get(), earliestNanos, latestNanos, toleranceNanos);
  }
}
