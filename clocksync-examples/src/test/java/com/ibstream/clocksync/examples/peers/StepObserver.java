package com.ibstream.clocksync.examples.peers;

import com.ibstream.clocksync.ClockMonitor;
import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.HostClockEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A process whose system clock is false and is stepped from outside: a monitor runs in it, one
 * thread says when the wall clock really jumped, and one compares every stamp with the truth.
 *
 * <p>Says on standard output: {@code READY}, {@code CHANGED mono nanos}, {@code JUMPED mono nanos
 * kind cause}, {@code TRUSTED} and at its end {@code READS count trusted outside back}. Ends when
 * standard input does.
 */
public final class StepObserver {

  private static final long LOOK_NANOS = 500_000L;
  private static final long READ_NANOS = 100_000L;
  private static final long LEAST_JUMP_NANOS = 100_000_000L;

  /** How long this process did not run at a stretch since the latest change, at the most. */
  private static final AtomicLong HELD_UP_NANOS = new AtomicLong();

  private final AtomicBoolean isDone = new AtomicBoolean();

  private StepObserver() {}

  /** Arguments: what UTC is ahead of the ruler, then the servers. */
  public static void main(String[] args) throws Exception {
    new StepObserver().run(Long.parseLong(args[0]), args);
  }

  private void run(long utcMinusMonoNanos, String... args)
      throws IOException, InterruptedException, TimeoutException {
    ClockMonitorConfig.Builder config = ClockMonitorConfig.builder();
    config.servers(java.util.Arrays.asList(args).subList(1, args.length));
    try (ClockMonitor monitor = ClockMonitor.start(config.build())) {
      monitor.addListener(StepObserver::tell);
      monitor.awaitTrusted(Duration.ofSeconds(20));
      Thread changes = daemon(this::watchWallClock);
      Thread reads = daemon(() -> compare(monitor, utcMinusMonoNanos));
      say("READY");
      while (System.in.read() >= 0) {
        // until it is closed
      }
      isDone.set(true);
      changes.join();
      reads.join();
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void tell(ClockEvent event) {
    if (event instanceof HostClockEvent.ClockJumped jump) {
      say("HELD_UP " + HELD_UP_NANOS.get());
      say(
          "JUMPED "
              + jump.monoNanos()
              + " "
              + jump.jumpNanos()
              + " "
              + jump.kind()
              + " "
              + jump.causes().stream().findFirst().map(c -> c.cause().name()).orElse("NONE")
              + " "
              + jump.text());
    } else if (event instanceof ClockEvent.TrustChanged change) {
      say(change.to().name());
    } else {
      say("EVENT " + event.text());
    }
  }

  private static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private void watchWallClock() {
    long before = wallMinusMono();
    long lookedNanos = System.nanoTime();
    while (!isDone.get()) {
      LockSupport.parkNanos(LOOK_NANOS);
      long now = wallMinusMono();
      long nowNanos = System.nanoTime();
      long sinceNanos = nowNanos - lookedNanos;
      HELD_UP_NANOS.accumulateAndGet(sinceNanos - LOOK_NANOS, Math::max);
      lookedNanos = nowNanos;
      if (Math.abs(now - before) > LEAST_JUMP_NANOS) {
        HELD_UP_NANOS.set(0);
        say("CHANGED " + System.nanoTime() + " " + (now - before));
        before = now;
      }
    }
  }

  private static long wallMinusMono() {
    long best = Long.MAX_VALUE;
    long difference = 0;
    for (int i = 0; i < 5; i++) {
      long first = System.nanoTime();
      long wall = ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
      long width = System.nanoTime() - first;
      if (width < best) {
        best = width;
        difference = wall - first - width / 2;
      }
    }
    return difference;
  }

  private void compare(ClockMonitor monitor, long utcMinusMonoNanos) {
    Reading reading = new Reading();
    long count = 0;
    long trusted = 0;
    long outside = 0;
    long back = 0;
    long latest = Long.MIN_VALUE;
    while (!isDone.get()) {
      LockSupport.parkNanos(READ_NANOS);
      monitor.clock().read(reading);
      long truth = reading.monoNanos() + utcMinusMonoNanos;
      count++;
      trusted += reading.isTrusted() ? 1 : 0;
      outside += Math.abs(reading.epochNanos() - truth) > reading.errorBoundNanos() ? 1 : 0;
      back += reading.epochNanos() < latest ? 1 : 0;
      latest = reading.epochNanos();
    }
    say("READS " + count + " " + trusted + " " + outside + " " + back);
  }
}
