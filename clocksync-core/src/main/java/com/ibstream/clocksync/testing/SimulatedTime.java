package com.ibstream.clocksync.testing;

import com.ibstream.clocksync.seam.Scheduler;

/**
 * True time and what happens in it: the tasks of the process under test, planned on its ruler; what
 * is handed to the process; and what goes on outside, whether the process runs or not.
 */
final class SimulatedTime implements Scheduler {

  private final EventQueue tasks = new EventQueue();
  private final EventQueue deliveries = new EventQueue();
  private final EventQueue outside = new EventQueue();
  private final SimulatedOscillator oscillator;
  private final SimulatedClocks clocks;
  private long nowNanos;
  private long leapedNanos;
  private boolean isForetold;
  private long foretoldMonoNanos;
  private long foretoldTrueNanos;
  private int foretoldRevision;

  /** Begins at a true time, with a ruler and a raw clock that read whatever they are told. */
  SimulatedTime(long startNanos, long oscillatorSeed, long startMonoNanos, long startRawNanos) {
    this.nowNanos = startNanos;
    this.oscillator = new SimulatedOscillator(oscillatorSeed, this::nowNanos);
    this.clocks = new SimulatedClocks(this, oscillator, startMonoNanos, startRawNanos);
  }

  /** Nanoseconds since 1970 if there were no leap seconds; never repeats. */
  long nowNanos() {
    return nowNanos;
  }

  /** UTC as it counts: goes back by a second for each one inserted. */
  long utcEpochNanos() {
    return nowNanos - leapedNanos;
  }

  /** {@link #nowNanos()} minus UTC. */
  long leapedNanos() {
    return leapedNanos;
  }

  void leap(long nanos) {
    leapedNanos += nanos;
  }

  SimulatedOscillator oscillator() {
    return oscillator;
  }

  SimulatedClocks clocks() {
    return clocks;
  }

  /** A moment that somebody spends, for example in reading a clock. */
  void spend(long nanos) {
    nowNanos += nanos;
  }

  @Override
  public void schedule(long atMonoNanos, Runnable task) {
    tasks.add(atMonoNanos, task);
  }

  /** Plans something for the process: it waits while the process is stuck or asleep. */
  void deliver(long atNanos, Runnable delivery) {
    deliveries.add(atNanos, delivery);
  }

  /** Plans something outside of the process. */
  void happen(long atNanos, Runnable event) {
    outside.add(atNanos, event);
  }

  /** Lets everything happen until a true time, that included. */
  void runUntil(long endNanos) {
    while (true) {
      long taskNanos = tasks.isEmpty() ? Long.MAX_VALUE : nextTaskNanos();
      long outsideNanos = outside.isEmpty() ? Long.MAX_VALUE : outside.headNanos();
      long deliveryNanos = deliveries.isEmpty() ? Long.MAX_VALUE : deliveries.headNanos();
      long nextNanos = Math.min(taskNanos, Math.min(outsideNanos, deliveryNanos));
      if (Math.max(nextNanos, nowNanos) > endNanos) {
        break;
      }
      nowNanos = Math.max(nextNanos, nowNanos);
      if (nextNanos == taskNanos) {
        runTaskIfDue();
      } else {
        (nextNanos == outsideNanos ? outside : deliveries).remove().run();
      }
    }
    nowNanos = Math.max(endNanos, nowNanos);
  }

  /** Lets time pass outside, while the process does nothing. */
  void runOutsideUntil(long endNanos) {
    while (!outside.isEmpty() && outside.headNanos() <= endNanos) {
      nowNanos = Math.max(outside.headNanos(), nowNanos);
      outside.remove().run();
    }
    nowNanos = Math.max(endNanos, nowNanos);
  }

  private void runTaskIfDue() {
    isForetold = false;
    if (clocks.monoNanos() - tasks.headNanos() >= 0) {
      tasks.remove().run();
    }
  }

  /** When the first task is due, or has to be looked at again. */
  private long nextTaskNanos() {
    long dueMonoNanos = tasks.headNanos();
    int revision = clocks.revision();
    if (!isForetold || dueMonoNanos != foretoldMonoNanos || revision != foretoldRevision) {
      long aheadNanos = dueMonoNanos - clocks.monoNanos();
      foretoldTrueNanos = aheadNanos <= 0 ? nowNanos : nowNanos + clocks.trueNanosFor(aheadNanos);
      foretoldMonoNanos = dueMonoNanos;
      foretoldRevision = revision;
      isForetold = true;
    }
    return foretoldTrueNanos;
  }
}
