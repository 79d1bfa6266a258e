package com.ibstream.clocksync.verdict;

import com.ibstream.clocksync.facts.DriftClass;
import com.ibstream.clocksync.facts.KernelFacts;
import com.ibstream.clocksync.facts.SynchronisationClaim;
import com.ibstream.clocksync.facts.SystemClockFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds when the system clock's error enters another class, and when the operating system's claim
 * about it begins to be disputed, or ends to be. A time without trust, in which nothing can be
 * compared, changes neither. NOT safe for threads.
 */
public final class SystemClockFinder {

  private Optional<DriftClass> toldClass = Optional.empty();
  private SynchronisationClaim toldClaim = SynchronisationClaim.NOT_DISPUTED;

  /** A finder that has seen nothing. */
  public SystemClockFinder() {}

  /**
   * Looks at the next status.
   *
   * @param status after those seen before
   * @return what changed; empty if nothing did
   */
  public List<HostClockEvent> next(ClockStatus status) {
    List<HostClockEvent> events = new ArrayList<>();
    status
        .systemClock()
        .ifPresent(
            clock -> {
              findClass(status, clock).ifPresent(events::add);
              findClaim(status, clock).ifPresent(events::add);
            });
    return events;
  }

  private Optional<HostClockEvent> findClass(ClockStatus status, SystemClockFacts clock) {
    Optional<DriftClass> from = toldClass;
    if (from.equals(Optional.of(clock.driftClass())) || !isCertain(clock)) {
      return Optional.empty();
    }
    toldClass = Optional.of(clock.driftClass());
    return Optional.of(
        new HostClockEvent.SystemClockChanged(
            status.asOfMonoNanos(),
            from,
            clock.driftClass(),
            clock.offsetNanos(),
            status.causes()));
  }

  /** A large offset that its bound does not set apart from none is no news. */
  private static boolean isCertain(SystemClockFacts clock) {
    return clock.driftClass().compareTo(DriftClass.ACCEPTABLE) < 0
        || Math.abs(clock.offsetNanos()) > clock.errorBoundNanos();
  }

  private Optional<HostClockEvent> findClaim(ClockStatus status, SystemClockFacts clock) {
    SynchronisationClaim from = toldClaim;
    if (clock.claim() == from || clock.claim() == SynchronisationClaim.NOT_ASKED) {
      return Optional.empty();
    }
    toldClaim = clock.claim();
    return Optional.of(
        new HostClockEvent.ClaimChanged(
            status.asOfMonoNanos(),
            from,
            toldClaim,
            clock.earliestOffsetNanos(),
            clock.latestOffsetNanos(),
            status.kernel().map(KernelFacts::maxErrorNanos).orElse(0L)));
  }
}
