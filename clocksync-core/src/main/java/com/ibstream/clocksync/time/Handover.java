package com.ibstream.clocksync.time;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Decides whether a new line takes over at its switch instant, or is dropped because it came too
 * late.
 *
 * <p>A line may change the time only from an instant that no reader has passed yet, and its writer
 * may be put to sleep between choosing that instant and writing. So a line is first published as
 * undecided. The writer then looks at the ruler again: if the switch still lies ahead it confirms,
 * and every reader past the switch is bound to see it. A reader that gets past the switch before
 * the confirmation drops the line, for itself and for everybody: some other reader may have used
 * the old line at that instant. Lock-free; whoever comes first decides, once.
 */
final class Handover {

  private enum State {
    UNDECIDED,
    CONFIRMED,
    DROPPED
  }

  private final UtcLine current;
  private final UtcLine candidate;
  private final long switchMonoNanos;
  private final AtomicReference<State> state = new AtomicReference<>(State.UNDECIDED);

  Handover(UtcLine current, UtcLine candidate, long switchMonoNanos) {
    this.current = current;
    this.candidate = candidate;
    this.switchMonoNanos = switchMonoNanos;
  }

  UtcLine current() {
    return current;
  }

  /** For readers: the line to ask about an instant of the ruler. */
  UtcLine lineFor(long monoNanos) {
    if (monoNanos - switchMonoNanos < 0) {
      return current;
    }
    state.compareAndSet(State.UNDECIDED, State.DROPPED);
    return state.get() == State.CONFIRMED ? candidate : current;
  }

  /**
   * For the writer, after the undecided line has become visible.
   *
   * @param inTime whether the switch still lies ahead
   * @return true if the candidate takes over, false if it is dropped for good
   */
  boolean decide(boolean inTime) {
    state.compareAndSet(State.UNDECIDED, inTime ? State.CONFIRMED : State.DROPPED);
    return state.get() == State.CONFIRMED;
  }
}
