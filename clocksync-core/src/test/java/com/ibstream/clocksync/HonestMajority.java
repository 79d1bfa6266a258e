package com.ibstream.clocksync;

import com.ibstream.clocksync.facts.SourceFacts;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Whether anything is promised of a monitor's readings: nothing is while no strict majority of the
 * reachable servers is honest, until another vote. NOT safe for threads.
 */
final class HonestMajority {

  private final Set<String> honest;
  private OptionalLong lastVoteMonoNanos = OptionalLong.empty();
  private boolean isOutnumbered;

  /**
   * Promises everything until a status says otherwise.
   *
   * @param honest the honest servers' names as configured
   */
  HonestMajority(Collection<String> honest) {
    this.honest = Set.copyOf(honest);
  }

  /** Takes the next status of the monitor. */
  void follow(ClockStatus status) {
    int reachable = 0;
    int reachableHonest = 0;
    for (SourceFacts source : status.sources()) {
      if (source.reach() != 0) {
        reachable++;
        reachableHonest += honest.contains(source.server()) ? 1 : 0;
      }
    }
    OptionalLong voteMonoNanos =
        status.voteAgeNanos().isPresent()
            ? OptionalLong.of(status.asOfMonoNanos() - status.voteAgeNanos().getAsLong())
            : OptionalLong.empty();
    if (reachable > 0 && 2 * reachableHonest <= reachable) { // nobody there is nobody lying
      isOutnumbered = true;
    } else if (!voteMonoNanos.equals(lastVoteMonoNanos)) {
      isOutnumbered = false;
    }
    lastVoteMonoNanos = voteMonoNanos;
  }

  /** Whether the liars had, or may have had, a say in the latest vote. */
  boolean isOutnumbered() {
    return isOutnumbered;
  }
}
