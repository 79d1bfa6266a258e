package com.ibstream.clocksync.time;

/**
 * One look at the wall clock inside a read: has it jumped against the ruler since the monitor
 * looked last? A suspended machine shows so at once. Safe for threads; one wall and one ruler read,
 * and two ruler reads where something looks wrong.
 */
final class InReadCheck {

  private final Ruler ruler;
  private final WallClock wallClock;

  InReadCheck(Ruler ruler, WallClock wallClock) {
    this.ruler = ruler;
    this.wallClock = wallClock;
  }

  /**
   * Whether the two have parted. Being put to sleep between the readings never looks like a jump.
   *
   * @param monoNanos the ruler, read before
   */
  boolean hasJumped(long monoNanos, Watch watch) {
    if (!watch.isComparable()) {
      return false;
    }
    long expectedNanos = monoNanos + watch.wallMinusMonoNanos();
    long aheadNanos = wallClock.epochNanos() - expectedNanos;
    if (aheadNanos < -watch.toleranceNanos()) {
      return true;
    }
    if (aheadNanos <= watch.toleranceNanos()) {
      return false;
    }
    // Ahead: the wall clock was read later than the ruler, at the latest just now.
    return aheadNanos - (ruler.monoNanos() - monoNanos) > watch.toleranceNanos();
  }
}
