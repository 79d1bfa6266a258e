package com.ibstream.clocksync.facts;

import com.google.common.collect.ImmutableList;
import java.util.List;

/** The programs that keep a Linux host's clock right, as far as we understand them. */
public enum TimeService {
  /** {@code ntpd} of ntpsec; the older {@code ntpd} answers the same questions. */
  NTPSEC("ntpsec", ImmutableList.of("ntpsec.service", "ntp.service", "ntpd.service"), 128_000_000L),
  /** {@code chronyd}. */
  CHRONY("chrony", ImmutableList.of("chrony.service", "chronyd.service"), 100_000_000L),
  /** {@code systemd-timesyncd}. */
  TIMESYNCD("timesyncd", ImmutableList.of("systemd-timesyncd.service"), 400_000_000L);

  private final String word;
  private final ImmutableList<String> unitNames;
  private final long stepThresholdNanos;

  TimeService(String word, ImmutableList<String> unitNames, long stepThresholdNanos) {
    this.word = word;
    this.unitNames = unitNames;
    this.stepThresholdNanos = stepThresholdNanos;
  }

  /**
   * The name on the command line and in JSON.
   *
   * @return one lower-case word
   */
  public String word() {
    return word;
  }

  /**
   * The systemd units that it may run as, by distribution; some are aliases of others.
   *
   * @return the most usual first
   */
  public List<String> unitNames() {
    return unitNames;
  }

  /**
   * The smallest error of the system clock at which it may step when it is started: ntpd's step
   * threshold; timesyncd's greatest adjustment; for chrony, whose configuration decides, a value
   * below what is usual.
   *
   * @return nanoseconds, either way
   */
  public long stepThresholdNanos() {
    return stepThresholdNanos;
  }
}
