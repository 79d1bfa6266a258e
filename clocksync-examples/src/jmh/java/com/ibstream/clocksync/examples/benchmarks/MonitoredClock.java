package com.ibstream.clocksync.examples.benchmarks;

import com.ibstream.clocksync.time.Growth;
import com.ibstream.clocksync.time.LineProposal;
import com.ibstream.clocksync.time.LinePublisher;
import com.ibstream.clocksync.time.RateBounds;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.TrustReason;
import com.ibstream.clocksync.time.TrustedClock;
import com.ibstream.clocksync.time.WallClock;
import com.ibstream.clocksync.time.Watch;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A clock as readers meet it beside a running monitor: one line, good for an hour, and a look at
 * the ruler every 200 ms that another thread publishes. Safe for any number of readers.
 */
final class MonitoredClock implements AutoCloseable {

  private static final long LOOK_INTERVAL_MILLIS = 200;
  private static final long HALF_WIDTH_NANOS = 1_000_000L;
  private static final long TOLERANCE_NANOS = 50_000_000L;
  private static final long NEAR_NANOS = 600_000_000_000L;
  private static final long TRUSTED_FOR_NANOS = 3_600_000_000_000L;
  private static final double RATE_PPM = 3;
  private static final double NEAR_PPM = 0.5;
  private static final double FAR_PPM = 15;

  /** The default of {@code slew.allowance.ppm}. */
  private static final double ALLOWANCE_PPM = 500;

  /** The most a kernel can slew, which the bound allows for where reads compare the clocks. */
  private static final double FASTEST_SLEW_PPM = 100_500;

  private static final long READ_GRANULARITY_NANOS = 2_000L;
  private static final int BRACKETS = 10;

  private final Ruler ruler = Ruler.system();
  private final WallClock wallClock = WallClock.system();
  private final boolean isInReadCheck;
  private final LinePublisher publisher;
  private final ScheduledExecutorService monitor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "monitor");
            thread.setDaemon(true);
            return thread;
          });
  private final Future<?> looks;

  /**
   * Publishes the line and begins to look.
   *
   * @param isInReadCheck whether every read compares the system clock with the ruler
   */
  MonitoredClock(boolean isInReadCheck) {
    this.isInReadCheck = isInReadCheck;
    this.publisher =
        new LinePublisher(ruler, isInReadCheck ? Optional.of(wallClock) : Optional.empty());
    long monoNanos = ruler.monoNanos();
    long epochNanos = wallClock.epochNanos();
    publisher.watched(look());
    publisher.publish(
        new LineProposal(
            monoNanos,
            epochNanos,
            epochNanos - HALF_WIDTH_NANOS,
            epochNanos + HALF_WIDTH_NANOS,
            RATE_PPM,
            new Growth(
                new RateBounds(RATE_PPM - NEAR_PPM, RATE_PPM + NEAR_PPM),
                monoNanos + NEAR_NANOS,
                RateBounds.ofClockError(FAR_PPM)),
            TOLERANCE_NANOS,
            monoNanos + TRUSTED_FOR_NANOS,
            TrustReason.MAJORITY));
    // should a look fail, there are no more, and trust ends by itself: see requireTrusted
    looks =
        monitor.scheduleAtFixedRate(
            () -> publisher.watched(look()),
            LOOK_INTERVAL_MILLIS,
            LOOK_INTERVAL_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  /** What the readers read. */
  TrustedClock clock() {
    return publisher.clock();
  }

  /** A clock that is not trusted answers on another path: its figures would mean nothing. */
  void requireTrusted() {
    if (!clock().isTrusted()) {
      throw new IllegalStateException("the clock is not trusted: what was measured is void");
    }
  }

  @Override
  public void close() {
    looks.cancel(false);
    monitor.shutdown();
  }

  private Watch look() {
    long halfWidthNanos = Long.MAX_VALUE;
    long wallMinusMonoNanos = 0;
    for (int i = 0; i < BRACKETS; i++) {
      long before = ruler.monoNanos();
      long wallEpochNanos = wallClock.epochNanos();
      long half = (ruler.monoNanos() - before + 1) / 2;
      if (half < halfWidthNanos) {
        halfWidthNanos = half;
        wallMinusMonoNanos = wallEpochNanos - (before + half);
      }
    }
    return new Watch(
        ruler.monoNanos(),
        isInReadCheck ? FASTEST_SLEW_PPM : ALLOWANCE_PPM,
        wallMinusMonoNanos,
        isInReadCheck ? halfWidthNanos + READ_GRANULARITY_NANOS : -1);
  }
}
