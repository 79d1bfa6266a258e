package com.ibstream.clocksync;

import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.ClockEventListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners and the log of events, so that neither can delay or break the monitor. Safe for
 * threads.
 */
final class EventDispatch {

  private static final Logger LOG = LoggerFactory.getLogger(ClockMonitor.class);

  private final Executor executor;
  private final List<ClockEventListener> listeners = new CopyOnWriteArrayList<>();
  private final FailureLog failures = new FailureLog(LOG);
  private final AtomicLong lostCount = new AtomicLong();

  EventDispatch(Executor executor) {
    this.executor = executor;
  }

  void add(ClockEventListener listener) {
    listeners.add(listener);
  }

  void emit(ClockEvent event) {
    try {
      executor.execute(() -> tell(event));
    } catch (RejectedExecutionException e) {
      lost(event, "listeners are too slow, or the monitor was closed");
    } catch (OutOfMemoryError e) { // what the JVM throws when the system has no more threads
      lost(event, "no thread for listeners");
    }
  }

  private static void log(ClockEvent event) {
    if (event.isWarning()) {
      LOG.warn("{}", event.text());
    } else {
      LOG.info("{}", event.text());
    }
  }

  private void lost(ClockEvent event, String why) {
    if (lostCount.getAndIncrement() == 0) {
      LOG.warn("{}: events are lost, beginning with: {}", why, event.text());
    }
  }

  private void tell(ClockEvent event) {
    try {
      log(event);
    } catch (RuntimeException | Error e) {
      failures.report("the log failed on an event, which listeners hear", e);
    }
    for (ClockEventListener listener : listeners) {
      try {
        listener.onEvent(event);
      } catch (RuntimeException | Error e) {
        failures.report(
            "listener "
                + listener.getClass().getName()
                + " failed on an event; this is reported once",
            e);
      }
    }
  }
}
