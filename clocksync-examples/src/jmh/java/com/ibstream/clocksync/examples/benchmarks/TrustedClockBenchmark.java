package com.ibstream.clocksync.examples.benchmarks;

import com.ibstream.clocksync.time.Growth;
import com.ibstream.clocksync.time.LineProposal;
import com.ibstream.clocksync.time.LinePublisher;
import com.ibstream.clocksync.time.RateBounds;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.TrustReason;
import com.ibstream.clocksync.time.TrustedClock;
import com.ibstream.clocksync.time.WallClock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to read the time, average nanoseconds a call, all clocks in one run.
 *
 * <pre>
 * mvn -Pbenchmarks -pl clocksync-examples -am package -DskipTests
 * java -jar clocksync-examples/target/benchmarks.jar -prof gc
 * </pre>
 *
 * The line {@code gc.alloc.rate.norm} shows bytes per call.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(3)
public class TrustedClockBenchmark {

  private static final long HALF_WIDTH_NANOS = 100_000L;
  private static final long TOLERANCE_NANOS = 50_000_000L;
  private static final long TRUSTED_FOR_NANOS = 3_600_000_000_000L;
  private static final double RATE_PPM = 3;
  private static final double GROWTH_PPM = 15;

  private TrustedClock clock;
  private Reading reading;

  /** Publishes one line, good for an hour: what a reader meets nearly always. */
  @Setup
  public void publish() {
    Ruler ruler = Ruler.system();
    long monoNanos = ruler.monoNanos();
    long epochNanos = WallClock.system().epochNanos();
    LinePublisher publisher = new LinePublisher(ruler);
    publisher.publish(
        new LineProposal(
            monoNanos,
            epochNanos,
            epochNanos - HALF_WIDTH_NANOS,
            epochNanos + HALF_WIDTH_NANOS,
            RATE_PPM,
            Growth.steady(RateBounds.ofClockError(GROWTH_PPM)),
            TOLERANCE_NANOS,
            monoNanos + TRUSTED_FOR_NANOS,
            TrustReason.MAJORITY));
    clock = publisher.clock();
    reading = new Reading();
  }

  /** The ruler itself: the floor for all that follows. */
  @Benchmark
  public long systemNanoTime() {
    return System.nanoTime();
  }

  /** The system clock in milliseconds. */
  @Benchmark
  public long systemCurrentTimeMillis() {
    return System.currentTimeMillis();
  }

  /** The system clock as an object. */
  @Benchmark
  public Instant instantNow() {
    return Instant.now();
  }

  /** Trusted time alone. */
  @Benchmark
  public long trustedEpochNanos() {
    return clock.epochNanos();
  }

  /** Trusted time, interval, trust and reason. */
  @Benchmark
  public Reading trustedRead() {
    return clock.read(reading);
  }

  /** The verdict alone. */
  @Benchmark
  public boolean trustedIsTrusted() {
    return clock.isTrusted();
  }

  /** The error bound alone. */
  @Benchmark
  public long trustedErrorBoundNanos() {
    return clock.errorBoundNanos();
  }
}
