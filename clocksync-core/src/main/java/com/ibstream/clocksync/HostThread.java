package com.ibstream.clocksync;

import com.ibstream.clocksync.seam.Scheduler;
import com.ibstream.clocksync.time.Ruler;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread {@code clocksync-host}: runs what may block, such as commands and files. Whatever
 * hangs there delays what else is planned there, and nothing else. An exception in a task is logged
 * once per kind and ends nothing.
 */
final class HostThread implements Scheduler, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HostThread.class);

  private static final long CLOSE_MILLIS = 300;

  private final Ruler ruler;
  private final FailureLog failures = new FailureLog(LOG);
  private final ScheduledThreadPoolExecutor executor;

  HostThread(Ruler ruler) {
    this.ruler = ruler;
    this.executor = new ScheduledThreadPoolExecutor(1, HostThread::thread);
    executor.setRemoveOnCancelPolicy(true);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "clocksync-host");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void schedule(long atMonoNanos, Runnable task) {
    long laterNanos = Math.max(0, atMonoNanos - ruler.monoNanos());
    try {
      Future<?> unused =
          executor.schedule(() -> runOrReport(task), laterNanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("closed: nothing more is planned", e);
    }
  }

  private void runOrReport(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      failures.report("watching the host goes on after a failure, which is reported once", e);
    }
  }

  /** Interrupts what runs, which ends its command, and waits a third of a second at the most. */
  @Override
  public void close() {
    executor.shutdownNow();
    try {
      if (!executor.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.warn("a command of the host does not end; it is left behind");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
