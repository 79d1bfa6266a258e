package com.ibstream.clocksync.system;

import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.WallClock;
import java.util.Optional;

/**
 * Notices when the wall clock jumps against the ruler: somebody stepped it, or the machine slept.
 * On Linux slewing moves both together and is no jump. Monitor thread only.
 */
public final class StepDetector {

  /** What two brackets may be apart beside their widths: granularity of the wall clock. */
  private static final long GRANULARITY_NANOS = 1_000;

  private final Ruler ruler;
  private final WallClock wallClock;
  private Optional<Bracket> latest = Optional.empty();

  /** The narrowest bracket since the last jump: until the next one it stays true. */
  private Optional<Bracket> reference = Optional.empty();

  /**
   * A detector that has not looked yet.
   *
   * @param ruler the ruler
   * @param wallClock the clock that may be stepped
   */
  public StepDetector(Ruler ruler, WallClock wallClock) {
    this.ruler = ruler;
    this.wallClock = wallClock;
  }

  /**
   * A jump.
   *
   * @param nanos how far; positive = the wall clock jumped forward
   * @param errorNanos how wrong that may be, either way
   */
  public record Jump(long nanos, long errorNanos) {}

  /**
   * Looks.
   *
   * @return the jump since the look before; empty if there was none
   */
  public Optional<Jump> look() {
    Bracket now = Bracket.take(ruler, wallClock);
    Optional<Jump> jump = jumpTo(now);
    if (jump.isPresent()) {
      now = now.narrower(Bracket.take(ruler, wallClock));
      jump = jumpTo(now);
    }
    latest = Optional.of(now);
    if (reference.isEmpty()
        || jump.isPresent()
        || now.widthNanos() <= reference.get().widthNanos()) {
      reference = latest;
    }
    return jump;
  }

  private Optional<Jump> jumpTo(Bracket now) {
    return reference.flatMap(before -> jump(before, now));
  }

  private static Optional<Jump> jump(Bracket before, Bracket after) {
    long jumpNanos = after.epochNanos() - before.epochNanosAt(after.monoNanos());
    long allowedNanos = GRANULARITY_NANOS + before.halfWidthNanos() + after.halfWidthNanos();
    return Math.abs(jumpNanos) > allowedNanos
        ? Optional.of(new Jump(jumpNanos, allowedNanos))
        : Optional.empty();
  }

  /**
   * The latest look.
   *
   * @return empty before the first
   */
  public Optional<Bracket> latest() {
    return latest;
  }

  /**
   * The narrowest look since the last jump: how far wall clock and ruler are apart.
   *
   * @return empty before the first
   */
  public Optional<Bracket> reference() {
    return reference;
  }
}
