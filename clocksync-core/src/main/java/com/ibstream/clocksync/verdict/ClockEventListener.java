package com.ibstream.clocksync.verdict;

/** Is told of changes. */
@FunctionalInterface
public interface ClockEventListener {

  /**
   * Something changed. Called on a thread of its own, one event after another; a slow listener
   * delays only itself and its fellow listeners, and loses events when the queue is full. An
   * exception is logged and does no harm.
   *
   * @param event what
   */
  void onEvent(ClockEvent event);
}
