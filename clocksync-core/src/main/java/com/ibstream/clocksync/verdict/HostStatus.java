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
}
