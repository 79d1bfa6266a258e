package com.ibstream.clocksync.market;

import com.ibstream.clocksync.market.LocalSpan.Span;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A table of sessions. Immutable. */
interface SessionCalendar {

  /** The sessions that may touch a time, and perhaps others; no longer than a week each. */
  List<Span> sessions(Instant from, Instant to);

  /** Why the table as a whole is no good; empty if it is. */
  Optional<String> problem(Instant from, Instant to);

  /** Why nothing can be said of a part of this time, unless a session touches it. */
  Optional<String> gap(Instant from, Instant to);
}
