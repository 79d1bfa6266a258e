package com.ibstream.clocksync.service;

import java.util.regex.Pattern;

/**
 * Recognises the references that are nothing but this host's own clock: a service that follows one
 * is not synchronised. They count only as what our service itself follows; a server may well say of
 * itself that it follows its own clock.
 */
final class LocalClock {

  /**
   * The undisciplined local clock as a driver's address, its code or its name, and this host's
   * loopback addresses, which ntpd also shows when it is nobody's client (orphan mode).
   */
  private static final Pattern NAME =
      Pattern.compile(
          "127\\.127\\.1\\.\\d{1,3}|127\\.0\\.0\\.1|::1|\\.?LOCL\\.?|LOCAL(\\(\\d+\\))?");

  /** 127.127.1.x and 127.0.0.1. */
  private static final Pattern REFERENCE_ID = Pattern.compile("7F7F01[0-9A-F]{2}|7F000001");

  private LocalClock() {}

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** By eight hexadecimal digits in capitals. */
  static boolean isReferenceId(String digits) {
    return REFERENCE_ID.matcher(digits).matches();
  }
}
