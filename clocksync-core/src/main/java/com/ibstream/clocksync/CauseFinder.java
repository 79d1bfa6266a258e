package com.ibstream.clocksync;

import com.ibstream.clocksync.facts.KernelFacts;
import com.ibstream.clocksync.facts.LeapSecond;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.verdict.Explanation;
import com.ibstream.clocksync.verdict.HostZone;
import com.ibstream.clocksync.verdict.LeapNear;
import com.ibstream.clocksync.verdict.OffsetExplainer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * Names likely causes of jumps and offsets of this host's clock, by the zone of this host. Safe for
 * threads.
 */
final class CauseFinder {

  /** Nothing smaller than a leap second has a size of its own. */
  private static final long LEAST_NANOS = 500_000_000L;

  private final ZoneId zone;
  private volatile Optional<Kept> kept = Optional.empty();

  /** What an explainer was made of, and itself: the same serves for months. */
  private record Kept(
      HostZone zone, LeapNear leap, OptionalInt kernelTai, OffsetExplainer explainer) {}

  CauseFinder(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * What a jump of the wall clock is consistent with.
   *
   * @param jumpNanos positive = forward
   * @param errorBoundNanos how exactly that is known
   * @param wallEpochNanos what the wall clock showed before it
   */
  List<Explanation> ofJump(
      long jumpNanos, long errorBoundNanos, long wallEpochNanos, Optional<KernelFacts> kernel) {
    return isTelling(jumpNanos)
        ? explainer(wallEpochNanos, kernel).explainJump(jumpNanos, errorBoundNanos)
        : List.of();
  }

  /** What the offset of the system clock is consistent with. */
  List<Explanation> ofOffset(SystemClockFacts clock, Optional<KernelFacts> kernel) {
    return ofOffset(
        clock.offsetNanos(),
        Math.max(0, clock.errorBoundNanos()),
        clock.systemEpochNanos() + clock.offsetNanos(),
        kernel);
  }

  /**
   * What the offset of any clock is consistent with.
   *
   * @param offsetNanos reference minus local
   * @param errorBoundNanos how exactly that is known
   * @param utcEpochNanos when
   */
  List<Explanation> ofOffset(
      long offsetNanos, long errorBoundNanos, long utcEpochNanos, Optional<KernelFacts> kernel) {
    return isTelling(offsetNanos)
        ? explainer(utcEpochNanos, kernel).explainOffset(offsetNanos, errorBoundNanos)
        : List.of();
  }

  private static boolean isTelling(long nanos) {
    return nanos >= LEAST_NANOS || nanos <= -LEAST_NANOS;
  }

  private OffsetExplainer explainer(long epochNanos, Optional<KernelFacts> kernel) {
    Instant near = Instant.EPOCH.plusNanos(epochNanos);
    boolean isAnnounced =
        kernel
            .filter(facts -> facts.leap() != LeapSecond.NONE && facts.leap() != LeapSecond.DONE)
            .isPresent();
    HostZone offsets = HostZone.of(zone, near);
    LeapNear leap = LeapNear.at(TimeUnit.SECONDS.toNanos(near.getEpochSecond()), isAnnounced);
    OptionalInt tai = kernel.map(KernelFacts::taiMinusUtcSeconds).orElse(OptionalInt.empty());
    Optional<Kept> before =
        kept.filter(k -> k.zone.equals(offsets) && k.leap == leap && k.kernelTai.equals(tai));
    if (before.isEmpty()) {
      before = Optional.of(new Kept(offsets, leap, tai, new OffsetExplainer(offsets, leap, tai)));
      kept = before;
    }
    return before.get().explainer;
  }
}
