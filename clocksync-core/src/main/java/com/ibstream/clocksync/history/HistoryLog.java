package com.ibstream.clocksync.history;

import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.WallClock;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Writes the history: a record in every interval and on every event, in a chain of daily files.
 *
 * <p>{@link #record} belongs to the monitor's thread and never waits; files are written by an
 * executor, one task at a time. If that cannot keep up, or the disk is full, monitoring goes on,
 * and a record tells afterwards what is missing.
 */
public final class HistoryLog implements StatusRecorder, AutoCloseable {

  private static final int QUEUE = 4_096;
  private static final long CLOSE_MILLIS = 500;

  private final Ruler ruler;
  private final WallClock wall;
  private final Executor executor;
  private final RecordSchedule schedule;
  private final HistoryFile file;
  private final BlockingQueue<Queued> queue = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicLong overflow = new AtomicLong();
  private final AtomicBoolean isScheduled = new AtomicBoolean();
  private volatile boolean isClosed;

  /** A record, and how many before it found no room. */
  private record Queued(RecordSchedule.Due due, long lostBefore) {}

  /**
   * What is written where.
   *
   * @param directory of the chain; is made if it is not there
   * @param intervalNanos the longest time between two records while the monitor runs
   * @param retentionDays how many days are kept, at least 1
   */
  public record Settings(Path directory, long intervalNanos, long retentionDays) {}

  /**
   * A log that has not opened its files yet: that is done with the first record.
   *
   * @param settings what is written where
   * @param origin who writes
   * @param ruler the clock that never jumps
   * @param wall the system clock: each record tells what it showed
   * @param executor where files are written, which may block; runs one task after the other
   * @param listener hears, on that executor, what shows only over days
   */
  public HistoryLog(
      Settings settings,
      Origin origin,
      Ruler ruler,
      WallClock wall,
      Executor executor,
      Consumer<ClockEvent> listener) {
    this.ruler = ruler;
    this.wall = wall;
    this.executor = executor;
    schedule = new RecordSchedule(settings.intervalNanos());
    file = new HistoryFile(settings, origin, listener);
  }

  @Override
  public void record(ClockStatus status, List<ClockEvent> events) {
    for (RecordSchedule.Due due : schedule.next(Sighting.of(status, events, ruler, wall))) {
      offer(due);
    }
    if (!queue.isEmpty()) {
      wake();
    }
  }

  /** The first that finds room after others did not stands behind the gap. */
  private void offer(RecordSchedule.Due due) {
    long lost = overflow.get();
    if (queue.offer(new Queued(due, lost))) {
      overflow.addAndGet(-lost);
    } else {
      overflow.incrementAndGet();
    }
  }

  private void wake() {
    if (isScheduled.compareAndSet(false, true)) {
      try {
        executor.execute(this::writeQueued);
      } catch (RejectedExecutionException | OutOfMemoryError e) {
        // Closed, and what is left is written by close() or not at all; or the system has no more
        // threads, and the next record tries again.
        isScheduled.set(false);
      }
    }
  }

  private void writeQueued() {
    isScheduled.set(false);
    writeAll();
  }

  private synchronized void writeAll() {
    for (Queued next = queue.poll(); next != null; next = queue.poll()) {
      file.lost(next.lostBefore(), "the disk is too slow");
      file.write(next.due());
    }
    file.flush();
  }

  /**
   * How it goes.
   *
   * @return as of the latest attempt to write
   */
  public HistoryState state() {
    return file.state();
  }

  /** Writes what is left and a last record; waits half a second for it at the most. */
  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    CountDownLatch done = new CountDownLatch(1);
    try {
      executor.execute(
          () -> {
            end();
            done.countDown();
          });
      if (!done.await(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
        return; // the disk hangs; the chain ends with what is on it
      }
    } catch (RejectedExecutionException | OutOfMemoryError e) { // closed, or no more threads
      end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void end() {
    writeAll();
    file.lost(overflow.getAndSet(0), "the disk is too slow");
    file.close();
  }
}
