package com.ibstream.clocksync;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;

/**
 * Reports what should not have happened, once for each kind. Never throws: a log that fails, or no
 * memory for it, is no reason to end what goes on. Safe for threads.
 */
final class FailureLog {

  private final Logger log;
  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  /**
   * Nothing was reported yet.
   *
   * @param log where to
   */
  FailureLog(Logger log) {
    this.log = log;
  }

  /**
   * Reports it, unless one of its class was thrown in the same place before, and as much was said.
   *
   * @param message what failed, or what goes on in spite of it
   */
  void report(String message, Throwable failure) {
    try {
      StackTraceElement[] frames = failure.getStackTrace();
      String place = frames.length == 0 ? "" : frames[0].toString();
      if (reported.add(message + failure.getClass().getName() + place)) {
        log.error("{}", message, failure);
      }
    } catch (Throwable unreportable) {
      // Whatever it was that failed, it is not more important than what goes on.
    }
  }
}
