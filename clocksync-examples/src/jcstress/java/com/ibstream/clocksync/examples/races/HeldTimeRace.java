package com.ibstream.clocksync.examples.races;

import com.ibstream.clocksync.time.Reading;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A second line that lies 20 ms back is published, so that the time is held, while both threads
 * read it: it never goes backwards, in a thread or from one to the other, whichever call reads it.
 */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "Never before a time told before.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A time went backwards.")
@State
public class HeldTimeRace {

  private static final int READS = 3;

  private final TwoLines lines = new TwoLines(SteppingRuler::new, -20_000_000L);
  private final Reading reading = new Reading();

  /** What the publishing thread read last, and what the other one did; none yet. */
  private volatile long toldByPublisher = Long.MIN_VALUE;

  private volatile long toldByReader = Long.MIN_VALUE;

  /** Publishes, then reads: at or after what the reader has told. */
  @Actor
  public void publish(ZZ_Result result) {
    lines.publishSecond();
    boolean isForwards = true;
    for (int i = 0; i < READS; i++) {
      long told = toldByReader;
      long epochNanos = lines.clock().epochNanos();
      isForwards &= epochNanos >= told;
      toldByPublisher = epochNanos;
    }
    result.r1 = isForwards;
  }

  /** Reads in both ways. */
  @Actor
  public void read(ZZ_Result result) {
    boolean isForwards = true;
    long own = Long.MIN_VALUE;
    for (int i = 0; i < READS; i++) {
      long told = toldByPublisher;
      long epochNanos = lines.clock().epochNanos();
      long readEpochNanos = lines.clock().read(reading).epochNanos();
      isForwards &= epochNanos >= told && epochNanos >= own && readEpochNanos >= epochNanos;
      own = readEpochNanos;
      toldByReader = own;
    }
    result.r2 = isForwards;
  }
}
