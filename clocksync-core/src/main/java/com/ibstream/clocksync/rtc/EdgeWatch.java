package com.ibstream.clocksync.rtc;

import com.ibstream.clocksync.seam.Scheduler;
import com.ibstream.clocksync.time.Ruler;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks for the edge of a hardware clock's second from time to time, by readings at planned
 * instants between which others may use the thread. For the scheduler's thread.
 */
final class EdgeWatch {

  /** A search that takes longer is of no use: others keep the thread busy. */
  static final long LIMIT_NANOS = 30_000_000_000L;

  private final Ruler ruler;
  private final Scheduler scheduler;
  private final Supplier<Optional<RtcTick>> reader;
  private final Consumer<EdgeFix> outlet;
  private Optional<EdgeSearch> search = Optional.empty();
  private long beganMonoNanos;

  /**
   * A watch that does not search.
   *
   * @param reader reads the clock; empty if it cannot be read
   * @param outlet told where the clock stands at the end of every search that found something
   */
  EdgeWatch(
      Ruler ruler,
      Scheduler scheduler,
      Supplier<Optional<RtcTick>> reader,
      Consumer<EdgeFix> outlet) {
    this.ruler = ruler;
    this.scheduler = scheduler;
    this.reader = reader;
    this.outlet = outlet;
  }

  boolean isSearching() {
    return search.isPresent();
  }

  /**
   * Begins a search, unless there is one.
   *
   * @param guessNanos where the lead should be; only chooses where to look first
   */
  void begin(Optional<Long> guessNanos) {
    if (!isSearching()) {
      search = Optional.of(new EdgeSearch(guessNanos));
      beganMonoNanos = ruler.monoNanos();
      plan();
    }
  }

  /** Ends the search, if there is one, without a result. */
  void end() {
    search = Optional.empty();
  }

  private void plan() {
    search.ifPresent(
        present ->
            scheduler.schedule(present.nextMonoNanos(ruler.monoNanos()), () -> readFor(present)));
  }

  private void readFor(EdgeSearch planned) {
    if (search.filter(present -> present == planned).isEmpty()) {
      return;
    }
    search = Optional.empty(); // whatever goes wrong here ends the search and no later one
    Optional<RtcTick> tick = reader.get();
    if (tick.isEmpty()) {
      return;
    }
    planned.take(tick.get());
    if (planned.isDone() || ruler.monoNanos() - beganMonoNanos >= LIMIT_NANOS) {
      planned.fix().ifPresent(outlet);
    } else {
      search = Optional.of(planned);
      plan();
    }
  }
}
