package com.ibstream.clocksync.system;

import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.WallClock;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Notices when the wall clock jumps against the ruler: somebody stepped it, or the machine slept.
 * Slewing moves both together and is no jump. Monitor thread only.
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
   * Looks.
   *
   * @return the jump since the look before, nanoseconds, positive = the wall clock jumped forward;
   *     empty if there was none
   */
  public OptionalLong look() {
    Bracket now = Bracket.take(ruler, wallClock);
    OptionalLong jump = jumpTo(now);
    if (jump.isPresent()) {
      now = Bracket.take(ruler, wallClock);
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

  private OptionalLong jumpTo(Bracket now) {
    return reference.map(before -> jump(before, now)).orElse(OptionalLong.empty());
  }

  private static OptionalLong jump(Bracket before, Bracket after) {
    long jumpNanos = after.epochNanos() - before.epochNanosAt(after.monoNanos());
    long allowedNanos = GRANULARITY_NANOS + before.halfWidthNanos() + after.halfWidthNanos();
    return Math.abs(jumpNanos) > allowedNanos ? OptionalLong.of(jumpNanos) : OptionalLong.empty();
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
