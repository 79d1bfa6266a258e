package com.ibstream.clocksync.service;

import java.util.Locale;

/** Numbers in sentences for people. */
final class Phrase {

  private static final double NANOS_PER_SECOND = 1e9;

  private Phrase() {}

  static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.3f s", nanos / NANOS_PER_SECOND);
  }

  /** Never a bare sign. */
  static String offset(long offsetNanos) {
    return (offsetNanos < 0 ? "ahead by " : "behind by ") + seconds(Math.abs(offsetNanos));
  }
}
