package com.ibstream.clocksync.time;

/**
 * What publishing a new line did to the time that readers see.
 *
 * @param kind how the difference is made good
 * @param nanos new estimate minus old line at the switch; positive = the time that readers saw was
 *     behind. Zero for {@link Kind#FIRST}
 */
public record Correction(Kind kind, long nanos) {

  /** How a difference between old line and new estimate is made good. */
  public enum Kind {
    /** The first line ever: there was no time to correct. */
    FIRST,
    /** Small: slewed by at most {@value LinePublisher#SLEW_PPM} ppm. */
    SLEWED,
    /** Large and forward: the time stepped. */
    STEPPED,
    /** Large and backward: the time stands still until the estimate has caught up with it. */
    HELD
  }

  /**
   * Whether readers notice it.
   *
   * @return true if the time stepped or stands still
   */
  public boolean isJump() {
    return kind == Kind.STEPPED || kind == Kind.HELD;
  }

  static Correction of(long nanos) {
    if (Math.abs(nanos) <= LinePublisher.MAX_SLEW_NANOS) {
      return new Correction(Kind.SLEWED, nanos);
    }
    return new Correction(nanos > 0 ? Kind.STEPPED : Kind.HELD, nanos);
  }
}
