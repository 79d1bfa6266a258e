package com.ibstream.clocksync.examples.benchmarks;

import com.ibstream.clocksync.market.FeedCheck;
import com.ibstream.clocksync.market.FeedSettings;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.TrustedClock;
import com.ibstream.clocksync.time.WallClock;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.OffsetEpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What it costs to read the time, average nanoseconds a call, all clocks in one run.
 *
 * <pre>
 * mvn -Pbenchmarks -pl clocksync-examples -am package -DskipTests
 * java -jar clocksync-examples/target/benchmarks.jar -prof gc
 * </pre>
 *
 * The line {@code gc.alloc.rate.norm} shows bytes per call. {@link HotPathTable} runs the same and
 * holds each call against its goal.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(3)
public class TrustedClockBenchmark {

  /** A clock whose jumps the monitor alone notices, as by default. */
  @State(Scope.Benchmark)
  public static class Watched {

    private MonitoredClock monitored;
    private TrustedClock clock;

    /** Publishes a line, good for an hour: what a reader meets nearly always. */
    @Setup
    public void publish() {
      monitored = new MonitoredClock(false);
      clock = monitored.clock();
    }

    /** The reads before were those of a clock in good order. */
    @TearDown(Level.Iteration)
    public void check() {
      monitored.requireTrusted();
    }

    /** Ends the looks. */
    @TearDown
    public void close() {
      monitored.close();
    }
  }

  /** A clock whose reads compare system clock and ruler themselves: {@code in.read.check}. */
  @State(Scope.Benchmark)
  public static class Checked {

    private MonitoredClock monitored;
    private TrustedClock clock;

    /** Publishes a line, good for an hour. */
    @Setup
    public void publish() {
      monitored = new MonitoredClock(true);
      clock = monitored.clock();
    }

    /** The reads before were those of a clock in good order. */
    @TearDown(Level.Iteration)
    public void check() {
      monitored.requireTrusted();
    }

    /** Ends the looks. */
    @TearDown
    public void close() {
      monitored.close();
    }
  }

  /** What each thread has of its own. */
  @State(Scope.Thread)
  public static class Owned {

    private final Reading reading = new Reading();
  }

  /** A feed whose ticks are between nothing and a millisecond late. */
  @State(Scope.Benchmark)
  public static class Feed {

    private final FeedCheck check = new FeedCheck(Ruler.system(), FeedSettings.of("benchmark"));
  }

  /** The ticks of one thread, whose stamps go on about as fast as time does. */
  @State(Scope.Thread)
  public static class Ticks {

    private static final int DELAYS = 1 << 10;
    private static final int MOST_DELAY_NANOS = 1_000_000;
    private static final long NANOS_A_CALL = 30;

    private final int[] delaysNanos =
        new SplittableRandom(7).ints(DELAYS, 0, MOST_DELAY_NANOS).toArray();
    private long sentEpochNanos = WallClock.system().epochNanos();
    private int next;

    long stamp() {
      next = (next + 1) & (DELAYS - 1);
      sentEpochNanos += NANOS_A_CALL;
      return sentEpochNanos - delaysNanos[next];
    }
  }

  /** Clocks of other people. */
  @State(Scope.Benchmark)
  public static class Agrona {

    private final EpochNanoClock offset = new OffsetEpochNanoClock();
    private final EpochNanoClock system = new SystemEpochNanoClock();
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

  /** System clock and ruler one after the other: the floor for reads that compare them. */
  @Benchmark
  public long instantNowAndNanoTime(Blackhole blackhole) {
    blackhole.consume(Instant.now());
    return System.nanoTime();
  }

  /** The same without keeping the object, so that the compiler may leave out making it. */
  @Benchmark
  public long instantNanosAndNanoTime(Blackhole blackhole) {
    Instant now = Instant.now();
    blackhole.consume(now.getEpochSecond() * 1_000_000_000L + now.getNano());
    return System.nanoTime();
  }

  /** Trusted time alone. */
  @Benchmark
  public long trustedEpochNanos(Watched watched) {
    return watched.clock.epochNanos();
  }

  /** Trusted time, interval, trust and reason. */
  @Benchmark
  public Reading trustedRead(Watched watched, Owned owned) {
    return watched.clock.read(owned.reading);
  }

  /** The verdict alone. */
  @Benchmark
  public boolean trustedIsTrusted(Watched watched) {
    return watched.clock.isTrusted();
  }

  /** The error bound alone. */
  @Benchmark
  public long trustedErrorBoundNanos(Watched watched) {
    return watched.clock.errorBoundNanos();
  }

  /** A reading, and whether the system clock has jumped since the last look. */
  @Benchmark
  public Reading checkedRead(Checked checked, Owned owned) {
    return checked.clock.read(owned.reading);
  }

  /** The verdict, and whether the system clock has jumped since the last look. */
  @Benchmark
  public boolean checkedIsTrusted(Checked checked) {
    return checked.clock.isTrusted();
  }

  /**
   * Another clock on the ruler, without bound and verdict: samples the system clock once an hour.
   */
  @Benchmark
  public long agronaOffsetEpochNanoClock(Agrona agrona) {
    return agrona.offset.nanoTime();
  }

  /** Another way to read the system clock. */
  @Benchmark
  public long agronaSystemEpochNanoClock(Agrona agrona) {
    return agrona.system.nanoTime();
  }

  /** A tick's stamp taken as evidence, the making of the stamp included. */
  @Benchmark
  public void feedObserve(Feed feed, Ticks ticks) {
    feed.check.observe(ticks.stamp());
  }
}
