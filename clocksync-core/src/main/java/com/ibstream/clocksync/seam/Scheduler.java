package com.ibstream.clocksync.seam;

/** Runs tasks one after another on a single thread, at instants of the ruler. */
@FunctionalInterface
public interface Scheduler {

  /**
   * Plans a task. May be called from any thread. Tasks of the same instant run in the order in
   * which they were planned.
   *
   * @param atMonoNanos when, on the ruler; an instant that has passed means as soon as possible
   * @param task what; it must not block. An exception from it is reported and does not stop the
   *     scheduler
   */
  void schedule(long atMonoNanos, Runnable task);
}
