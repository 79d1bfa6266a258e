package com.ibstream.clocksync.examples.races;

import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.Watch;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A look at the ruler is published while another thread reads: the interval is moved out by what
 * the one look allows for or by what the other does, and nothing else changes.
 */
@JCStressTest
@Outcome(id = "OLD", expect = Expect.ACCEPTABLE, desc = "All reads before.")
@Outcome(id = "OLD_THEN_NEW", expect = Expect.ACCEPTABLE, desc = "Reads before and after.")
@Outcome(id = "NEW", expect = Expect.ACCEPTABLE, desc = "All reads after.")
@Outcome(id = "NEW_THEN_OLD", expect = Expect.FORBIDDEN, desc = "What had ended came back.")
@Outcome(id = "HALVES", expect = Expect.FORBIDDEN, desc = "Parts of one and of the other.")
@State
public class WatchedRace {

  private static final int READS = 6;
  private static final long EARLIER_NANOS = 10_000_000L;

  private final TwoLines lines = new TwoLines(HurriedRuler::new, 0);
  private final Reading reading = new Reading();

  /** Publishes the first look. */
  public WatchedRace() {
    lines.publisher().watched(watch(TwoLines.START, 100_000));
  }

  /** Publishes a look that was made earlier and allows for more. */
  @Actor
  public void watched() {
    lines.publisher().watched(watch(TwoLines.START - EARLIER_NANOS, 200_000));
  }

  /** Reads again and again. */
  @Actor
  public void read(L_Result result) {
    Seen seen = Seen.NOTHING;
    for (int i = 0; i < READS; i++) {
      lines.clock().read(reading);
      long elapsedNanos = reading.monoNanos() - TwoLines.START;
      boolean isOld = lines.isFirst(reading, elapsedNanos / 9); // 0.1 / 0.9
      boolean isNew = lines.isFirst(reading, (elapsedNanos + EARLIER_NANOS) / 4); // 0.2 / 0.8
      seen = seen.then(isOld, isNew);
    }
    result.r1 = seen;
  }

  private static Watch watch(long checkedUntilMonoNanos, double uncheckedPpm) {
    return new Watch(checkedUntilMonoNanos, uncheckedPpm, 0, -1);
  }
}
