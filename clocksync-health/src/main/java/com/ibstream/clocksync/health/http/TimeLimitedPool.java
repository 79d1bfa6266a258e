package com.ibstream.clocksync.health.http;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Daemon threads on which a task is interrupted when its time is up. An interrupt closes the
 * channel that a request waits on, so a client that sends half a request, or does not read, loses
 * its connection and not everybody's endpoint.
 */
final class TimeLimitedPool implements Executor, AutoCloseable {

  /** More clients than anybody has; each that is slow holds a thread until its time is up. */
  static final int MOST_THREADS = 1_024;

  private static final long IDLE_SECONDS = 10;

  private final long limitMillis;
  private final ExecutorService workers;
  private final ScheduledThreadPoolExecutor timer;

  TimeLimitedPool(long limitMillis) {
    this.limitMillis = limitMillis;
    // Without a queue nobody waits behind the slow ones; beyond the most, connections are closed.
    this.workers =
        new ThreadPoolExecutor(
            0,
            MOST_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            daemons("clocksync-health-"));
    this.timer = new ScheduledThreadPoolExecutor(1, daemons("clocksync-health-timer-"));
    timer.setRemoveOnCancelPolicy(true);
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public void execute(Runnable task) {
    workers.execute(() -> runLimited(task));
  }

  /** Runs a task on the calling thread, which is interrupted when its time is up. */
  void runLimited(Runnable task) {
    Turn turn = new Turn(Thread.currentThread());
    Future<?> limit;
    try {
      limit = timer.schedule(turn::interrupt, limitMillis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      return; // closed: there is nobody to answer to any more
    }
    try {
      task.run();
    } finally {
      turn.end();
      limit.cancel(false);
    }
  }

  /** One task on one thread; knows whether it is over, so that no later task is interrupted. */
  private static final class Turn {

    private final Thread worker;
    private boolean isOver;

    Turn(Thread worker) {
      this.worker = worker;
    }

    synchronized void interrupt() {
      if (!isOver) {
        worker.interrupt();
      }
    }

    /** On the worker itself. */
    synchronized void end() {
      isOver = true;
      Thread.interrupted();
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
    timer.shutdownNow();
  }
}
