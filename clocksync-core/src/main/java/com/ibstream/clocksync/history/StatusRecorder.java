package com.ibstream.clocksync.history;

import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.util.List;

/** Where the monitor hands over what it saw, to be remembered. */
@FunctionalInterface
public interface StatusRecorder {

  /** Remembers nothing. */
  StatusRecorder NONE = (status, events) -> {};

  /**
   * Takes a status and what changed since the one before. Called on the monitor's thread after
   * every observation, so it must return at once: what is to be written goes through a queue. An
   * exception is logged and does no harm.
   *
   * @param status the status
   * @param events what changed; may be empty
   */
  void record(ClockStatus status, List<ClockEvent> events);
}
