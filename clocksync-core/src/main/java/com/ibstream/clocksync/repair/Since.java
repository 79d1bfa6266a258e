package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.facts.SystemClockFacts;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Since when things have been as they are, on the ruler; empty for what is not so. What was bad
 * stays so until it is seen to be good: a look that tells nothing, or meets a service that just
 * starts, does not begin it anew.
 *
 * @param downMonoNanos the service does not run
 * @param unsynchronisedMonoNanos it runs unsynchronised, or does not answer
 * @param offMonoNanos the system clock is wrong beyond the threshold
 * @param goodMonoNanos all is well
 * @param forgivenMonoNanos all had been well for long: actions before are no sign of the present
 * @param seenActive the units that were seen to run
 * @param followed the time that the service last followed by its own words
 */
record Since(
    OptionalLong downMonoNanos,
    OptionalLong unsynchronisedMonoNanos,
    OptionalLong offMonoNanos,
    OptionalLong goodMonoNanos,
    OptionalLong forgivenMonoNanos,
    Set<String> seenActive,
    Optional<Followed> followed) {

  private static final double STILL_OFF = 0.9;
  private static final long FORGIVING_NANOS = TimeUnit.MINUTES.toNanos(10);

  Since {
    seenActive = Set.copyOf(seenActive);
  }

  static Since start() {
    OptionalLong never = OptionalLong.empty();
    return new Since(never, never, never, never, never, Set.of(), Optional.empty());
  }

  /** What holds after another look. */
  Since next(Evidence evidence, RepairPolicy policy) {
    long nowNanos = evidence.nowMonoNanos();
    Optional<SystemClockFacts> clock = evidence.clock();
    boolean isGood =
        evidence.isRight(policy) && evidence.service().filter(Since::isSynchronised).isPresent();
    OptionalLong good = span(goodMonoNanos, isGood, nowNanos);
    boolean isForgiven = good.isPresent() && nowNanos - good.getAsLong() >= FORGIVING_NANOS;
    Optional<ServiceFacts> service = evidence.service();
    return new Since(
        lasting(
            downMonoNanos,
            service.filter(Evidence::isDown).isPresent(),
            service.filter(Evidence::isRunning).isPresent(),
            nowNanos),
        lasting(
            unsynchronisedMonoNanos,
            service.filter(Since::isOutOfStep).filter(facts -> !isCutOff(evidence)).isPresent(),
            service.filter(facts -> isSynchronised(facts) || isCutOff(evidence)).isPresent(),
            nowNanos),
        lasting(
            offMonoNanos,
            clock.filter(facts -> isOff(facts, policy)).isPresent(),
            clock.filter(facts -> !isStillOff(facts, policy)).isPresent(),
            nowNanos),
        good,
        isForgiven ? OptionalLong.of(nowNanos) : forgivenMonoNanos,
        seen(service),
        Followed.next(followed, evidence));
  }

  private Set<String> seen(Optional<ServiceFacts> service) {
    Set<String> seen = new HashSet<>(seenActive);
    service.stream()
        .flatMap(facts -> facts.units().stream())
        .filter(ServiceFacts.Unit::isActive)
        .map(ServiceFacts.Unit::name)
        .forEach(seen::add);
    return seen;
  }

  /** A service that reaches nobody is not to blame; once it does again, it has its whole time. */
  private static boolean isCutOff(Evidence evidence) {
    return evidence.service().filter(evidence::isNetworkGone).isPresent();
  }

  private static boolean isOutOfStep(ServiceFacts service) {
    return Evidence.isUnsynchronised(service) || Evidence.isSilent(service);
  }

  private static boolean isSynchronised(ServiceFacts service) {
    return service.state() == ServiceFacts.State.SYNCHRONISED;
  }

  private static boolean isOff(SystemClockFacts clock, RepairPolicy policy) {
    return clock.leastErrorNanos() > policy.offsetThresholdNanos();
  }

  /**
   * It ends below where it began, or a clock near the threshold would change the decision with
   * every look.
   */
  boolean isStillOff(SystemClockFacts clock, RepairPolicy policy) {
    return offMonoNanos.isPresent()
        && clock.leastErrorNanos() > STILL_OFF * policy.offsetThresholdNanos();
  }

  /** Looks that say neither keep it. */
  private static OptionalLong lasting(
      OptionalLong before, boolean isSo, boolean isOver, long nowNanos) {
    return isOver || isSo ? span(before, isSo, nowNanos) : before;
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
