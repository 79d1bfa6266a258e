package com.ibstream.clocksync;

import com.ibstream.clocksync.config.Keys;
import com.ibstream.clocksync.config.Settings;
import com.ibstream.clocksync.system.RawClock;

/**
 * How fast the ruler may be slewed without anybody having noticed.
 *
 * @param watchedPpm between two looks at the raw clock
 * @param unwatchedPpm all the time, where the raw clock is not watched: the kernel's limit, unless
 *     somebody has said what this host does
 */
record SlewAllowance(double watchedPpm, double unwatchedPpm) {

  static SlewAllowance of(Settings inForce) {
    double ppm = inForce.value(Keys.SLEW_ALLOWANCE_PPM);
    return new SlewAllowance(
        ppm, inForce.isSet(Keys.SLEW_ALLOWANCE_PPM) ? ppm : RawClock.FASTEST_SLEW_PPM);
  }

  /** Whether somebody has said what this host does, or usually no host does more. */
  boolean isKnown() {
    return unwatchedPpm <= watchedPpm;
  }
}
