package com.ibstream.clocksync.examples.races;

import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.TrustReason;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Trust is withdrawn while another thread reads: level and reason belong together, time and
 * interval go on unchanged, and trust never comes back.
 */
@JCStressTest
@Outcome(id = "OLD", expect = Expect.ACCEPTABLE, desc = "All reads before.")
@Outcome(id = "OLD_THEN_NEW", expect = Expect.ACCEPTABLE, desc = "Reads before and after.")
@Outcome(id = "NEW", expect = Expect.ACCEPTABLE, desc = "All reads after.")
@Outcome(id = "NEW_THEN_OLD", expect = Expect.FORBIDDEN, desc = "What had ended came back.")
@Outcome(id = "HALVES", expect = Expect.FORBIDDEN, desc = "Parts of one and of the other.")
@State
public class WithdrawalRace {

  private static final TrustReason WHY = TrustReason.CLOCK_STEPPED;
  private static final int READS = 3;

  private final TwoLines lines = new TwoLines(HurriedRuler::new, 0);
  private final Reading reading = new Reading();

  /** Withdraws. */
  @Actor
  public void withdraw() {
    lines.publisher().withdraw(WHY);
  }

  /** Reads, and asks for the verdict alone. */
  @Actor
  public void read(L_Result result) {
    Seen seen = Seen.NOTHING;
    for (int i = 0; i < READS; i++) {
      boolean isTrusted = lines.clock().isTrusted();
      seen = seen.then(isTrusted, !isTrusted);
      lines.clock().read(reading);
      seen = seen.then(lines.isFirst(reading), lines.isFirstWithdrawn(reading, WHY));
    }
    result.r1 = seen;
  }
}
