package com.ibstream.clocksync;

import com.ibstream.clocksync.history.StatusRecorder;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the findings go. Monitor thread only. */
final class Outlets {

  private static final Logger LOG = LoggerFactory.getLogger(MonitorCycle.class);

  private final StatusRecorder recorder;
  private final Consumer<ClockEvent> listeners;
  private final FailureLog failures = new FailureLog(LOG);

  /**
   * Both outlets.
   *
   * @param recorder remembers
   * @param listeners hear of changes
   */
  Outlets(StatusRecorder recorder, Consumer<ClockEvent> listeners) {
    this.recorder = recorder;
    this.listeners = listeners;
  }

  /** Whoever listens must not be able to stop the measuring. */
  void take(ClockStatus status, List<ClockEvent> changes) {
    changes.forEach(change -> attempt(() -> listeners.accept(change)));
    attempt(() -> recorder.record(status, changes));
  }

  private void attempt(Runnable handover) {
    try {
      handover.run();
    } catch (RuntimeException | Error e) { // an Error, too: no thread to tell them on
      failures.report("taking over a status failed; this is reported once", e);
    }
  }
}
