package com.ibstream.clocksync.verdict;

import com.ibstream.clocksync.facts.RepairFacts;
import com.ibstream.clocksync.facts.ServiceFacts;
import java.util.Optional;

/**
 * What is known of the host around its clocks. It is looked at by commands and files, far less
 * often than the clocks themselves. Immutable.
 *
 * @param service its time service; empty before the first look, or where nobody looks
 * @param repair what is done about it; empty before the first look, or where nobody looks
 */
public record HostStatus(Optional<ServiceFacts> service, Optional<RepairFacts> repair) {

  /** Nobody has looked. */
  public static final HostStatus UNSEEN = new HostStatus(Optional.empty(), Optional.empty());

  /**
   * Several times the longest interval between looks that can be configured, a hung command
   * included.
   */
  private static final long OLD_NANOS = 900_000_000_000L;

  /**
   * What remains of this at a later instant: what was seen too long ago is not known any more.
   *
   * @param nowMonoNanos the instant, on the ruler
   * @return this, or the same with a service whose state is unknown
   */
  public HostStatus at(long nowMonoNanos) {
    return new HostStatus(service.map(facts -> current(facts, nowMonoNanos)), repair);
  }

  private static ServiceFacts current(ServiceFacts facts, long nowMonoNanos) {
    long ageNanos = nowMonoNanos - facts.measuredMonoNanos();
    return ageNanos <= OLD_NANOS || facts.state() == ServiceFacts.State.NOT_APPLICABLE
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
