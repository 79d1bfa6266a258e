package com.ibstream.clocksync.examples.trading;

import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.TrustedClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The sample trading service: takes ticks at a steady rate on a thread of its own, asks the trusted
 * clock before it stamps each of them, and writes the stamped ones to a file. A tick that cannot be
 * stamped is counted and left out: a stamp that nobody vouches for is worse than none.
 */
public final class SampleTradingService implements AutoCloseable {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long MAX_LAG_NANOS = 100_000_000L;
  private static final long JOIN_MILLIS = 2_000;

  /** About half a gigabyte. */
  private static final long MAX_WRITTEN_COUNT = 3_000_000L;

  private final TrustedClock clock;
  private final SyntheticMarket market;
  private final TickFile file;
  private final Ruler ruler;
  private final long periodNanos;
  private final StampStatistics statistics = new StampStatistics();
  private final Thread thread = new Thread(this::run, "sample-trading-service");
  private volatile boolean isClosed;
  private volatile Optional<Exception> failure = Optional.empty();

  /** Written by the service's thread alone. */
  private volatile long writtenCount;

  private SampleTradingService(
      TrustedClock clock, SyntheticMarket market, TickFile file, Ruler ruler, long periodNanos) {
    this.clock = clock;
    this.market = market;
    this.file = file;
    this.ruler = ruler;
    this.periodNanos = periodNanos;
  }

  /**
   * Starts the service.
   *
   * @param clock what stamps the ticks
   * @param market where the ticks come from
   * @param file where the stamped ticks go; created, or emptied
   * @param ticksPerSecond how many ticks arrive, 1 to 100,000
   * @return the running service
   * @throws IOException if the file cannot be created
   */
  public static SampleTradingService start(
      TrustedClock clock, SyntheticMarket market, Path file, int ticksPerSecond)
      throws IOException {
    if (ticksPerSecond < 1 || ticksPerSecond > 100_000) {
      throw new IllegalArgumentException("ticksPerSecond must be 1 to 100000: " + ticksPerSecond);
    }
    SampleTradingService service =
        new SampleTradingService(
            clock,
            market,
            TickFile.create(file),
            Ruler.system(),
            NANOS_PER_SECOND / ticksPerSecond);
    service.thread.setDaemon(true);
    service.thread.start();
    return service;
  }

  /**
   * What became of the ticks so far.
   *
   * @return the figures
   */
  public StampSummary summary() {
    return statistics.summary();
  }

  /**
   * How many stamped ticks are in the file; it takes no more than three million, so that a demo
   * that is forgotten does not fill the disk.
   *
   * @return the count
   */
  public long writtenCount() {
    return writtenCount;
  }

  /**
   * Why no more ticks are taken, for example because the file cannot be written.
   *
   * @return the failure; empty while all is well
   */
  public Optional<Exception> failure() {
    return failure;
  }

  /** The same as {@link #complete()}. */
  @Override
  public void close() {
    complete();
  }

  /** Stops taking ticks and completes the file. May be called twice. */
  public void complete() {
    isClosed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (file) {
      takeTicks();
    } catch (IOException | RuntimeException e) {
      failure = Optional.of(e);
    }
  }

  private void takeTicks() throws IOException {
    Reading stamp = new Reading(); // one for all ticks of this thread
    long dueMonoNanos = ruler.monoNanos();
    long count = 0;
    while (!isClosed) {
      long lagNanos = ruler.monoNanos() - dueMonoNanos;
      if (lagNanos < 0) {
        LockSupport.parkNanos(this, -lagNanos);
        continue;
      }
      dueMonoNanos += periodNanos + (lagNanos > MAX_LAG_NANOS ? lagNanos : 0);
      Tick tick = market.next();
      clock.read(stamp);
      statistics.count(stamp);
      if (stamp.isTrusted() && count < MAX_WRITTEN_COUNT) {
        file.append(tick, stamp);
        writtenCount = ++count;
      }
    }
  }
}
