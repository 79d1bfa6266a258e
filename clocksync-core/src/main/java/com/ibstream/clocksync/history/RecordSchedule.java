package com.ibstream.clocksync.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Chooses which sightings are written: one at least in every interval, and every change. Monitor
 * thread only.
 *
 * <p>What is not written is not lost: each record tells between which limits everything stayed
 * since the record before. Where a clock jumps, the last sighting before the jump is written too,
 * so that no span reaches over it.
 */
final class RecordSchedule {

  private final long intervalNanos;
  private Optional<Sighting> written = Optional.empty();
  private Optional<Sighting> seen = Optional.empty();
  private Optional<Span> span = Optional.empty();

  RecordSchedule(long intervalNanos) {
    this.intervalNanos = intervalNanos;
  }

  /**
   * Something to be written.
   *
   * @param sighting what was seen
   * @param since what was seen since the record before; empty where that says nothing about the
   *     time between: at the start, without UTC, over a jump
   */
  record Due(Sighting sighting, Optional<Span> since) {}

  /** Takes a sighting. Gives what is to be written now, in this order. */
  List<Due> next(Sighting now) {
    List<Due> due = new ArrayList<>(2);
    if (now.hasJumped() || seen.filter(now::isApart).isPresent()) {
      seen.filter(last -> written.filter(last::equals).isEmpty())
          .ifPresent(last -> due.add(new Due(last, span)));
      due.add(write(now, Optional.empty()));
      return due;
    }
    span = widened(now);
    seen = Optional.of(now.silent());
    if (isDue(now)) {
      due.add(write(now, span));
    }
    return due;
  }

  private Optional<Span> widened(Sighting now) {
    return span.filter(unused -> now.hasUtc())
        .map(before -> before.and(written.orElseThrow(), seen.orElseThrow(), now));
  }

  private boolean isDue(Sighting now) {
    return !now.events().isEmpty()
        || written.filter(last -> now.monoNanos() - last.monoNanos() < intervalNanos).isEmpty();
  }

  private Due write(Sighting now, Optional<Span> since) {
    Sighting silent = now.silent();
    written = Optional.of(silent);
    seen = written;
    span = now.hasUtc() ? Optional.of(Span.at(silent)) : Optional.empty();
    return new Due(now, since);
  }
}
