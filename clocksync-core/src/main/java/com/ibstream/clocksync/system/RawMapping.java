package com.ibstream.clocksync.system;

/**
 * Where ruler and raw clock stood at one instant, and how much faster the ruler is being slewed.
 * Immutable.
 *
 * @param monoNanos the instant, on the ruler
 * @param rawNanos the same on the raw clock
 * @param halfWidthNanos how exactly they belong together, either way
 * @param slewPpm how much faster than the raw clock the ruler runs at present
 * @param slewErrorPpm how wrong that may be, from the widths of the readings behind it
 * @param isSettled whether the raw clock was found where it was expected; if not, the slew has just
 *     changed, and is known only from the next look on
 * @param checkedMonoNanos when the kernel was last asked with success; the instant itself, unless
 *     it does not answer at present
 * @param asleepNanos how long the machine has slept since the kernel was asked first; 0 where it
 *     cannot be asked
 * @param isTorn whether ruler and raw clock have parted by more than any slew can make of the time
 *     since the look before: one of them has jumped
 */
public record RawMapping(
    long monoNanos,
    long rawNanos,
    long halfWidthNanos,
    double slewPpm,
    double slewErrorPpm,
    boolean isSettled,
    long checkedMonoNanos,
    long asleepNanos,
    boolean isTorn) {

  private static final double PPM = 1e-6;

  /**
   * Whether the kernel answered at that instant, or the ruler is taken for the raw clock.
   *
   * @return false where this is what was known before, carried on
   */
  public boolean isAnswered() {
    return checkedMonoNanos == monoNanos;
  }

  /** The same where one of the two clocks has jumped. */
  RawMapping torn() {
    return new RawMapping(
        monoNanos,
        rawNanos,
        halfWidthNanos,
        slewPpm,
        slewErrorPpm,
        false,
        checkedMonoNanos,
        asleepNanos,
        true);
  }

  /**
   * What the raw clock shows at another instant, if the slew stays as it is.
   *
   * @param atMonoNanos nanoseconds of the ruler
   * @return nanoseconds of the raw clock
   */
  public long rawNanosAt(long atMonoNanos) {
    long elapsed = atMonoNanos - monoNanos;
    double slew = slewPpm * PPM;
    return rawNanos + elapsed - Math.round(elapsed * (slew / (1 + slew)));
  }

  /**
   * What the ruler shows at an instant of the raw clock, if the slew stays as it is.
   *
   * @param atRawNanos nanoseconds of the raw clock
   * @return nanoseconds of the ruler
   */
  public long monoNanosAt(long atRawNanos) {
    long elapsed = atRawNanos - rawNanos;
    return monoNanos + elapsed + Math.round(elapsed * (slewPpm * PPM));
  }
}
