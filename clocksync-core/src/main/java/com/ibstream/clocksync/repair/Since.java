package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.facts.SystemClockFacts;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Since when things have been as they are, on the ruler; empty for what is not so, or no longer
 * known to be.
 *
 * @param downMonoNanos the service does not run
 * @param unsynchronisedMonoNanos it runs unsynchronised
 * @param offMonoNanos the system clock is wrong beyond the threshold
 * @param goodMonoNanos all is well
 * @param forgivenMonoNanos all had been well for long: actions before are no sign of the present
 */
record Since(
    OptionalLong downMonoNanos,
    OptionalLong unsynchronisedMonoNanos,
    OptionalLong offMonoNanos,
    OptionalLong goodMonoNanos,
    OptionalLong forgivenMonoNanos) {

  private static final long FORGIVING_NANOS = TimeUnit.MINUTES.toNanos(10);

  static Since start() {
    OptionalLong never = OptionalLong.empty();
    return new Since(never, never, never, never, never);
  }

  /** What holds after another look. */
  Since next(Evidence evidence, RepairPolicy policy) {
    long nowNanos = evidence.nowMonoNanos();
    boolean isOff = evidence.clock().filter(clock -> isOff(clock, policy)).isPresent();
    boolean isRight =
        evidence.hasFreshVote()
            && evidence
                .clock()
                .filter(clock -> clock.systemClockBoundNanos() <= policy.offsetThresholdNanos())
                .isPresent();
    boolean isGood =
        isRight
            && evidence
                .service()
                .filter(facts -> facts.state() == ServiceFacts.State.SYNCHRONISED)
                .isPresent();
    OptionalLong good = span(goodMonoNanos, isGood, nowNanos);
    boolean isForgiven = good.isPresent() && nowNanos - good.getAsLong() >= FORGIVING_NANOS;
    return new Since(
        span(downMonoNanos, evidence.service().filter(Evidence::isDown).isPresent(), nowNanos),
        span(
            unsynchronisedMonoNanos,
            evidence.service().filter(Evidence::isUnsynchronised).isPresent(),
            nowNanos),
        span(offMonoNanos, isOff, nowNanos),
        good,
        isForgiven ? OptionalLong.of(nowNanos) : forgivenMonoNanos);
  }

  static boolean isOff(SystemClockFacts clock, RepairPolicy policy) {
    return Evidence.leastErrorNanos(clock) > policy.offsetThresholdNanos();
  }

  private static OptionalLong span(OptionalLong before, boolean isSo, long nowNanos) {
    if (!isSo) {
      return OptionalLong.empty();
    }
    return before.isPresent() ? before : OptionalLong.of(nowNanos);
  }

  static long lengthNanos(OptionalLong since, long nowNanos) {
    return since.isPresent() ? nowNanos - since.getAsLong() : 0;
  }
}
