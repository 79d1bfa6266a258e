package com.ibstream.clocksync.rtc;

/** Quantiles of Student's distribution, two-sided 95 %. */
final class StudentT {

  private static final double[] FEW = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228
  };
  private static final double NORMAL = 1.960;

  private StudentT() {}

  /** For a number of degrees of freedom; for none as for one. */
  static double quantile(int degrees) {
    if (degrees <= FEW.length) {
      return FEW[Math.max(0, degrees - 1)];
    }
    return NORMAL + 2.5 / degrees; // within 1 % from ten degrees on
  }
}
