package com.ibstream.clocksync.verdict;

import com.ibstream.clocksync.facts.RepairFacts;
import com.ibstream.clocksync.facts.RtcFacts;
import com.ibstream.clocksync.facts.ServiceFacts;
import java.util.Optional;

/**
 * What is known of the host around its clocks. It is looked at by commands and files, far less
 * often than the clocks themselves. Immutable.
 *
 * @param service its time service; empty before the first look, or where nobody looks; unknown once
 *     the first look takes too long
 * @param rtc its hardware clock; the same
 * @param repair what is done about it; empty before the first look, or where nobody looks
 * @param lifeNanos how long what was seen of service and hardware clock may be believed
 */
public record HostStatus(
    Optional<ServiceFacts> service,
    Optional<RtcFacts> rtc,
    Optional<RepairFacts> repair,
    long lifeNanos) {

  /** Nobody has looked. */
  public static final HostStatus UNSEEN =
      new HostStatus(Optional.empty(), Optional.empty(), Optional.empty(), 0);

  /**
   * What remains of this at a later instant: what was seen too long ago is not known any more.
   *
   * @param nowMonoNanos the instant, on the ruler
   * @return this, or the same with a service and a hardware clock whose states are unknown
   */
  public HostStatus at(long nowMonoNanos) {
    Optional<ServiceFacts> present = service.map(facts -> current(facts, nowMonoNanos));
    Optional<RtcFacts> clock = rtc.map(facts -> current(facts, nowMonoNanos));
    return present.equals(service) && clock.equals(rtc)
        ? this
        : new HostStatus(
            present, clock, repair.map(facts -> unattended(facts, present)), lifeNanos);
  }

  private RtcFacts current(RtcFacts facts, long nowMonoNanos) {
    long ageNanos = nowMonoNanos - facts.measuredMonoNanos();
    return ageNanos <= lifeNanos || facts.state() == RtcFacts.State.NOT_APPLICABLE
        ? facts
        : facts.unknown("nobody has looked for " + ageNanos / 1_000_000_000L + " s");
  }

  private static RepairFacts unattended(RepairFacts facts, Optional<ServiceFacts> present) {
    return new RepairFacts(
        facts.mode(),
        present.map(ServiceFacts::reason).orElse(""),
        Optional.empty(),
        false,
        facts.attempts());
  }

  private ServiceFacts current(ServiceFacts facts, long nowMonoNanos) {
    long ageNanos = nowMonoNanos - facts.measuredMonoNanos();
    return ageNanos <= lifeNanos || facts.state() == ServiceFacts.State.NOT_APPLICABLE
        ? facts
        : new ServiceFacts(
            facts.measuredMonoNanos(),
            ServiceFacts.State.UNKNOWN,
            "nobody has looked for " + ageNanos / 1_000_000_000L + " s",
            facts.service(),
            facts.unit(),
            facts.units(),
            Optional.empty(),
            facts.findings(),
            facts.lastSynchronisedMonoNanos());
  }
}
