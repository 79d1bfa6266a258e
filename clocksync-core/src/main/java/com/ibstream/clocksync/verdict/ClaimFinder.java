package com.ibstream.clocksync.verdict;

import com.ibstream.clocksync.facts.KernelFacts;
import com.ibstream.clocksync.facts.SynchronisationClaim;
import com.ibstream.clocksync.facts.SystemClockFacts;
import java.util.Optional;

/**
 * Finds when the operating system's claim about its clock begins to be disputed, or ends to be. A
 * time without anything to compare it with changes nothing. NOT safe for threads.
 */
public final class ClaimFinder {

  private SynchronisationClaim told = SynchronisationClaim.NOT_DISPUTED;

  /** A finder that has seen nothing wrong. */
  public ClaimFinder() {}

  /**
   * Looks at the next status.
   *
   * @param status after those seen before
   * @return what changed; empty if nothing did
   */
  public Optional<HostClockEvent.ClaimChanged> next(ClockStatus status) {
    Optional<SystemClockFacts> clock = status.systemClock().filter(ClaimFinder::isFinding);
    if (clock.isEmpty() || clock.get().claim() == told) {
      return Optional.empty();
    }
    SynchronisationClaim from = told;
    told = clock.get().claim();
    return Optional.of(
        new HostClockEvent.ClaimChanged(
            status.asOfMonoNanos(),
            from,
            told,
            clock.get().earliestOffsetNanos(),
            clock.get().latestOffsetNanos(),
            status.kernel().map(KernelFacts::maxErrorNanos).orElse(0L)));
  }

  private static boolean isFinding(SystemClockFacts clock) {
    return clock.claim() != SynchronisationClaim.NOT_COMPARED
        && clock.claim() != SynchronisationClaim.NOT_ASKED;
  }
}
