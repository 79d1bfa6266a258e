package com.ibstream.clocksync.examples.races;

import com.ibstream.clocksync.time.Reading;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * The same with a correction that is slewed, on a ruler whose reads order nothing: the new line's
 * interval must hold the old one's point, on its way to the new one.
 */
@JCStressTest
@Outcome(id = "OLD", expect = Expect.ACCEPTABLE, desc = "All reads before.")
@Outcome(id = "OLD_THEN_NEW", expect = Expect.ACCEPTABLE, desc = "Reads before and after.")
@Outcome(id = "NEW", expect = Expect.ACCEPTABLE, desc = "All reads after.")
@Outcome(id = "NEW_THEN_OLD", expect = Expect.FORBIDDEN, desc = "What had ended came back.")
@Outcome(id = "HALVES", expect = Expect.FORBIDDEN, desc = "Parts of one and of the other.")
@State
public class SlewedLineRace {

  private static final int READS = 6;

  private final TwoLines lines = new TwoLines(HurriedRuler::new, 200_000L);
  private final Reading reading = new Reading();

  /** Publishes the second line. */
  @Actor
  public void publish() {
    lines.publishSecond();
  }

  /** Reads again and again. */
  @Actor
  public void read(L_Result result) {
    Seen seen = Seen.NOTHING;
    for (int i = 0; i < READS; i++) {
      lines.clock().read(reading);
      seen = seen.then(lines.isFirst(reading), lines.isSecond(reading));
    }
    result.r1 = seen;
  }
}
