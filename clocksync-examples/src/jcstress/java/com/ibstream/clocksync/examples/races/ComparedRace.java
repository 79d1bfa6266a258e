package com.ibstream.clocksync.examples.races;

import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.Watch;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A look at the wall clock is published while another thread's reads compare it with the ruler. It
 * agrees with what the one look knows exactly and the other one roughly; the one's figure with the
 * other's tolerance would make a jump of it.
 */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "No jump.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A jump that never was.")
@State
public class ComparedRace {

  private static final int READS = 4;
  private static final long MILLI = 1_000_000L;

  private static final Watch EXACT = new Watch(TwoLines.START, 0, TwoLines.WALL_MINUS_MONO, MILLI);

  private static final Watch ROUGH =
      new Watch(TwoLines.START, 0, TwoLines.WALL_MINUS_MONO + 20 * MILLI, 21 * MILLI);

  private final TwoLines lines = new TwoLines(HurriedRuler::new, 0);
  private final Reading reading = new Reading();

  /** Publishes an exact look. */
  public ComparedRace() {
    lines.publisher().watched(EXACT);
  }

  /** A rough one and an exact one again: whichever part a reader takes first, it meets both. */
  @Actor
  public void watched() {
    lines.publisher().watched(ROUGH);
    lines.publisher().watched(EXACT);
  }

  /** Reads, and asks for the verdict alone. */
  @Actor
  public void read(ZZ_Result result) {
    boolean isTrusted = true;
    boolean isFirst = true;
    for (int i = 0; i < READS; i++) {
      isTrusted &= lines.clock().isTrusted();
      isFirst &= lines.isFirst(lines.clock().read(reading));
    }
    result.r1 = isTrusted;
    result.r2 = isFirst;
  }
}
