package com.ibstream.clocksync;

import com.ibstream.clocksync.host.DatagramTransport;
import com.ibstream.clocksync.seam.Scheduler;
import com.ibstream.clocksync.time.Ruler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.PriorityQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread {@code clocksync-monitor}: runs planned tasks and, between them, waits for packets.
 * Whatever a task throws is logged once per kind and never ends the loop, nor does a log that
 * fails.
 */
final class MonitorLoop implements Scheduler, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MonitorLoop.class);

  /** After how long without a task the standing one is run: its own plan may have been lost. */
  private static final long QUIET_NANOS = 1_000_000_000L;

  private static final long CLOSE_MILLIS = 500;

  private final Ruler ruler;
  private final DatagramTransport transport;
  private final PriorityQueue<Task> tasks;
  private final FailureLog failures = new FailureLog(LOG);
  private final Thread thread;
  private long taskCount;
  private Runnable standing = () -> {};
  private volatile boolean isClosed;

  private record Task(long atMonoNanos, long number, Runnable action) {}

  MonitorLoop(Ruler ruler) {
    this.ruler = ruler;
    try {
      this.transport = new DatagramTransport(ruler);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot wait for packets: " + e.getMessage(), e);
    }
    this.tasks = new PriorityQueue<>(MonitorLoop::inOrder);
    this.thread = new Thread(this::loop, "clocksync-monitor");
    thread.setDaemon(true);
  }

  private static int inOrder(Task a, Task b) {
    return a.atMonoNanos == b.atMonoNanos
        ? Long.compare(a.number, b.number)
        : Long.signum(a.atMonoNanos - b.atMonoNanos);
  }

  /**
   * Starts the thread.
   *
   * @param standing run whenever nothing else was for a second: what plans its own next turn would
   *     end for good with the first plan that cannot be made, such as for want of memory
   */
  void start(Runnable standing) {
    this.standing = standing;
    thread.start();
  }

  DatagramTransport transport() {
    return transport;
  }

  @Override
  public void schedule(long atMonoNanos, Runnable task) {
    synchronized (tasks) {
      tasks.add(new Task(atMonoNanos, taskCount++, task));
    }
    if (Thread.currentThread() != thread) {
      transport.wakeUp();
    }
  }

  private void loop() {
    long quietUntilMonoNanos = ruler.monoNanos() + QUIET_NANOS;
    while (!isClosed) {
      // Nobody ends this thread by interrupting it, and select() would not wait any more.
      Thread.interrupted();
      try {
        long nowMonoNanos = ruler.monoNanos();
        Optional<Task> due = takeDue(nowMonoNanos);
        if (due.isPresent() || nowMonoNanos - quietUntilMonoNanos >= 0) {
          quietUntilMonoNanos = nowMonoNanos + QUIET_NANOS;
          (due.isPresent() ? due.get().action : standing).run();
        } else {
          transport.await(nextMonoNanos(quietUntilMonoNanos));
        }
      } catch (Throwable e) { // also what a language without checked exceptions lets through
        failures.report("the monitor goes on after a failure, which is reported once", e);
      }
    }
  }

  private Optional<Task> takeDue(long nowMonoNanos) {
    synchronized (tasks) {
      Optional<Task> due =
          Optional.ofNullable(tasks.peek()).filter(first -> first.atMonoNanos - nowMonoNanos <= 0);
      if (due.isPresent()) {
        tasks.remove(); // nothing can fail behind this
      }
      return due;
    }
  }

  private long nextMonoNanos(long latestMonoNanos) {
    synchronized (tasks) {
      return tasks.isEmpty() || tasks.peek().atMonoNanos - latestMonoNanos > 0
          ? latestMonoNanos
          : tasks.peek().atMonoNanos;
    }
  }

  /** Ends the thread, waiting for it half a second at the most. */
  @Override
  public void close() {
    isClosed = true;
    transport.wakeUp();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      transport.close();
    } catch (IOException e) {
      LOG.warn("could not close the sockets: {}", e.getMessage());
    }
  }
}
